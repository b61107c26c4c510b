"""Annealing while the search is being compiled: the same changes, run by Python itself.

Some thirty times slower than compiled, it still comes near what a first plan can become, in the seconds that compiling
takes: of 60 lots, from 2.6 to 1.05 times the best that is known in three.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.search.interpreted import InterpretedGround

_CYCLE = 1_000  # trials a lot in the first cycle; each is twice as long as the one before
_PIECE = 256  # trials between two looks: some milliseconds
_WARM, _COLD = 3.0, 0.3  # temperatures, in the goal's unit


def annealed_plainly(
    problem: PlanningProblem,
    held: dict[str, Fraction],
    goal: str,
    start: Mapping[int, int],
    seed: int,
    going: Callable[[int], bool],
    seconds: float | None,
) -> dict[int, int] | None:
    """A plan at least as good as the start; None when the start breaks a rule or what is held.

    `going` hears the best value so far, in the goal's own scale, and says whether to go on; the last cycle cools down
    within `seconds`, if any.
    """
    ground = InterpretedGround(problem, HeldGoals(held), goal)
    state = ground.begun(start, seed)
    if state is None or ground.penalty(state) > 0:
        return None
    length, until = _CYCLE * len(problem.lots), None if seconds is None else time.monotonic() + seconds
    while going(ground.best_value(state)):
        _cool(ground, state, length, until, going)
        state = ground.begun(ground.best_plan(state), seed := seed + 1) or state
        length *= 2
    return ground.best_plan(state)


def _cool(
    ground: InterpretedGround, state: list[int], length: int, until: float | None, going: Callable[[int], bool]
) -> None:
    """One cycle of so many trials, or of the time until a moment if that is less."""
    began, done, trials = time.monotonic(), 0.0, 0
    while done < 1.0 and going(ground.best_value(state)):
        heat = _WARM * (_COLD / _WARM) ** done * ground.unit
        ground.anneal(state, _PIECE, heat)
        trials += _PIECE
        now = time.monotonic()
        late = 0.0 if until is None else (now - began) / max(1e-9, until - began)
        done = max(trials / length, late)
