"""WP344: what waits for a tranche cuts over once the hypercare of all its items is over."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.tranches import early_by_wave
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding

_OWN = "{wave} cuts over on {date}, but {items} must wait for tranche {awaited}, in hypercare until {day} ({last})"
_BY_TRANCHE = (
    "{wave} cuts over on {date}, but tranche {tranche} must wait for tranche {awaited}, "
    "in hypercare until {day} ({last}): {items}"
)


@hard_rule("WP344", "order")
def check_after_tranche(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and `after` that names a tranche; an item of that tranche never waits for it."""
    for waiting in facts.tranches.waiting:
        end = facts.tranches.last(facts.tranches.awaited_items(waiting))
        if end is None:
            continue
        day, last = end
        outside = [item for item in waiting.items if item.tranche != waiting.awaited]
        for wave, items in early_by_wave(facts, outside, day):
            yield violation(
                _BY_TRANCHE if waiting.tranche else _OWN,
                {
                    "wave": wave.name,
                    "date": wave.date.isoformat(),
                    "items": names(items),
                    "tranche": waiting.tranche or "",
                    "awaited": waiting.awaited,
                    "day": day.isoformat(),
                    "last": last,
                },
                subjects=(wave.id, waiting.awaited, *items, last),
                path=facts.lot_of[items[0]].path if len(items) == 1 else wave.path,
                hint="move these lots to a slot on or after that day, or {last} to an earlier one",
            )
