"""WP390 and WP391: what the plan states still follows from the inventory."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.comparing import told
from waveplan.checking.facts import Facts
from waveplan.checking.figures import differences
from waveplan.checking.statements import untrue
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding

FIGURES, FACTS = "WP390", "WP391"
_HINT = (
    "'waveplan refresh' with the plan and its inventory states anew what follows from the inventory, and leaves waves "
    "and lots where they are"
)


def check_stated_figures(facts: Facts) -> Iterator[Finding]:
    """One finding that lists the figures that differ: numbers, dates, totals, loads, milestones, metrics."""
    found = list(differences(facts))
    if found:
        yield finding(
            FIGURES,
            "stated figures that no longer match ({count}, stated → right): {differences}",
            {"count": len(found), "differences": told(found)},
            path=found[0].path,
            hint=_HINT,
        )


def check_stated_facts(facts: Facts, *, with_ties: bool = True) -> Iterator[Finding]:
    """One finding that lists the facts that are not so: names, criteria, ties, freezes, organisations, unplanned."""
    found = list(untrue(facts, with_ties=with_ties))
    if found:
        yield finding(
            FACTS,
            "stated facts that are not so ({count}, stated → right): {differences}",
            {"count": len(found), "differences": told(found)},
            path=found[0].path,
            hint=_HINT,
        )
