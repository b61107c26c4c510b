"""WP345: a tranche is over, hypercare included, by its date."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP345"


def check_tranche_end(facts: Facts) -> Iterator[Finding]:
    """One finding for each tranche with lots whose hypercare is not over on its `finish_by`."""
    for tranche in facts.inventory.tranches:
        finish = tranche.finish_by
        if finish is None:
            continue
        members = facts.tranches.members.get(tranche.id, [])
        late = [item for item in members if facts.dates.last_day_of[item.id] > finish]
        last = facts.tranches.last(late)
        if last is None:
            continue
        lots = dict.fromkeys(facts.lot_of[item.id].id for item in late)
        wave = facts.wave_of[last[1]]
        yield finding(
            CODE,
            "tranche {tranche} must be over on {finish}, but hypercare of {wave} lasts until {day}: {lots}",
            {
                "tranche": tranche.id,
                "finish": finish.isoformat(),
                "wave": wave.name,
                "day": last[0].isoformat(),
                "lots": names(lots),
            },
            subjects=(tranche.id, wave.id, *lots),
            path=wave.path,
            hint="move these lots to earlier waves",
        )
