"""What a word of the command line stands for in a plan: a wave, a team; refused with what there is instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from waveplan.domain.plan import Plan, Wave
from waveplan.errors import UsageError

_MOST_NAMED = 8  # so many are named where nothing is near


def find_wave(plan: Plan, name: str) -> Wave:
    """The wave of an id, `W04` or `desk/W04`. Raises UsageError with what there is instead."""
    wanted = name.casefold()
    by_id = [wave for wave in plan.waves if wave.id == name]
    found = by_id or [wave for wave in plan.waves if wanted in _names(wave)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(wave.id for wave in found)
        raise UsageError("Several waves are called {name}: {ids}. Name one by its id.", name=name, ids=ids)
    several = len({wave.stream for wave in plan.waves}) > 1
    labels = [wave.label(with_stream=several) for wave in plan.waves_in_order()]
    raise UsageError("No wave is called {name}.", advice=_instead(name, labels), name=name)


def _names(wave: Wave) -> set[str]:
    number = (f"w{wave.number}", f"w{wave.number:02d}")
    return {*number, *(f"{wave.stream}/{each}".casefold() for each in number)}


def find_team(plan: Plan, name: str) -> str:
    """The team of that name, if it has work in the plan. Raises UsageError with the teams that have."""
    known = sorted({*plan.teams, *(team for wave in plan.waves for team in wave.totals.effort)})
    if name in known:
        return name
    raise UsageError("No team called {name} has work in this plan.", advice=_instead(name, known), name=name)


def refuse_unknown_item(name: str, items: Iterable[str]) -> None:
    """Raise UsageError unless there is an item of that name."""
    known = list(items)
    if name in known:
        return
    near = difflib.get_close_matches(name, known, n=1)
    advice = UsageError("Did you mean {name}?", name=near[0]) if near else None
    raise UsageError("There is no item {item}.", advice=advice, item=name)


def _instead(name: str, known: Sequence[str]) -> UsageError | None:
    near = set(difflib.get_close_matches(name, known, n=3))
    close = [each for each in known if each in near] or list(known[:_MOST_NAMED])
    if not close:
        return None
    listed = ", ".join(close) + (", …" if len(known) > len(close) == _MOST_NAMED else "")
    if len(close) == 1:
        return UsageError("There is: {names}.", names=listed)
    return UsageError("There are: {names}.", names=listed)
