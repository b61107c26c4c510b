"""WP312: dependencies with an order are kept, with their gap in days."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.ordering import Ordered, orders, working_gap_ends
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding

_BARE = "{second} in {second_wave} must not come before {first} in {first_wave}"
_WITH_GAP = "{second} in {second_wave} must come {needed} days after {first} in {first_wave}, not {gap}"
_WORKING = "{second} in {second_wave} must come {working} working days after {first} in {first_wave}: on {day} or later"


@hard_rule("WP312", "order", same=("first",))
def check_order(facts: Facts) -> Iterator[Finding]:
    """One finding for each dependency whose second item comes too early."""
    for ordered in orders(facts):
        if ordered.kept(facts):
            continue
        first, second = facts.wave_of[ordered.first], facts.wave_of[ordered.second]
        yield violation(
            _template(facts, ordered),
            {
                "second": ordered.second,
                "second_wave": second.name,
                "first": ordered.first,
                "first_wave": first.name,
                "gap": ordered.gap(facts),
                "needed": ordered.dependency.min_gap_days,
                **_working_days(facts, ordered),
            },
            subjects=(second.id, facts.lot_of[ordered.second].id, ordered.second, ordered.first),
            path=facts.lot_of[ordered.second].path,
            hint="move {second} later or {first} earlier",
        )


def _template(facts: Facts, ordered: Ordered) -> str:
    if ordered.gap(facts) >= ordered.dependency.min_gap_days and ordered.too_few_working_days(facts):
        return _WORKING
    return _WITH_GAP if ordered.dependency.min_gap_days else _BARE


def _working_days(facts: Facts, ordered: Ordered) -> dict[str, object]:
    days = ordered.dependency.min_gap_working_days
    if not days:
        return {}
    return {"working": days, "day": working_gap_ends(facts, ordered.first, ordered.second, days).isoformat()}
