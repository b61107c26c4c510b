"""WP342: what waits for a milestone that others promised cuts over on or after its day."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.tranches import early_by_wave
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding

_OWN = "{wave} cuts over on {date}, but {items} must wait for {milestone} on {day}"
_BY_TRANCHE = "{wave} cuts over on {date}, but tranche {tranche} must wait for {milestone} on {day}: {items}"


@hard_rule("WP342", "order")
def check_external_milestones(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and `after` of an entry or a tranche that names the milestone."""
    days = {each.id: each.date for each in facts.inventory.external_milestones}
    for waiting in facts.tranches.waiting:
        day = days.get(waiting.awaited)
        if day is None:
            continue
        for wave, items in early_by_wave(facts, waiting.items, day):
            yield violation(
                _BY_TRANCHE if waiting.tranche else _OWN,
                {
                    "wave": wave.name,
                    "date": wave.date.isoformat(),
                    "items": names(items),
                    "tranche": waiting.tranche or "",
                    "milestone": waiting.awaited,
                    "day": day.isoformat(),
                },
                subjects=(wave.id, waiting.awaited, *items),
                path=facts.lot_of[items[0]].path if len(items) == 1 else wave.path,
                hint="move these lots to a slot on or after that day",
            )
