"""Turns: a position and whatever of the waves before it decides what may happen there.

Ordinals, stages, gaps, waves in a week and a held number of waves are all followed in turns, so that the search over
moved sets need not know of them: at a turn it makes a wave or none, and each leads to another turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.rhythm import StreamRules

_MOST_TURNS = 400
_EVERYTHING = ("week", "last", "ordinal", "total")  # let go in this order when there are too many turns


@dataclass(frozen=True, slots=True)
class Turn:
    """What may happen at a place in the order of positions; `stage` and `ordinal` are those of a wave made there."""

    place: int
    stage: int | None  # None: not followed
    ordinal: int | None
    may_use: bool
    skip: int  # the turn that follows without a wave
    use: int  # and with one


@dataclass(frozen=True, slots=True)
class _Stream:
    """What is remembered of a stream's waves."""

    ordinal: int = 0
    last: int | None = None  # position
    in_week: int = 0  # waves in the week of the last one


_Memory = tuple[tuple[_Stream, ...], int]  # by stream; waves in all


class _TurnWalk:
    def __init__(self, problem: PlanningProblem, order: Sequence[int], most_waves: int | None, kept: set[str]) -> None:
        self._problem = problem
        self._order = order
        self._kept = kept
        self._most = most_waves if most_waves is not None and most_waves < len(order) else None
        self._starts = [
            list(accumulate((stage.waves or 0 for stage in rules.stages[:-1]), initial=0)) for rules in problem.streams
        ]

    def turns(self) -> list[Turn] | None:
        """All turns in order, the last one after all positions; None when there are too many."""
        layer: dict[_Memory, int] = {((_Stream(),) * len(self._problem.streams), 0): 0}
        found: list[Turn] = []
        for place in range(len(self._order)):
            first = len(found) + len(layer)
            if first > _MOST_TURNS:
                return None
            following: dict[_Memory, int] = {}
            found += [self._turn(place, memory, following, first) for memory in layer]
            layer = following
        # what is still remembered after the last position no longer matters: all memories are forgotten there
        return [*found, Turn(len(self._order), None, None, False, len(found), len(found))]

    def _turn(self, place: int, memory: _Memory, following: dict[_Memory, int], first: int) -> Turn:
        position = self._order[place]
        streams, total = memory
        stream = self._problem.positions[position].stream
        rules, mine = self._problem.streams[stream], streams[stream]
        ordinal = mine.ordinal + 1
        stage = sum(ordinal > start for start in self._starts[stream]) - 1
        may_use = self._may_use(rules, mine, position, stage) and (self._most is None or total < self._most)
        made = _Stream(ordinal, position, self._in_week(mine, position) + 1)
        used = (*streams[:stream], made, *streams[stream + 1 :])
        skip = following.setdefault(self._remembered(place, (streams, total)), first + len(following))
        use = skip
        if may_use:
            use = following.setdefault(self._remembered(place, (used, total + 1)), first + len(following))
        known = "ordinal" in self._kept
        return Turn(place, stage if known else None, ordinal if known else None, may_use, skip, use)

    def _may_use(self, rules: StreamRules, mine: _Stream, position: int, stage: int) -> bool:
        if position in rules.done:
            return True
        places = self._problem.positions
        stages = [rules.stages[stage]] if "ordinal" in self._kept else rules.stages
        gap = min(each.min_gap_days for each in stages)
        if mine.last is not None and places[position].day - places[mine.last].day < gap:
            return False
        limits = [each.max_waves_per_week for each in stages]
        return any(limit is None or self._in_week(mine, position) < limit for limit in limits)

    def _in_week(self, mine: _Stream, position: int) -> int:
        places = self._problem.positions
        same = mine.last is not None and places[mine.last].week == places[position].week
        return mine.in_week if same else 0

    def _remembered(self, place: int, memory: _Memory) -> _Memory:
        """What of a memory can still matter after a place."""
        if place + 1 == len(self._order):
            return ((), 0)
        streams, total = memory
        kept = tuple(self._of_stream(place, number, mine) for number, mine in enumerate(streams))
        return kept, total if self._most is not None and "total" in self._kept else 0

    def _of_stream(self, place: int, stream: int, mine: _Stream) -> _Stream:
        rules, places = self._problem.streams[stream], self._problem.positions
        coming = [p for p in self._order[place + 1 :] if places[p].stream == stream]
        highest = max(self._starts[stream][-1], max(rules.earliest_wave.values(), default=1) - 1)
        ordinal = min(mine.ordinal, highest) if "ordinal" in self._kept and coming else 0
        if mine.last is None or not coming:
            return _Stream(ordinal)
        gap = max(stage.min_gap_days for stage in rules.stages)
        near = places[coming[0]].day - places[mine.last].day < gap
        weekly = any(stage.max_waves_per_week is not None for stage in rules.stages)
        busy = weekly and places[coming[0]].week == places[mine.last].week and "week" in self._kept
        if busy or (near and "last" in self._kept):
            return _Stream(ordinal, mine.last, mine.in_week if busy else 0)
        return _Stream(ordinal)


def turns_of(problem: PlanningProblem, order: Sequence[int], most_waves: int | None) -> list[Turn] | None:
    """The turns of some positions, following as much of the rules of sequence as can be; None if too many."""
    for dropped in range(len(_EVERYTHING) + 1):
        found = _TurnWalk(problem, order, most_waves, set(_EVERYTHING[dropped:])).turns()
        if found is not None:
            return found
    return None
