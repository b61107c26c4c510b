"""Rooms from budgets over positions: weeks of a team, crews, on-call, space on a target.

A budget counts what several positions bring to it, each with a coefficient. Positions that follow each other and have
the same narrowest budget are one place. What several places hold together is also limited by the sum of all their
budgets: so work that is spread over weeks fills no week twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.places import Allowed, Places, used_positions
from waveplan.engine.proofs.bounds.spreading.rooms import Ints, Room, by_lot


@dataclass(frozen=True)
class BudgetRoom(Room):
    """Σ of the sizes in one place ≤ its own limit."""

    own: tuple[int, ...]  # by place: limit
    charged: tuple[dict[int, int], ...]  # by place: budget → its limit
    least_charge: tuple[int, ...]  # by place: Σ coefficient over all budgets, in the position where it is least

    def filled(self, order: Sequence[int]) -> Ints:
        """The most that the first, the first two, … places hold: by their own limits, and by all budgets together."""
        most, own, charge = [], 0, None
        budgets: dict[int, int] = {}
        for place in order:
            own += self.own[place]
            budgets.update(self.charged[place])
            charge = self.least_charge[place] if charge is None else min(charge, self.least_charge[place])
            most.append(min(own, sum(budgets.values()) // charge) if charge else own)
        return np.minimum.accumulate(np.array(most, np.int64)[::-1])[::-1]


def rooms_in_budgets(problem: PlanningProblem, allowed: Allowed) -> Iterator[Room]:
    """For each pool that some budget counts, the room it has."""
    charges: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for number, budget in enumerate(problem.budgets):
        for pool, position, weight in budget.terms:
            if weight > 0 and (budget.when is None or position in budget.when):
                charges[pool][position][number] += weight
    for pool, by_position in sorted(charges.items()):
        amounts = problem.pools[pool].amounts
        lots = [lot for lot in sorted(amounts) if amounts[lot] > 0]
        if lots:
            used = used_positions(problem, allowed, lots)
            yield _room(problem, by_lot(problem, amounts), used, by_position)


def _room(problem: PlanningProblem, sizes: Ints, used: Sequence[int], charges: dict[int, dict[int, int]]) -> BudgetRoom:
    everything = int(sizes.sum())
    limits = {number: problem.budgets[number].limit for found in charges.values() for number in found}

    def narrowest(position: int) -> tuple[int, int]:
        own = [(limits[number] // weight, number) for number, weight in charges.get(position, {}).items()]
        return min(own, default=(everything, -1 - position))

    places: list[tuple[int, ...]] = []
    own: list[int] = []
    for number, run in groupby(used, key=lambda position: narrowest(position)[1]):
        positions = tuple(run)
        separate = sum(narrowest(position)[0] for position in positions)
        if number >= 0:
            separate = min(separate, limits[number] // min(charges[position][number] for position in positions))
        places.append(positions)
        own.append(min(everything, separate))
    days = [[problem.positions[position].day for position in positions] for positions in places]
    return BudgetRoom(
        sizes=sizes,
        limit=max(own),
        places=Places(
            positions=tuple(places),
            first=np.array([found[0] for found in days], np.int64),
            last=np.array([found[-1] for found in days], np.int64),
            weeks=np.arange(len(places), dtype=np.int64),
        ),
        own=tuple(own),
        charged=tuple(
            {number: limits[number] for position in positions for number in charges.get(position, {})}
            for positions in places
        ),
        least_charge=tuple(
            min(sum(charges.get(position, {}).values()) for position in positions) for positions in places
        ),
    )
