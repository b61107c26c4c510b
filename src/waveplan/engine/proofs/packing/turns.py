"""How many waves there can be until a day, and which of them a wave in some window can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.rhythm import Stage, StreamRules
from waveplan.engine.proofs.packing.frames import Turns

Allowed = Sequence[Sequence[int]]
Spans = dict[int, tuple[int, int]]  # by position: the first and the last turn


@dataclass(frozen=True)
class _Calendar:
    """The positions of a stream that some lots may use, in order, with all that keeps waves from following closely."""

    problem: PlanningProblem
    rules: StreamRules
    positions: tuple[int, ...]
    gap: int  # days, the least of all stages
    weekly: int | None  # waves, the most of all stages
    cares: Mapping[int, tuple[int, int]]  # by position: the last day on which hypercare begins, the first it ends on

    def day(self, position: int) -> int:
        """Of a position."""
        return self.problem.positions[position].day

    def week(self, position: int) -> int:
        """Of a position."""
        return self.problem.positions[position].week


def turns_of(problem: PlanningProblem, allowed: Allowed, stream: int, lots: Sequence[int]) -> Turns:
    """The turns in which some lots of a stream can be, by the positions that are allowed to any of them.

    Where a stream has several stages the lots must be all of it.
    """
    rules = problem.streams[stream]
    sets = {id(allowed[lot]): allowed[lot] for lot in lots}
    usable = {position for positions in sets.values() for position in positions}
    weekly = [stage.max_waves_per_week for stage in rules.stages]
    calendar = _Calendar(
        problem,
        rules,
        tuple(position for position in rules.positions if position in usable),
        min(stage.min_gap_days for stage in rules.stages),
        None if None in weekly else max(each for each in weekly if each is not None),
        _cares(problem, allowed, lots) if rules.max_waves_at_once == 1 else {},
    )
    spans = min((_chained(calendar), _week_by_week(calendar)), key=_last)
    if len({(stage.min_gap_days, stage.max_waves_per_week) for stage in rules.stages}) > 1:
        ordinals = _by_ordinal(calendar)
        if _last(ordinals) < _last(spans):
            return Turns(_last(ordinals), ordinals, _stages(rules.stages, _last(ordinals)), exactly=True)
    return Turns(_last(spans), spans, _stages(rules.stages, _last(spans)), exactly=False)


def _last(spans: Spans) -> int:
    return max((last for _, last in spans.values()), default=0)


def _stages(stages: Sequence[Stage], waves: int) -> tuple[int, ...]:
    ends = list(accumulate(stage.waves or 0 for stage in stages[:-1]))
    return tuple(sum(ordinal > end for end in ends) for ordinal in range(1, waves + 1))


def _cares(problem: PlanningProblem, allowed: Allowed, lots: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    for lot in lots:
        for position in allowed[lot]:
            begin, end = problem.hypercare[lot][position]
            known = found.get(position, (begin, end))
            found[position] = (max(known[0], begin), min(known[1], end))
    return found


def _chained(calendar: _Calendar) -> Spans:
    """By position: the most waves that follow each other up to one there; a plan's waves have ever more of them."""
    rules, places = calendar.rules, calendar.positions
    days = np.array([calendar.day(position) for position in places], np.int64)
    weeks = np.array([calendar.week(position) for position in places], np.int64)
    done = np.array([position in rules.done for position in places], np.bool_)
    cares = np.array([calendar.cares.get(position, (0, -1)) for position in places], np.int64).reshape(-1, 2)
    length = np.zeros(len(places), np.int64)
    for number in range(len(places)):
        before = days[:number] + calendar.gap <= days[number]
        if calendar.weekly == 1:
            before &= weeks[:number] != weeks[number]
        if calendar.cares:
            apart = (cares[:number, 1] < cares[number, 0]) | (cares[number, 1] < cares[:number, 0])
            before &= apart
        before |= done[:number] & done[number]
        length[number] = 1 + int((length[:number] * before).max(initial=0))
    return {position: (int(length[number]),) * 2 for number, position in enumerate(places)}


def _week_by_week(calendar: _Calendar) -> Spans:
    """The same by the most waves of each week: one there is among those of its week."""
    if calendar.weekly is None:
        return _chained(calendar)
    found: Spans = {}
    before = 0
    for _, its in groupby(calendar.positions, key=calendar.week):
        week = list(its)
        chain = _last(_chained(_of(calendar, week)))
        done = sum(position in calendar.rules.done for position in week)
        after = before + max(done, min(calendar.weekly, chain))
        found |= dict.fromkeys(week, (before + 1, after))
        before = after
    return found


def _of(calendar: _Calendar, week: Sequence[int]) -> _Calendar:
    return _Calendar(calendar.problem, calendar.rules, tuple(week), calendar.gap, None, calendar.cares)


def _by_ordinal(calendar: _Calendar) -> Spans:
    """By position: what ordinal a wave there has at most, each wave taken as early as its stage allows."""
    stages = _stages(calendar.rules.stages, len(calendar.positions))
    taken: list[int] = []
    found: Spans = {}
    for position in calendar.positions:
        stage = calendar.rules.stages[stages[len(taken)]]
        gap_kept = not taken or calendar.day(position) - calendar.day(taken[-1]) >= stage.min_gap_days
        in_week = sum(calendar.week(each) == calendar.week(position) for each in taken)
        week_kept = stage.max_waves_per_week is None or in_week < stage.max_waves_per_week
        if position in calendar.rules.done or (gap_kept and week_kept):
            taken.append(position)
        found[position] = (1, max(1, len(taken)))
    return found
