"""WP390: what the plan states still follows from the inventory."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.figures import differences
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding

CODE = "WP390"
_MOST = 12


def check_stated_figures(facts: Facts) -> Iterator[Finding]:
    """One finding that lists the figures that differ: numbers, dates, totals, loads, milestones, metrics."""
    found = list(differences(facts))
    if found:
        more = f"; … (+{len(found) - _MOST})" if len(found) > _MOST else ""
        yield finding(
            CODE,
            "stated figures that no longer match ({count}, stated → right): {differences}",
            {"count": len(found), "differences": "; ".join(str(each) for each in found[:_MOST]) + more},
            path=found[0].path,
            hint="solve again, so that the plan states what follows from the inventory; "
            "'--baseline' with this plan and '--goal moved_lots' first keep its dates where they can stay",
        )
