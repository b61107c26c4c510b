"""A plain annealer, compiled: one lot to another wave or two that change places, one long cooling, nothing else.

It knows what planted cases have: positions that a lot may use, limits of waves, orders of pairs, ties. What else an
inventory asks for it does not see. It gives the reference where no optimum is known: long runs, several seeds.
"""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
from numba import njit

from peers.answers import Answer
from waveplan.engine.first_plans.construction import construct
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.stage_limits import stage_limits

HOT, COLD = 40.0, 0.2  # times an average tie stretched by one position
PIECE = 2_000_000  # trials at one temperature


def annealer(problem: PlanningProblem, seconds: float, seed: int = 0) -> Answer | None:
    """The best plan of one cooling that takes so many seconds of a core, compiling left out; None without a start."""
    start = construct(problem)
    if len(start) < len(problem.lots):
        return None
    tables = _tables(problem)
    position = np.array([start[lot] for lot in range(len(problem.lots))], np.int32)
    state = np.array([seed * 7_919 + 88_172_645_463_325_252], np.uint64)
    _cooled(*tables, position.copy(), position.copy(), state, 1, 1.0)  # compiled here
    unit = sum(tie.weight for tie in problem.ties) / len(problem.ties) * 7.0
    best, began, done = position.copy(), time.thread_time(), 0.0
    while done < 1.0:
        _cooled(*tables, position, best, state, PIECE, HOT * unit * (COLD / HOT) ** done)
        done = (time.thread_time() - began) / seconds
    return Answer({lot: int(place) for lot, place in enumerate(best)})


def _tables(problem: PlanningProblem) -> tuple[Any, ...]:
    lots, places = len(problem.lots), len(problem.positions)
    allowed = np.zeros((lots, places), np.bool_)
    for lot, positions in enumerate(problem.allowed):
        allowed[lot, list(positions)] = True
    day = np.array([place.day for place in problem.positions], np.int32)
    amount = np.zeros((lots, len(problem.wave_limits)), np.int32)
    most = []
    for number, limit in enumerate(problem.wave_limits):
        amount[list(limit.amounts), number] = list(limit.amounts.values())
        most.append(stage_limits([limit], 1)[0])
    near: list[list[tuple[int, int]]] = [[] for _ in range(lots)]
    for tie in problem.ties:
        near[tie.first].append((tie.second, tie.weight))
        near[tie.second].append((tie.first, tie.weight))
    before: list[list[int]] = [[] for _ in range(lots)]
    after: list[list[int]] = [[] for _ in range(lots)]
    for order in problem.precedences:
        before[order.second].append(order.first)
        after[order.first].append(order.second)
    return allowed, day, amount, np.array(most, np.int32), *_rows(near, 2), *_rows(before, 1), *_rows(after, 1)


def _rows(rows: list[Any], width: int) -> tuple[Any, Any]:
    begins = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int32)
    return begins, np.array([entry for row in rows for entry in row], np.int32).reshape(-1, width)


@njit(nogil=True)
def _cooled(  # type: ignore[no-untyped-def]
    allowed, day, amount, most, tie_at, tie, before_at, before, after_at, after, position, best, state, trials, heat
):
    """So many trials at one temperature; the best plan seen stays in `best`.

    All in one function: cut into four, put in its place or called, the same trials took 13 to 30 % more time.
    """
    lots, places, kinds = len(position), len(day), len(most)
    load = np.zeros((places, kinds), np.int32)
    held = np.zeros(places, np.int32)
    member = np.zeros((places, lots), np.int32)
    seat = np.zeros(lots, np.int32)
    for lot in range(lots):
        p = position[lot]
        load[p] += amount[lot]
        member[p, held[p]] = lot
        seat[lot] = held[p]
        held[p] += 1
    least, value = _value(day, tie_at, tie, best), _value(day, tie_at, tie, position)
    for _ in range(trials):
        lot = int(_draw(state) * lots)
        here = position[lot]
        ties = tie_at[lot + 1] - tie_at[lot]
        near = here
        if ties > 0 and _draw(state) < 0.7:
            near = position[tie[tie_at[lot] + int(_draw(state) * ties), 0]]
        to = near + int(_draw(state) * 5) - 2
        if to < 0 or to >= places or to == here or not allowed[lot, to]:
            continue
        other = -1
        if held[to] > 0 and _draw(state) < 0.7:
            other = member[to, int(_draw(state) * held[to])]
            if not allowed[other, here]:
                continue
        fine = True
        for k in range(kinds):
            more = amount[lot, k] - (amount[other, k] if other >= 0 else 0)
            if load[to, k] + more > most[k] or load[here, k] - more > most[k]:
                fine = False
                break
        if not fine:
            continue
        gain = _gain(day, tie_at, tie, position, lot, here, to, other)
        if other >= 0:
            gain += _gain(day, tie_at, tie, position, other, to, here, lot)
        if gain > 0 and gain > -heat * math.log(max(1e-300, _draw(state))):
            continue
        position[lot] = to
        if other >= 0:
            position[other] = here
        if not _ordered(position, before_at, before, after_at, after, lot) or (
            other >= 0 and not _ordered(position, before_at, before, after_at, after, other)
        ):
            position[lot] = here
            if other >= 0:
                position[other] = to
            continue
        for k in range(kinds):
            more = amount[lot, k] - (amount[other, k] if other >= 0 else 0)
            load[to, k] += more
            load[here, k] -= more
        if other >= 0:
            member[here, seat[lot]] = other
            member[to, seat[other]] = lot
            seat[lot], seat[other] = seat[other], seat[lot]
        else:
            held[here] -= 1
            last = member[here, held[here]]
            member[here, seat[lot]] = last
            seat[last] = seat[lot]
            member[to, held[to]] = lot
            seat[lot] = held[to]
            held[to] += 1
        value += gain
        if value < least:
            least = value
            for each in range(lots):
                best[each] = position[each]


@njit(nogil=True)
def _draw(state):  # type: ignore[no-untyped-def]
    x = state[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state[0] = x
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@njit(nogil=True)
def _value(day, tie_at, tie, position):  # type: ignore[no-untyped-def]
    total = 0
    for lot in range(len(position)):
        for index in range(tie_at[lot], tie_at[lot + 1]):
            if tie[index, 0] > lot:
                total += tie[index, 1] * abs(day[position[lot]] - day[position[tie[index, 0]]])
    return total


@njit(nogil=True)
def _gain(day, tie_at, tie, position, lot, here, to, beside):  # type: ignore[no-untyped-def]
    """What coexistence changes by when a lot moves; ties to the lot that it changes places with stay as long."""
    change = 0
    for index in range(tie_at[lot], tie_at[lot + 1]):
        other = tie[index, 0]
        if other != beside:
            its = day[position[other]]
            change += tie[index, 1] * (abs(day[to] - its) - abs(day[here] - its))
    return change


@njit(nogil=True)
def _ordered(position, before_at, before, after_at, after, lot):  # type: ignore[no-untyped-def]
    for index in range(before_at[lot], before_at[lot + 1]):
        if position[before[index, 0]] > position[lot]:
            return False
    for index in range(after_at[lot], after_at[lot + 1]):  # noqa: SIM110 - no generators when compiled
        if position[after[index, 0]] < position[lot]:
            return False
    return True
