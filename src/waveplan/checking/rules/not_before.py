"""WP308: nothing cuts over before its earliest date."""

from __future__ import annotations

from collections.abc import Iterator
from operator import lt

from waveplan.checking.bounds import breach_finding, breaches
from waveplan.checking.facts import Facts
from waveplan.domain.findings import Finding

CODE = "WP308"


def check_not_before(facts: Facts) -> Iterator[Finding]:
    """`not_before` of items and rules, against the cutover date."""
    for breach in breaches(facts, "not_before", lt):
        yield breach_finding(
            facts,
            CODE,
            breach,
            own="{wave} cuts over on {date}, but {items} must not move before {day}",
            by_rule="{wave} cuts over on {date}, but rule {rule} lets {items} move only from {day} on",
            hint="move the lot to a slot on or after that day",
        )
