"""WP352: one occurrence of a window takes no more than its limits, over all streams; with `by`, for each value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.parts import over_parts
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import amounts, violation
from waveplan.domain.calendar_rules import Window
from waveplan.domain.findings import Finding, Phrase


@hard_rule("WP352", "room")
def check_window_limits(facts: Facts) -> Iterator[Finding]:
    """One finding for each slot, value and limit that is exceeded."""
    windows = {window.id: window for window in facts.inventory.calendar.windows if window.limits.given}
    slots: dict[str, list[PlacedWave]] = defaultdict(list)
    for wave in facts.waves:
        if wave.slot.window in windows:
            slots[wave.slot.id].append(wave)
    for waves in slots.values():
        yield from _over(facts, windows[waves[0].slot.window], waves)


def _over(facts: Facts, window: Window, waves: list[PlacedWave]) -> Iterator[Finding]:
    slot = waves[0].slot.id
    template = "the window of {slot}: {name} {used} of {limit}"
    if window.by is not None:
        template = "the window of {slot}: {name} {used} of {limit} for {by} {value}"
    for value, name, over in over_parts(facts, waves, window.limits, None, window.by):
        values = {"slot": slot, "name": Phrase(name), **amounts(over)}
        yield violation(
            template,
            {**values, **({"by": window.by, "value": value} if window.by is not None else {})},
            subjects=(slot, *(wave.id for wave in waves), name, *([value] if window.by is not None else [])),
            path=waves[0].path,
            hint="move a lot to another window, or raise '{name}' of the window's 'limits'",
            hint_values={"name": name},
            excess=over,
        )
