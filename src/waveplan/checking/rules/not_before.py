"""WP308: nothing cuts over before its earliest date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from operator import lt

from waveplan.checking.bounds import DateBreach, breach_finding, breaches
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.tranches import early_by_wave
from waveplan.domain.findings import Finding


@hard_rule("WP308", "dates")
def check_not_before(facts: Facts) -> Iterator[Finding]:
    """`not_before` of items, rules and tranches, against the cutover date."""
    for breach in breaches(facts, "not_before", lt):
        yield breach_finding(
            facts,
            breach,
            own="{wave} cuts over on {date}, but {items} must not move before {day}",
            by_rule="{wave} cuts over on {date}, but rule {rule} lets {items} move only from {day} on",
            hint="move the lot to a slot on or after that day",
        )
    for tranche in facts.inventory.tranches:
        if tranche.not_before is not None:
            yield from _of_tranche(facts, tranche.id, tranche.not_before)


def _of_tranche(facts: Facts, tranche: str, day: dt.date) -> Iterator[Finding]:
    for wave, items in early_by_wave(facts, facts.tranches.members.get(tranche, ()), day):
        breach = DateBreach(wave, tranche, day, tuple(items))
        yield breach_finding(
            facts,
            breach,
            own="",
            by_rule="{wave} cuts over on {date}, but tranche {rule} starts only on {day}: {items}",
            hint="move the lot to a slot on or after that day",
        )
