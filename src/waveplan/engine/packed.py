"""Waves and finish by packing: bounds, and plans where what is packed keeps every rule on the calendar."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from fractions import Fraction

from waveplan.engine.goals.state import GoalState
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.proofs.proving import pack_finish, pack_waves
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.telling import Say


class Packed:
    """The packing search for one problem; `judged` says of a goal's plan whether it keeps every rule."""

    def __init__(
        self,
        problem: PlanningProblem,
        clock: Clock,
        stop: threading.Event,
        say: Say,
        judged: Callable[[str, Assignment], bool],
    ) -> None:
        self._problem = problem
        self._clock = clock
        self._stop = stop
        self._say = say
        self._judged = judged

    def waves(self, time: Allotment, best: GoalState, held: Mapping[str, Fraction]) -> GoalState:
        """Waves by packing: a bound, and a plan if what is packed keeps every rule on the calendar."""

        def glance(value: Fraction | None, bound: Fraction) -> None:
            self._say("packing lots into waves", "waves", best.value, bound)

        self._say("packing lots into waves", "waves", best.value, best.bound)
        packed = pack_waves(self._problem, dict(held), time, self._stop, glance)
        self._clock.spend(time.deterministic or 0.0)
        better = packed.value is not None and (best.value is None or packed.value < best.value)
        if packed.plan is None or not better or not self._judged("waves", packed.plan):
            return best.joined(GoalState(bound=packed.bound))
        return best.joined(packed)

    def finish(self, time: Allotment, best: GoalState, held: Mapping[str, Fraction]) -> GoalState:
        """The finish by packing: a bound, and a plan if what is packed keeps every rule on the calendar."""

        def glance(value: Fraction | None, bound: Fraction) -> None:
            known = [each for each in (value, best.value) if each is not None]
            self._say("packing lots into waves", "finish", min(known, default=None), bound)

        self._say("packing lots into waves", "finish", best.value, best.bound)
        packed = pack_finish(
            self._problem, dict(held), best, time, self._stop, lambda plan: self._judged("finish", plan), glance
        )
        self._clock.spend(time.deterministic or 0.0)
        return best.joined(packed)
