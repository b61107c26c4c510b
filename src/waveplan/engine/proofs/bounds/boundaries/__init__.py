"""A bound on coexistence by the sets of lots that have moved before each day: what they cut, with prices on nesting.

Coexistence is what all these sets cut, times the days to the next one. Each set has the volume that the waves before
and after it leave, follows orders and dates, and lies within the next one. That last, and what a day adds, have prices:
with prices, each least cut stands by itself. Those are worked out exactly, in whole numbers, by dynamic programming
along an order of the lots in which few are open at a time; annealing finds the prices first.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.boundaries.ground import MOST_LOTS, BoundaryGround, ground_of
from waveplan.engine.proofs.bounds.spreading import BoundLimits
from waveplan.engine.proofs.bounds.spreading.distances import Pair

__all__ = ["MOST_LOTS", "boundaries_bound", "suits", "warm_up"]
_NEAR = 0.01  # of what the sets that are known cost: so near annealing comes before exact cuts are worth their time
_FEW = 2  # new sets of one look, with which annealing has nothing more to tell
_MOST_LOOKS, _MOST_IN_VAIN = 40, 8  # without an exact look; exact looks that raise nothing


def boundaries_bound(
    problem: PlanningProblem,
    allowed: Sequence[Sequence[int]],
    ties: Mapping[Pair, int],
    limits: BoundLimits,
    stop: threading.Event,
    tell: Callable[[int], None],
    known: int = 0,
) -> int:
    """The least coexistence of some ties in any plan, in their own scale; 0 where lots, days or volumes are too many.

    `allowed` narrows each lot's positions to what earlier goals leave; `tell` hears of every improvement.
    The work ends when no more can come of it than is `known` already.
    """
    ground = ground_of(problem, allowed, ties)
    return 0 if ground is None else raised(ground, limits, stop, tell, known)


def suits(problem: PlanningProblem, allowed: Sequence[Sequence[int]], ties: Mapping[Pair, int]) -> bool:
    """Whether lots, days and volumes are few enough."""
    return ground_of(problem, allowed, ties) is not None


def raised(
    ground: BoundaryGround, limits: BoundLimits, stop: threading.Event, tell: Callable[[int], None], known: int = 0
) -> int:
    """Look for prices until no more can be proven, a limit is reached or a stop is asked for; what is proven."""
    from waveplan.engine.proofs.bounds.boundaries.pricing import Boundaries

    began, work, told, looks, vain = time.monotonic(), 0.0, 0, 0, 0
    pricing = Boundaries(ground, stop)
    pricing.begin()
    exact = False
    while not stop.is_set() and not limits.spent(time.monotonic() - began, work) and vain < _MOST_IN_VAIN:
        if exact:
            bound = pricing.exactly()
            work, looks, vain = work + pricing.exact_cost, 0, vain + 1
            if bound > told:
                told, vain = bound, 0
                tell(told)
        look = pricing.improve()
        work, looks = work + pricing.cost, looks + 1
        if look is None:
            break
        near = look.annealed >= look.value * (1.0 - _NEAR) or look.new <= _FEW
        exact = near or looks == _MOST_LOOKS
        if max(told, known) >= look.value - ground.step / 2.0:  # sets that are known cost no more than that
            break
    return told


def warm_up() -> None:
    """Compile (or load from the cache) all that the bound needs."""
    from waveplan.engine.compiling.smallest import row_of
    from waveplan.engine.proofs.bounds.boundaries.pricing import Boundaries

    problem = row_of(4)
    ground = ground_of(problem, problem.allowed, {(tie.first, tie.second): tie.weight for tie in problem.ties})
    assert ground is not None, "so few lots suit"
    pricing = Boundaries(ground, threading.Event())
    pricing.begin()
    pricing.improve()
    pricing.exactly()
