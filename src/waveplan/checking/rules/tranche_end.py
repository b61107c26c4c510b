"""WP345: a tranche is over, hypercare included, by its date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item


@hard_rule("WP345", "dates")
def check_tranche_end(facts: Facts) -> Iterator[Finding]:
    """One finding for each tranche with lots whose hypercare is not over on its `finish_by`."""
    for tranche in facts.inventory.tranches:
        finish = tranche.finish_by
        if finish is None:
            continue
        members = facts.tranches.members.get(tranche.id, [])
        late = [item for item in members if facts.last_day_of[item.id] > finish]
        yield from (_late(facts, tranche.id, finish, part) for part in facts.in_parts(late))


def _late(facts: Facts, tranche: str, finish: dt.date, items: list[Item]) -> Finding:
    last = max(items, key=lambda item: (facts.last_day_of[item.id], item.id))
    lots = dict.fromkeys(facts.lot_of[item.id].id for item in items)
    wave = facts.wave_of[last.id]
    return violation(
        "tranche {tranche} must be over on {finish}, but hypercare of {wave} lasts until {day}: {lots}",
        {
            "tranche": tranche,
            "finish": finish.isoformat(),
            "wave": wave.name,
            "day": facts.last_day_of[last.id].isoformat(),
            "lots": names(lots),
        },
        subjects=(tranche, wave.id, *lots),
        path=wave.path,
        hint="move these lots to earlier waves",
    )
