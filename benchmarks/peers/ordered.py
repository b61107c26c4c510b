"""An ordered heuristic after Microsoft's published guidance for wave planning with Azure Migrate.

The guidance: dependency-aware groups in sequence, first what is well understood, has few dependencies and is not
critical, critical systems later, within what a wave can hold:
https://learn.microsoft.com/azure/migrate/automatic-wave-planning-architecture and
https://learn.microsoft.com/azure/cloud-adoption-framework/migrate/migration-wave-planning. How Azure Migrate weighs
these is not published; this is the plainest reading: by depth in the order of dependencies, then criticality, then
number of dependencies, then size; each lot in the earliest wave that keeps its dates, order, limits and budgets.

Cadence is kept by filling only slots that are a gap apart. What no wave has room for goes to its last slot, where the
check finds it.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from peers.next_fit import cadenced
from waveplan.engine.problem import PlanningProblem


def ordered(problem: PlanningProblem) -> dict[int, int]:
    """Where each lot starts."""
    waves = _Waves(problem)
    for lot in in_order(problem):
        waves.place(lot)
    return waves.placed


def in_order(problem: PlanningProblem) -> list[int]:
    """Lots by depth, criticality, dependencies and size; each after all that must not come later than it."""
    ties = Counter(lot for tie in problem.ties for lot in (tie.first, tie.second))
    sizes: Counter[int] = Counter()
    for limit in problem.wave_limits:
        if limit.name == "servers":
            sizes.update(limit.amounts)
    depth = depths(problem)
    return sorted(
        range(len(problem.lots)), key=lambda lot: (depth[lot], problem.points[lot], ties[lot], sizes[lot], lot)
    )


def depths(problem: PlanningProblem) -> list[int]:
    """By lot: how many lots must come before it, one after the other."""
    followers: dict[int, list[int]] = defaultdict(list)
    waiting = [0] * len(problem.lots)
    for order in problem.precedences:
        followers[order.first].append(order.second)
        waiting[order.second] += 1
    depth = [0] * len(problem.lots)
    ready = [lot for lot, count in enumerate(waiting) if not count]
    while ready:
        lot = ready.pop()
        for follower in followers[lot]:
            depth[follower] = max(depth[follower], depth[lot] + 1)
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    return depth


class _Waves:
    """What is placed already, and whether one more lot fits a wave."""

    def __init__(self, problem: PlanningProblem) -> None:
        self.problem = problem
        self.placed: dict[int, int] = {}
        self._places = [cadenced(problem, rules) for rules in problem.streams]
        self._held: dict[int, list[int]] = defaultdict(list)
        self._before: dict[int, list[int]] = defaultdict(list)
        for number, order in enumerate(problem.precedences):
            self._before[order.second].append(number)

    def place(self, lot: int) -> None:
        """Put a lot into the earliest wave that keeps every rule; without one, into its last slot."""
        stream = self.problem.lot_stream[lot]
        allowed = set(self.problem.allowed[lot])
        fitting = (p for p in self._places[stream] if p in allowed and self._fits(lot, p))
        last = (self.problem.allowed[lot] or self._places[stream])[-1]
        chosen = next(fitting, last)
        self.placed[lot] = chosen
        self._held[chosen].append(lot)

    def _fits(self, lot: int, position: int) -> bool:
        self._held[position].append(lot)
        self.placed[lot] = position
        fits = self._in_order(lot, position) and self._within(position) and self._affordable(position)
        del self.placed[lot]
        self._held[position].remove(lot)
        return fits

    def _in_order(self, lot: int, position: int) -> bool:
        for number in self._before[lot]:
            order = self.problem.precedences[number]
            first = self.placed.get(order.first)
            if first is None:
                if order.leads:
                    return False
            elif not order.allows(first, position):
                return False
        return all(
            self.placed.get(pair.first) != self.placed.get(pair.second)
            for pair in self.problem.aparts
            if lot in (pair.first, pair.second)
        )

    def _within(self, position: int) -> bool:
        """Limits of one wave; those of a stage of the cadence are kept in every wave."""
        lots, stream = self._held[position], self.problem.positions[position].stream
        sums = (limit for limit in self.problem.wave_limits if limit.stream == stream)
        if any(sum(limit.amounts.get(lot, 0) for lot in lots) > limit.limit for limit in sums):
            return False
        for limit in self.problem.union_limits:
            touched = {element for lot in lots for element in limit.elements.get(lot, ())}
            if limit.stream == stream and sum(limit.weights[element] for element in touched) > limit.limit:
                return False
        return True

    def _affordable(self, position: int) -> bool:
        for budget in self.problem.budgets:
            if any(place == position for _, place, _ in budget.terms):
                used = sum(
                    weight * self.problem.pools[pool].amounts.get(lot, 0)
                    for pool, place, weight in budget.terms
                    for lot in self._held[place]
                )
                if used > budget.limit:
                    return False
        return True
