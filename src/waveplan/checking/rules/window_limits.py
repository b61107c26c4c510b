"""WP352: one occurrence of a window takes no more than its limits, over all streams; with `by`, for each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.checking.bundles import held_against
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import in_waves
from waveplan.checking.parts import FactsPart, part_of, parts_of
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import amounts, finding
from waveplan.domain.calendar_rules import Window
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding, Phrase

CODE = "WP352"


@hard_rule(CODE, "room")
def check_window_limits(facts: Facts) -> Iterator[Finding]:
    """One finding for each slot, value and limit that is exceeded."""
    windows = {window.id: window for window in facts.inventory.calendar.windows if window.limits.given}
    slots: dict[str, list[PlacedWave]] = defaultdict(list)
    for wave in facts.waves:
        if wave.slot.window in windows:
            slots[wave.slot.id].append(wave)
    for waves in slots.values():
        window = windows[waves[0].slot.window]
        for part in parts_of([item for wave in waves for item in wave.items], None, window.by):
            yield from _over(facts, window, waves, part)


def _over(facts: Facts, window: Window, waves: list[PlacedWave], part: FactsPart) -> Iterator[Finding]:
    def counted(lot: PlacedLot) -> FactsPart | None:
        return part_of(lot, None, window.by, part.value)

    lots = len({facts.lot_of[item.id].id for item in part.items})
    slot = waves[0].slot.id
    template = "the window of {slot}: {name} {used} of {limit}"
    if window.by is not None:
        template = "the window of {slot}: {name} {used} of {limit} for {by} {value}"
    for name, used, limit in held_against(part, lots, window.limits):
        if used > limit:
            over = excess(used, limit, in_waves(waves, name, counted))
            values = {"slot": slot, "name": Phrase(name), **amounts(over)}
            yield finding(
                CODE,
                template,
                {**values, **({"by": window.by, "value": part.value} if window.by is not None else {})},
                subjects=(slot, *(wave.id for wave in waves), name, *([part.value] if window.by is not None else [])),
                path=waves[0].path,
                hint="move a lot to another window, or raise '{name}' of the window's 'limits'",
                hint_values={"name": name},
                excess=over,
            )
