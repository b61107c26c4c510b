"""Rows for what waves hold, what budgets give and how near waves come to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from waveplan.engine.presolve.rounded_problem import SAFE
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Budget, UnionLimit, WaveLimit
from waveplan.engine.problem.stage_limits import stage_limits
from waveplan.engine.proofs.bounds.spreading.rooms import most_touched, shares
from waveplan.engine.proofs.bounds.timetable.linear import LinearProgramme

_MOST_TOUCHED = 100_000  # places of lots that touch what others touch too: with more, such limits are left as sums


def add_touched(programme: LinearProgramme, problem: PlanningProblem) -> None:
    """Elements that count once in a wave, whole: the sums of their shares say little in numbers of yes and no."""
    left = _MOST_TOUCHED
    for union in problem.union_limits:
        if union.stage is not None and len(problem.streams[union.stream].stages) > 1:
            continue  # which stage a wave is in is not known here
        lots = {lot: set(elements) for lot, elements in union.elements.items() if programme.allowed[lot]}
        touching = Counter(element for elements in lots.values() for element in elements)
        left -= sum(len(programme.allowed[lot]) * len(elements) for lot, elements in lots.items())
        if left >= 0 and sum(union.weights[each] for each in touching) > union.limit and max(touching.values()) > 1:
            _add_union(programme, union, lots)


def _add_union(programme: LinearProgramme, union: UnionLimit, lots: Mapping[int, set[int]]) -> None:
    """In each position, what is touched by any lot counts, and is no more than the limit."""
    used: dict[int, dict[int, int]] = defaultdict(dict)  # position → element → whether it is touched there
    for lot, elements in lots.items():
        for position in programme.allowed[lot]:
            for element in elements:
                if element not in used[position]:
                    used[position][element] = programme.new()
                programme.at_most({programme.places[lot, position]: 1, used[position][element]: -1}, 0)
    for position, touched in used.items():
        terms = {variable: union.weights[element] for element, variable in touched.items()}
        if sum(terms.values()) > union.limit:
            programme.at_most({**terms, programme.waves[position]: -union.limit}, 0)


def add_rules(programme: LinearProgramme, problem: PlanningProblem, most_waves: int | None) -> None:
    """Everything but orders."""
    used: dict[int, list[int]] = defaultdict(list)
    for position in programme.waves:
        used[problem.positions[position].stream].append(position)
    for stream in sorted(used):
        order = sorted(used[stream], key=lambda position: (problem.positions[position].day, position))
        if not problem.streams[stream].done:  # waves that are done need not have kept the rhythm
            _add_rhythm(programme, problem, stream, order)
        _add_limits(programme, problem, stream, order)
    if most_waves is not None:
        programme.at_most(dict.fromkeys(programme.waves.values(), 1), most_waves)
    for budget in problem.budgets:
        _add_budget(programme, problem, budget)


def _add_rhythm(programme: LinearProgramme, problem: PlanningProblem, stream: int, order: Sequence[int]) -> None:
    """Of waves that are nearer than any stage allows there is one; in a week there are as many as the freest allows."""
    stages, places = problem.streams[stream].stages, problem.positions
    gap, end = min(stage.min_gap_days for stage in stages), 0
    for start, position in enumerate(order):
        before = end
        while end < len(order) and places[order[end]].day - places[position].day < gap:
            end += 1
        if end > before and end - start > 1:
            programme.at_most({programme.waves[each]: 1 for each in order[start:end]}, 1)
    weekly = [stage.max_waves_per_week for stage in stages]
    if None not in weekly:
        weeks: dict[int, dict[int, int]] = defaultdict(dict)
        for position in order:
            weeks[places[position].week][programme.waves[position]] = 1
        for waves in weeks.values():
            programme.at_most(waves, max(most for most in weekly if most is not None))


def _add_limits(programme: LinearProgramme, problem: PlanningProblem, stream: int, order: Sequence[int]) -> None:
    stages = len(problem.streams[stream].stages)
    sums: dict[str, list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        if limit.stream == stream:
            sums[limit.name].append(limit)
    for group in sums.values():
        _add_sums(programme, order, group[0].amounts, max(stage_limits(group, stages)))
    unions: dict[str, list[UnionLimit]] = defaultdict(list)
    for union in problem.union_limits:
        if union.stream == stream:
            unions[union.name].append(union)
    for found in unions.values():
        whole, brought = shares(found[0])
        if sum(brought.values()) <= SAFE:
            _add_sums(programme, order, brought, most_touched(found, stages) * whole)


def _add_sums(programme: LinearProgramme, order: Sequence[int], amounts: Mapping[int, int], most: int) -> None:
    """What is in a wave is no more than its limit; where no wave is, nothing is."""
    for position in order:
        terms = programme.at_position(position, amounts)
        if sum(terms.values()) > most:
            programme.at_most({**terms, programme.waves[position]: -most}, 0)


def _add_budget(programme: LinearProgramme, problem: PlanningProblem, budget: Budget) -> None:
    """Σ coefficient × what lots bring ≤ limit; of one that holds only with certain waves, what those bring."""
    terms: dict[int, int] = defaultdict(int)
    for pool, position, weight in budget.terms:
        if budget.when is not None and (position not in budget.when or weight < 0):
            if weight < 0:
                return
            continue
        if weight < 0 and not programme.has_all(problem.pools[pool]):  # what is left out might give back
            return
        for place, amount in programme.at_position(position, problem.pools[pool].amounts).items():
            terms[place] += weight * amount
    programme.at_most({place: value for place, value in terms.items() if value}, budget.limit)
