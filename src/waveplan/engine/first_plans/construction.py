"""A first plan in a moment: lots in order of need, each in the first wave that has room.

It keeps the rules that shape a plan most (allowed slots, order, cadence gaps, limits of waves, budgets) and serves as a
hint; what it misses, the model mends. It is never shown as a plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import UnionLimit, WaveLimit
from waveplan.engine.problem.stage_limits import stage_limits

Assignment = dict[int, int]  # lot → position
Levels = Mapping[int, int]  # by position


class SlotFilling:
    """Waves that are being filled: what is already placed, and whether one more lot fits a position."""

    def __init__(self, problem: PlanningProblem, strict: bool) -> None:
        self.problem = problem
        self.placed: Assignment = {}
        self._waves: list[list[int]] = [[] for _ in problem.streams]
        self._sums: dict[tuple[int, int], int] = defaultdict(int)
        self._spent: dict[int, int] = defaultdict(int)
        self._limits = _limits_by_lot(problem)
        self._unions = _unions_by_lot(problem)
        self._touched: dict[tuple[int, int], set[int]] = defaultdict(set)
        self._charges = _charges(problem, strict)
        self._pools_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, pool in enumerate(problem.pools):
            for lot, amount in pool.amounts.items():
                self._pools_of[lot].append((number, amount))

    def fits(self, lot: int, position: int) -> bool:
        """Whether a wave has room for a lot, and may be opened for it."""
        stream = self.problem.lot_stream[lot]
        waves = self._waves[stream]
        if position not in waves and not self._may_open(stream, position):
            return False
        stage = self._stage(stream, waves.index(position) if position in waves else len(waves))
        for number, amount, most in self._limits[lot]:
            if self._sums[position, number] + amount > most[stage]:
                return False
        for number in self._unions[lot]:
            limit = self.problem.union_limits[number]
            if limit.stage in (None, stage) and self._together(limit, number, lot, position) > limit.limit:
                return False
        return all(
            self._spent[budget] + amount * weight <= self.problem.budgets[budget].limit
            for pool, amount in self._pools_of[lot]
            for budget, weight in self._charges.get((pool, position), ())
        )

    def _together(self, limit: UnionLimit, number: int, lot: int, position: int) -> int:
        """What a wave would touch of a union with one more lot."""
        touched = self._touched[position, number].union(limit.elements[lot])
        return sum(limit.weights[element] for element in touched)

    def _may_open(self, stream: int, position: int) -> bool:
        """New waves only after all others of the stream, so that ordinals never shift."""
        waves = self._waves[stream]
        if not waves:
            return True
        places = self.problem.positions
        stage = self.problem.streams[stream].stages[self._stage(stream, len(waves))]
        last, this = places[waves[-1]], places[position]
        if position < waves[-1] or this.day - last.day < stage.min_gap_days:
            return False
        in_week = sum(places[p].week == this.week for p in waves)
        return stage.max_waves_per_week is None or in_week < stage.max_waves_per_week

    def _stage(self, stream: int, number: int) -> int:
        for index, stage in enumerate(self.problem.streams[stream].stages):
            if stage.waves is None or number < stage.waves:
                return index
            number -= stage.waves
        return len(self.problem.streams[stream].stages) - 1

    def place(self, lot: int, position: int) -> None:
        """Put a lot into a wave, room or not; waves are to be opened in their order."""
        stream = self.problem.lot_stream[lot]
        self.placed[lot] = position
        if position not in self._waves[stream]:
            self._waves[stream].append(position)
        for number, amount, _ in self._limits[lot]:
            self._sums[position, number] += amount
        for number in self._unions[lot]:
            self._touched[position, number].update(self.problem.union_limits[number].elements[lot])
        for pool, amount in self._pools_of[lot]:
            for budget, weight in self._charges.get((pool, position), ()):
                self._spent[budget] += amount * weight


class _GroupWaits:
    """From which level on lots may stand that wait for all of a group."""

    def __init__(self, problem: PlanningProblem) -> None:
        self._left = [len(order.firsts) for order in problem.group_orders]
        self._until: list[int | None] = [None for _ in problem.group_orders]
        self._awaited: dict[int, list[tuple[int, Levels]]] = defaultdict(list)
        self._leads: dict[int, list[tuple[int, Levels]]] = defaultdict(list)
        for number, order in enumerate(problem.group_orders):
            if not order.leads:  # what only limits how far groups are apart is left to the model
                continue
            for lot, levels in order.seconds.items():
                self._awaited[lot].append((number, levels))
            for lot, levels in order.firsts.items():
                self._leads[lot].append((number, levels))

    def allow(self, lot: int, position: int) -> bool:
        """Whether all that a lot waits for has a place, and leaves it this position."""
        return all(
            not self._left[number] and (until := self._until[number]) is not None and levels[position] >= until
            for number, levels in self._awaited.get(lot, ())
        )

    def place(self, lot: int, position: int) -> None:
        for number, levels in self._leads.get(lot, ()):
            self._left[number] -= 1
            until = self._until[number]
            self._until[number] = levels[position] if until is None else max(until, levels[position])


def construct(problem: PlanningProblem) -> Assignment:
    """Place lots slot by slot, those with the least choice and the most successors first; a lot may stay out.

    Budgets that hold only on some dates are kept on all; when that leaves a lot out, they are let go.
    """
    strict = _constructed(problem, strict=True)
    return strict if len(strict) == len(problem.lots) else _constructed(problem, strict=False)


def _constructed(problem: PlanningProblem, strict: bool) -> Assignment:
    state = SlotFilling(problem, strict)
    waiting, groups = _predecessors(problem), _GroupWaits(problem)
    shared = {id(positions): frozenset(positions) for positions in problem.allowed}
    choices = [shared[id(positions)] for positions in problem.allowed]
    need = urgency(problem)
    for lot, place in sorted(problem.done.items(), key=lambda each: (each[1], each[0])):
        state.place(lot, place)
        groups.place(lot, place)
    left = sorted(set(range(len(problem.lots))).difference(problem.done), key=lambda lot: (need[lot], lot))
    for position in sorted(problem.positions, key=lambda place: (place.rank, place.index)):
        for lot in left:
            if position.index not in choices[lot]:
                continue
            in_order = _keeps_orders(problem, state.placed, waiting[lot], lot, position.index)
            if in_order and groups.allow(lot, position.index) and state.fits(lot, position.index):
                state.place(lot, position.index)
                groups.place(lot, position.index)
        left = [lot for lot in left if lot not in state.placed]
    return state.placed


def _keeps_orders(problem: PlanningProblem, placed: Assignment, needs: list[int], lot: int, position: int) -> bool:
    """Whether all that comes before a lot has a place, and every lot with a place leaves it this position."""
    for order in (problem.precedences[number] for number in needs):
        if order.second == lot:
            other = placed.get(order.first)
            if (other is None and order.leads) or (other is not None and not order.allows(other, position)):
                return False
        elif order.second in placed and not order.allows(position, placed[order.second]):
            return False
    return True


def _predecessors(problem: PlanningProblem) -> dict[int, list[int]]:
    """Orders to look at when a lot gets its place: after those before it, and near those on either side."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, precedence in enumerate(problem.precedences):
        found[precedence.second].append(number)
        if not precedence.leads:
            found[precedence.first].append(number)
    return found


def urgency(problem: PlanningProblem) -> list[tuple[int, int]]:
    """By lot: last position it may use, then how many lots wait for it (most first)."""
    followers: dict[int, int] = defaultdict(int)
    for precedence in problem.precedences:
        followers[precedence.first] += precedence.leads
    for order in problem.group_orders:
        for lot in order.firsts if order.leads else ():
            followers[lot] += len(order.seconds)
    return [(positions[-1] if positions else 0, -followers[lot]) for lot, positions in enumerate(problem.allowed)]


def _limits_by_lot(problem: PlanningProblem) -> list[list[tuple[int, int, list[int]]]]:
    """By lot: numbers of the limits of its stream that count it, with how much and the limit in each stage."""
    found: list[list[tuple[int, int, list[int]]]] = [[] for _ in problem.lots]
    by_name: dict[tuple[int, str], list[WaveLimit]] = defaultdict(list)
    for limit in problem.wave_limits:
        by_name[limit.stream, limit.name].append(limit)
    for number, group in enumerate(by_name.values()):
        stream = group[0].stream
        most = stage_limits(group, len(problem.streams[stream].stages))
        for lot, amount in group[0].amounts.items():
            if amount and problem.lot_stream[lot] == stream:
                found[lot].append((number, amount, most))
    return found


def _unions_by_lot(problem: PlanningProblem) -> list[list[int]]:
    """By lot: numbers of the unions of its stream that it touches."""
    found: list[list[int]] = [[] for _ in problem.lots]
    for number, union in enumerate(problem.union_limits):
        for lot, elements in union.elements.items():
            if elements and problem.lot_stream[lot] == union.stream:
                found[lot].append(number)
    return found


def _charges(problem: PlanningProblem, strict: bool) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """By pool and position: the budgets it takes from, and with which weight; strictly, those of some dates too."""
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for number, budget in enumerate(problem.budgets):
        for pool, position, weight in budget.terms if strict or budget.when is None else ():
            found[pool, position].append((number, weight))
    return found
