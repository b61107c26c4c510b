"""The problem as flat arrays, for compiled code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.problem import PlanningProblem, UnionLimit, WaveLimit
from waveplan.planning.model.cadence import stage_limits

Ints = NDArray[np.int64]
_NO_LIMIT = np.iinfo(np.int64).max // 4


class Arrays(NamedTuple):
    """Everything the search reads; rows of ragged tables lie end to end, `*_ptr` tells where each begins."""

    allowed: NDArray[np.bool_]  # lot × position
    day: Ints
    rank: Ints
    week: Ints
    stream: Ints  # by position
    tie_ptr: Ints
    tie_lot: Ints
    tie_weight: Ints
    lot_pool_ptr: Ints
    lot_pool: Ints
    lot_amount: Ints
    charge_ptr: Ints  # by pool × positions + position
    charge_row: Ints
    charge_weight: Ints
    limit: Ints  # by row
    staged_row: Ints  # resource × position → row, -1 without one
    staged_limit: Ints  # resource × stage
    staged_stream: Ints  # by resource
    touch_ptr: Ints  # by lot: elements of unions
    touch: Ints
    element_weight: Ints
    element_union: Ints
    union_row: Ints  # union × position → row
    before_ptr: Ints  # by lot: precedences in which it is second
    before: Ints
    after_ptr: Ints  # by lot: precedences in which it is first
    after: Ints
    first: Ints
    second: Ints
    same_wave: NDArray[np.bool_]
    earliest: Ints  # precedence × position of the first → rank
    apart_ptr: Ints
    apart: Ints
    ordinal_needed: Ints  # by lot
    stage_gap: Ints  # stream × stage
    stage_week: Ints
    stage_end: Ints  # last ordinal of each stage
    stream_ptr: Ints
    most_waves: int
    lot_stream: Ints


class State(NamedTuple):
    """A plan under way; single numbers are arrays of one, so that compiled code can write them."""

    pos: Ints  # by lot
    seat: Ints  # by lot: its place in its position's list
    members: Ints  # position × seat
    held: Ints  # by position: how many lots
    used: Ints  # by row
    limit: Ints  # by row; those of stages move with the numbering
    touching: Ints  # element × position: how many lots
    ordinal: Ints  # by position
    waves: Ints
    value: Ints
    best_value: Ints
    best: Ints
    buffer: Ints  # lots of two waves that change places
    random: NDArray[np.uint64]


class _Rows:
    """Rows of Σ weight × load ≤ limit, as they are collected."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.positions = len(problem.positions)
        self.pools: list[dict[int, int]] = [dict(pool.amounts) for pool in problem.pools]
        self.charges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        self.limits: list[int] = []

    def row(self, limit: int) -> int:
        self.limits.append(min(limit, _NO_LIMIT))
        return len(self.limits) - 1


def arrays_of(problem: PlanningProblem, allowed: Sequence[Iterable[int]], most_waves: int) -> Arrays:
    """Flatten a problem. `allowed` narrows each lot's positions, `most_waves` the number of waves, to what is held."""
    rows = _Rows(problem)
    for budget in problem.budgets:
        _add_budget(rows, budget.terms, budget.limit)
    staged_row, staged_limit, staged_stream = _staged(problem, rows)
    unions = _unions(problem, rows)
    table = np.zeros((len(problem.lots), len(problem.positions)), np.bool_)
    for lot, positions in enumerate(allowed):
        table[lot, list(positions)] = True
    charge_ptr, charge_row, charge_weight = _ragged_pairs(
        rows.charges.get((pool, position), ()) for pool in range(len(rows.pools)) for position in range(rows.positions)
    )
    pools_of: list[list[tuple[int, int]]] = [[] for _ in problem.lots]
    for number, amounts in enumerate(rows.pools):
        for lot, amount in amounts.items():
            pools_of[lot].append((number, amount))
    lot_pool_ptr, lot_pool, lot_amount = _ragged_pairs(pools_of)
    tie_ptr, tie_lot, tie_weight = _ties(problem)
    return Arrays(
        allowed=table,
        day=_ints(place.day for place in problem.positions),
        rank=_ints(place.rank for place in problem.positions),
        week=_ints(place.week for place in problem.positions),
        stream=_ints(place.stream for place in problem.positions),
        tie_ptr=tie_ptr,
        tie_lot=tie_lot,
        tie_weight=tie_weight,
        lot_pool_ptr=lot_pool_ptr,
        lot_pool=lot_pool,
        lot_amount=lot_amount,
        charge_ptr=charge_ptr,
        charge_row=charge_row,
        charge_weight=charge_weight,
        limit=_ints(rows.limits),
        staged_row=staged_row,
        staged_limit=staged_limit,
        staged_stream=staged_stream,
        **unions,
        **_orders(problem),
        **_sequence(problem),
        most_waves=most_waves,
        lot_stream=_ints(problem.lot_stream),
    )


def _add_budget(rows: _Rows, terms: Iterable[tuple[int, int, int]], limit: int) -> None:
    """One row for a budget; one that holds only on some dates is kept on all, which is stricter."""
    kept = [(pool, position, weight) for pool, position, weight in terms if weight]
    dearest: dict[int, int] = defaultdict(int)
    for pool, _, weight in kept:
        dearest[pool] = max(dearest[pool], weight)
    if sum(weight * sum(rows.pools[pool].values()) for pool, weight in dearest.items()) > limit:
        row = rows.row(limit)
        for pool, position, weight in kept:
            rows.charges[pool, position].append((row, weight))


def _staged(problem: PlanningProblem, rows: _Rows) -> tuple[Ints, Ints, Ints]:
    """Limits of waves: a row for each resource and position; its limit follows the stage the wave is in."""
    stages = max(len(rules.stages) for rules in problem.streams)
    by_name: dict[tuple[int, str], list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        by_name[limit.stream, limit.name].append(limit)
    table: list[list[int]] = []
    limits: list[list[int]] = []
    for (stream, _), group in by_name.items():
        most = stage_limits(group, len(problem.streams[stream].stages))
        rows.pools.append(dict(group[0].amounts))
        numbers = [-1] * rows.positions
        for position in problem.streams[stream].positions:
            numbers[position] = rows.row(max(most))
            rows.charges[len(rows.pools) - 1, position].append((numbers[position], 1))
        table.append(numbers)
        limits.append(most + [most[-1]] * (stages - len(most)))
    shape = (len(table), rows.positions)
    return (
        np.array(table, np.int64).reshape(shape),
        np.array(limits, np.int64).reshape(len(table), stages),
        _ints(stream for stream, _ in by_name),
    )


def _unions(problem: PlanningProblem, rows: _Rows) -> dict[str, Any]:
    touched: list[list[int]] = [[] for _ in problem.lots]
    weights: list[int] = []
    union_of: list[int] = []
    table: list[list[int]] = []
    for limit in _binding(problem.union_limits):
        numbers = [-1] * rows.positions
        for position in problem.streams[limit.stream].positions:
            numbers[position] = rows.row(limit.limit)
        for lot, elements in limit.elements.items():
            touched[lot] += [len(weights) + element for element in elements]
        weights += limit.weights
        union_of += [len(table)] * len(limit.weights)
        table.append(numbers)
    ptr, flat = _ragged(touched)
    return {
        "touch_ptr": ptr,
        "touch": flat,
        "element_weight": _ints(weights),
        "element_union": _ints(union_of),
        "union_row": np.array(table, np.int64).reshape(len(table), rows.positions),
    }


def _binding(limits: Iterable[UnionLimit]) -> list[UnionLimit]:
    return [limit for limit in limits if sum(limit.weights) > limit.limit]


def _ties(problem: PlanningProblem) -> tuple[Ints, Ints, Ints]:
    near: list[list[tuple[int, int]]] = [[] for _ in problem.lots]
    for tie in problem.ties:
        near[tie.first].append((tie.second, tie.weight))
        near[tie.second].append((tie.first, tie.weight))
    return _ragged_pairs(near)


def _orders(problem: PlanningProblem) -> dict[str, Any]:
    count, positions = len(problem.precedences), len(problem.positions)
    earliest = np.zeros((count, positions), np.int64)
    before: list[list[int]] = [[] for _ in problem.lots]
    after: list[list[int]] = [[] for _ in problem.lots]
    apart: list[list[int]] = [[] for _ in problem.lots]
    for number, precedence in enumerate(problem.precedences):
        for position, rank in precedence.earliest.items():
            earliest[number, position] = rank
        before[precedence.second].append(number)
        after[precedence.first].append(number)
    for pair in problem.aparts:
        apart[pair.first].append(pair.second)
        apart[pair.second].append(pair.first)
    before_ptr, before_flat = _ragged(before)
    after_ptr, after_flat = _ragged(after)
    apart_ptr, apart_flat = _ragged(apart)
    return {
        "before_ptr": before_ptr,
        "before": before_flat,
        "after_ptr": after_ptr,
        "after": after_flat,
        "first": _ints(precedence.first for precedence in problem.precedences),
        "second": _ints(precedence.second for precedence in problem.precedences),
        "same_wave": np.array([precedence.same_wave for precedence in problem.precedences], np.bool_),
        "earliest": earliest,
        "apart_ptr": apart_ptr,
        "apart": apart_flat,
    }


def _sequence(problem: PlanningProblem) -> dict[str, Any]:
    stages = max(len(rules.stages) for rules in problem.streams)
    gap = np.zeros((len(problem.streams), stages), np.int64)
    week = np.full((len(problem.streams), stages), _NO_LIMIT, np.int64)
    end = np.full((len(problem.streams), stages), _NO_LIMIT, np.int64)
    needed = np.ones(len(problem.lots), np.int64)
    for number, rules in enumerate(problem.streams):
        total = 0
        for stage, entry in enumerate(rules.stages):
            total += entry.waves or 0
            gap[number, stage] = entry.min_gap_days
            week[number, stage] = _NO_LIMIT if entry.max_waves_per_week is None else entry.max_waves_per_week
            end[number, stage] = _NO_LIMIT if entry.waves is None else total
        for lot, ordinal in rules.earliest_wave.items():
            needed[lot] = ordinal
    pointers = [rules.positions[0] for rules in problem.streams] + [len(problem.positions)]
    return {
        "ordinal_needed": needed,
        "stage_gap": gap,
        "stage_week": week,
        "stage_end": end,
        "stream_ptr": _ints(pointers),
    }


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int64)


def _ragged(lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    ptr = np.zeros(len(lists) + 1, np.int64)
    ptr[1:] = np.cumsum([len(row) for row in lists])
    return ptr, _ints(value for row in lists for value in row)


def _ragged_pairs(lists: Iterable[Iterable[tuple[int, int]]]) -> tuple[Ints, Ints, Ints]:
    sizes, left, right = [], [], []
    for row in lists:
        size = 0
        for one, other in row:
            left.append(one)
            right.append(other)
            size += 1
        sizes.append(size)
    ptr = np.zeros(len(sizes) + 1, np.int64)
    ptr[1:] = np.cumsum(sizes)
    return ptr, _ints(left), _ints(right)
