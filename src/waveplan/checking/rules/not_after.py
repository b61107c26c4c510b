"""WP309: nothing cuts over after its latest date."""

from __future__ import annotations

from collections.abc import Iterator
from operator import gt

from waveplan.checking.bounds import breach_finding, breaches
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.domain.findings import Finding


@hard_rule("WP309", "dates")
def check_not_after(facts: Facts) -> Iterator[Finding]:
    """`not_after` of items and rules, against the cutover date."""
    for breach in breaches(facts, "not_after", gt):
        yield breach_finding(
            facts,
            breach,
            own="{wave} cuts over on {date}, but {items} must not move after {day}",
            by_rule="{wave} cuts over on {date}, but rule {rule} lets {items} move only until {day}",
            hint="move the lot to a slot on or before that day",
        )
