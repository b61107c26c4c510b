"""A packing's loads on the calendar: each on the first position that suits it, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.orders import GroupOrder, Precedence
from waveplan.engine.problem.rhythm import Stage
from waveplan.engine.proofs.packing.relaxation import apart_by_themselves

Loads = Sequence[Sequence[int]]


def as_assignment(problem: PlanningProblem, allowed: Sequence[Sequence[int]], loads: Loads) -> dict[int, int] | None:
    """Lay loads on real positions, those that were packed together in their order; None when one finds no place.

    Kept are allowed positions, gaps, waves in a week, orders, budgets, hours of windows and waves in hypercare; not
    gates, links, downtime or ordinals. It is a good try: the caller judges the plan by every rule.
    """
    layout = _Layout(problem, allowed)
    waiting: dict[tuple[int, int], list[Sequence[int]]] = defaultdict(list)
    part_of = _parts(problem, allowed)
    for load in loads:
        if load := [lot for lot in load if lot not in problem.done]:
            waiting[part_of[load[0]]].append(load)
    while any(waiting.values()):
        choices = [
            (problem.positions[position].rank, part, position)
            for part, left in sorted(waiting.items())
            if left and (position := layout.first_place(part[0], left[0])) is not None
        ]
        if not choices:
            return None
        _, part, position = min(choices)
        layout.place(part[0], waiting[part].pop(0), position)
    return layout.assignment


def _parts(problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> dict[int, tuple[int, int]]:
    """By lot: its stream, and which of the stream's packings holds it."""
    return {
        lot: (stream, number)
        for stream in sorted(set(problem.lot_stream))
        for number, lots in enumerate(apart_by_themselves(problem, allowed, stream))
        for lot in lots
    }


class _Layout:
    def __init__(self, problem: PlanningProblem, allowed: Sequence[Sequence[int]]) -> None:
        self._problem = problem
        self._allowed = [frozenset(positions) for positions in allowed]
        self.assignment: dict[int, int] = {}
        self._waves: dict[int, list[int]] = defaultdict(list)  # by stream: positions
        self._care_ends: dict[int, list[int]] = defaultdict(list)  # by stream: last days of hypercare
        self._spent: dict[int, int] = defaultdict(int)  # by budget
        self._charges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        usable = frozenset(position for positions in self._allowed for position in positions)
        for number, budget in enumerate(problem.budgets):
            for pool, position, weight in budget.terms:
                if position in usable:
                    self._charges[pool, position].append((number, weight))
        self._brought: dict[int, list[tuple[int, int]]] = defaultdict(list)  # by lot: pools and amounts
        for pool, bringing in enumerate(problem.pools):
            for lot, amount in bringing.amounts.items():
                self._brought[lot].append((pool, amount))
        self._before: dict[int, list[int]] = defaultdict(list)
        for number, precedence in enumerate(problem.precedences):
            if precedence.leads:  # how far apart lots may be is left to the judge
                self._before[precedence.second].append(number)
        self._groups: dict[int, list[GroupOrder]] = defaultdict(list)
        for order in problem.group_orders:
            for lot in order.seconds if order.leads else ():
                self._groups[lot].append(order)
        held: dict[int, list[int]] = defaultdict(list)
        for lot, place in problem.done.items():
            held[place].append(lot)
        for place, lots in sorted(held.items()):
            self.place(problem.lot_stream[lots[0]], lots, place)

    def first_place(self, stream: int, load: Sequence[int]) -> int | None:
        """The first position after the stream's last wave that suits a load; None too while it waits for others."""
        orders, groups = self._orders(load), self._least_levels(load)
        if orders is None or groups is None:
            return None
        waves = self._waves[stream]
        stage = self._stage(stream, len(waves))
        for position in self._problem.streams[stream].positions:
            later = not waves or position > waves[-1]
            if (
                later
                and all(order.allows(self.assignment[order.first], position) for order in orders)
                and all(levels[position] >= least for levels, least in groups)
                and all(position in self._allowed[lot] for lot in load)
                and self._keeps_cadence(stream, stage, position)
                and self._has_hours(load, position)
                and self._cares(stream, load, position)
                and all(
                    self._spent[budget] + more <= self._problem.budgets[budget].limit
                    for budget, more in self._charged(load, position).items()
                )
            ):
                return position
        return None

    def place(self, stream: int, load: Sequence[int], position: int) -> None:
        """Put a wave on the calendar."""
        for budget, more in self._charged(load, position).items():
            self._spent[budget] += more
        self._care_ends[stream].append(max(self._problem.hypercare[lot][position][1] for lot in load))
        self._waves[stream].append(position)
        self.assignment.update(dict.fromkeys(load, position))

    def _orders(self, load: Sequence[int]) -> list[Precedence] | None:
        """Orders after lots that have a place; None while something that comes first has none yet."""
        orders = [self._problem.precedences[number] for lot in load for number in self._before[lot]]
        outside = [order for order in orders if order.first not in load]
        return outside if all(order.first in self.assignment for order in outside) else None

    def _least_levels(self, load: Sequence[int]) -> list[tuple[Mapping[int, int], int]] | None:
        """By group order: levels of a lot, and the least that will do; None while something before it has no place."""
        found: list[tuple[Mapping[int, int], int]] = []
        for lot in load:
            for group in self._groups[lot]:
                firsts = {first: levels for first, levels in group.firsts.items() if first not in load}
                if any(first not in self.assignment for first in firsts):
                    return None
                if firsts:
                    least = max(levels[self.assignment[first]] for first, levels in firsts.items())
                    found.append((group.seconds[lot], least))
        return found

    def _stage(self, stream: int, number: int) -> Stage:
        stages = self._problem.streams[stream].stages
        for stage in stages[:-1]:
            if number < (stage.waves or 0):
                return stage
            number -= stage.waves or 0
        return stages[-1]

    def _keeps_cadence(self, stream: int, stage: Stage, position: int) -> bool:
        places, waves = self._problem.positions, self._waves[stream]
        if waves and places[position].day - places[waves[-1]].day < stage.min_gap_days:
            return False
        in_week = sum(places[wave].week == places[position].week for wave in waves)
        return stage.max_waves_per_week is None or in_week < stage.max_waves_per_week

    def _has_hours(self, load: Sequence[int], position: int) -> bool:
        work = self._problem.work
        kinds: list[Mapping[int, int]] = [work.cutover, work.test, work.rollback, work.transport]
        return sum(max(kind.get(lot, 0) for lot in load) for kind in kinds) <= work.hours[position] or not any(kinds)

    def _cares(self, stream: int, load: Sequence[int], position: int) -> bool:
        """Whether no more waves than allowed are in hypercare when this one's begins."""
        most = self._problem.streams[stream].max_waves_at_once
        if most is None:
            return True
        begins = min(self._problem.hypercare[lot][position][0] for lot in load)
        return sum(end >= begins for end in self._care_ends[stream]) < most

    def _charged(self, load: Sequence[int], position: int) -> dict[int, int]:
        found: dict[int, int] = defaultdict(int)
        for lot in load:
            for pool, amount in self._brought[lot]:
                for budget, weight in self._charges.get((pool, position), ()):
                    found[budget] += amount * weight
        return found
