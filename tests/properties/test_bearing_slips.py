"""Plans that bear slips, against every plan there is: what is borne is, by compiled rules, and nothing is better.

`WAVEPLAN_SEEDS=500` tries more inventories.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from math import prod

import pytest
from support.seeds import count, draws, few_at_once
from support.small_inventories import small_inventory
from support.small_transitions import small_transition

from waveplan.domain.findings import has_errors
from waveplan.domain.inventory import Inventory
from waveplan.engine.model.bearing import SlipEntry, SlipKind, bear_slips
from waveplan.engine.model.cp_sat import RunLimits
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.simulation.playing import ground_for
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.review import review

MOST_PLANS = 1500
LIMITS = RunLimits(None, 30.0, 1, 0, interleave=True)
Homes = Mapping[int, int]


def drawn(seed: int) -> PlanningProblem:
    """A problem with few plans, and one at least."""
    kind = (small_inventory, small_transition)[seed % 2]
    problems = (few_plans(kind(rng)) for rng in draws(seed))
    return next(each for each in problems if each is not None)


def few_plans(inventory: Inventory) -> PlanningProblem | None:
    """An inventory as a problem; None where it has too many plans to look at, or none."""
    if has_errors(review(inventory)):
        return None
    facts = PlanningFacts(inventory)
    if facts.retirement_work.is_any or any(facts.retirements.all):
        return None
    problem = build_problem(facts).problem
    if not problem.lots or not 0 < prod(map(len, problem.allowed)) <= MOST_PLANS:
        return None
    return problem if any(True for _ in everything(problem, ground_for(problem), frozenset())) else None


def kinds_of(problem: PlanningProblem, random: random.Random) -> list[SlipKind]:
    """Two kinds of chances, whose later places are drawn too."""
    lots = range(len(problem.lots))
    places = sorted({place for allowed in problem.allowed for place in allowed})

    def entry(about: Sequence[int]) -> SlipEntry:
        gap = random.choice((1, 1, 7, 14))
        days = problem.days
        bears = {p: frozenset(q for q in places if days[q] >= days[p] + gap) for p in places}
        return SlipEntry(random.randint(1, 300), frozenset(about), bears)

    some = [lot for lot in lots if random.random() < 0.5]
    return [[entry(some), entry(lots)], [entry(lots)]]


def cost_of(problem: PlanningProblem, ground: SearchGround, kinds: Sequence[SlipKind], homes: Homes) -> int:
    """What the slips of a plan weigh, each wave sent to the best of all places."""
    return sum(
        min(_cost(kinds, homes, place, to) for to in (None, *_goes(problem, ground, homes, place)))
        for place in set(homes.values())
    )


def _goes(problem: PlanningProblem, ground: SearchGround, homes: Homes, place: int) -> Iterator[int]:
    for to in range(len(problem.positions)):
        moved = {lot: to if at == place else at for lot, at in homes.items()}
        allowed = to != place and all(at in problem.allowed[lot] for lot, at in moved.items())
        if allowed and ground.keeps_every_rule(moved):
            yield to


def _cost(kinds: Sequence[SlipKind], homes: Homes, place: int, to: int | None) -> int:
    total = 0
    for kind in kinds:
        first = next((each for each in kind if any(homes[lot] == place for lot in each.lots)), None)
        if first is not None:
            total += first.weight * (3 if to in first.bears[place] else 10)
    return total


def everything(problem: PlanningProblem, ground: SearchGround, free: frozenset[int]) -> Iterator[Homes]:
    for places in product(*problem.allowed):
        homes = dict(enumerate(places))
        if free.isdisjoint(places) and ground.keeps_every_rule(homes):
            yield homes


@pytest.mark.parametrize("seed", few_at_once(range(count(260)), 20, slow_in=2))
def test_no_plan_bears_more_than_the_best(seed: int) -> None:
    problem = drawn(seed)
    ground, rng = ground_for(problem), random.Random(seed)
    kinds = kinds_of(problem, rng)
    places = sorted({place for allowed in problem.allowed for place in allowed})
    free = frozenset(rng.sample(places, 1)) if seed % 3 == 0 else frozenset()

    found = bear_slips(problem, free, kinds, LIMITS, threading.Event())

    costs = [cost_of(problem, ground, kinds, homes) for homes in islice(everything(problem, ground, free), MOST_PLANS)]
    if found is None:
        assert not costs
        return
    assert found.weight == min(costs)
    assert cost_of(problem, ground, kinds, found.plan) == found.weight
    assert free.isdisjoint(found.plan.values())
