"""WP310: what is pinned to a date cuts over on that date."""

from __future__ import annotations

from collections.abc import Iterator
from operator import ne

from waveplan.checking.bounds import breach_finding, breaches
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.domain.findings import Finding


@hard_rule("WP310", "dates")
def check_pinned_dates(facts: Facts) -> Iterator[Finding]:
    """`slot` of items and rules, against the cutover date."""
    for breach in breaches(facts, "slot", ne):
        yield breach_finding(
            facts,
            breach,
            own="{wave} cuts over on {date}, but {items} is pinned to {day}",
            by_rule="{wave} cuts over on {date}, but rule {rule} pins {items} to {day}",
            hint="move the lot to a slot of that day, or drop the pin",
        )
