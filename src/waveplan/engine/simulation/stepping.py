"""Histories that stop at each slip: for those who decide with a solver what becomes of what has slipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from waveplan.engine.presolve.rounded_problem import stricter
from waveplan.engine.search import layout as at
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.search.tables import Ints
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.arrays import begun_history, risk_arrays
from waveplan.engine.simulation.problem import RiskProblem

_LOGGED = 1000  # entries between two slips: each unit has two at most


@dataclass(frozen=True)
class Slip:
    """A unit that does not go: how, why, on which day, and the day before which its next try cannot be."""

    unit: int
    kind: int
    cause: int
    day: int
    least: int


@dataclass(frozen=True)
class Footing:
    """Arrays of a plan from which histories go on; any history may be laid over `begun`."""

    problem: Ints
    plan: Ints | None  # as the search holds it; None where it breaks what a search never gives up
    risks: Ints
    begun: Ints
    units: int
    rows: int
    effects: int

    @classmethod
    def of(cls, problem: RiskProblem, ground: SearchGround) -> Footing:
        """Work them out; plans of one problem share the ground."""
        plan = ground.begun(problem.home, 0)
        effects = sum(len(event.effects) for event in problem.events)
        risks = risk_arrays(problem, problem.dimensions)
        return cls(ground.arrays, plan, risks, begun_history(problem), len(problem.units), len(problem.weeks), effects)


def ground_of(problem: RiskProblem) -> SearchGround:
    """What all plans of a problem share."""
    return SearchGround(stricter(problem.planning), HeldGoals({}), None)


class SteppedHistory:
    """One history under way."""

    def __init__(
        self,
        footing: Footing,
        sample: Ints,
        key: int,
        today: int,
        phases: Mapping[int, int],
        backs: Mapping[int, int],
        since: Mapping[int, int] | None = None,
    ) -> None:
        """Take it up on a day. `phases` are of units that do not wait for their gate, `backs` their rollbacks.

        `since` are the days from which units have been prepared in vain.
        """
        from waveplan.engine.simulation.kernel import stepping

        self._kernel, self._on = stepping, footing
        self._risks = footing.risks.copy()
        self._risks[by.TODAY] = today
        self._sample, self._key = sample, np.int64(key)
        self._x = footing.begun.copy()
        self._log = np.zeros((_LOGGED, by.LOG_WIDTH), np.int64)
        for unit, phase in phases.items():
            self._put(unit, phase)
        for unit, number in backs.items():
            self._risks[self._risks[by.ATTEMPTS] + unit] = number
        for unit, day in (since or {}).items():
            self._x[self._x[by.SINCE] + unit] = day
        stepping.take_up(footing.problem, self._risks, self._x, sample, self._key)

    def _put(self, unit: int, phase: int) -> None:
        """A unit that is through its gate, in its window, or done."""
        x, a, r = self._x, self._on.problem, self._risks
        place = x[x[by.PLACE] + unit]
        x[x[by.PHASE] + unit] = phase
        day, last = a[a[at.DAY] + place], r[r[by.RUN_LAST] + unit * r[by.PLACES] + place]
        x[x[by.NEXT] + unit] = day if phase == by.START else last

    def next_slip(self) -> Slip | None:
        """Go on to it; None when everything has come to its end."""
        told = np.zeros(self._kernel.SLIPPED, np.int64)
        found = self._kernel.until_slip(
            self._on.problem, self._risks, self._x, self._sample, self._key, self._log, told
        )
        return Slip(*told.tolist()) if found else None

    def pushed(self, slip: Slip) -> tuple[int, ...] | None:
        """By unit where it would stand if what slips took the next place that rules allow; None where none is left."""
        if self._on.plan is None:
            return None
        state, back, x = self._on.plan.copy(), np.empty_like(self._on.plan), self._x.copy()
        found = self._kernel.next_place(self._on.problem, state, back, self._risks, x, slip.unit, slip.least, slip.day)
        first = int(x[by.PLACE])
        return tuple(x[first : first + self._on.units].tolist()) if found else None

    def table(self, name: int, size: int) -> Ints:
        """A table of the history, to be read and written."""
        first = int(self._x[name])
        return self._x[first : first + size]

    @property
    def log(self) -> list[list[int]]:
        """What has happened: unit, place, kind, day, cause."""
        rows: list[list[int]] = self._log[: int(self._x[by.LOGGED])].tolist()
        return rows

    def overloads(self) -> tuple[Ints, Ints]:
        """By week of a team: whether it had more to do than it offered, and what was lacking."""
        over, lacking = np.zeros(self._on.rows, np.int64), np.zeros(self._on.rows, np.int64)
        self._kernel.overloads(self._risks, self._x, over, lacking)
        return over, lacking


def warm_up() -> None:
    """Compile (or load from the cache) all that stops at each slip, on a plan of two lots."""
    from waveplan.engine.simulation.smallest import SMALLEST_RISKS

    footing = Footing.of(SMALLEST_RISKS, ground_of(SMALLEST_RISKS))
    history = SteppedHistory(footing, np.zeros(SMALLEST_RISKS.dimensions, np.int64), 0, -1, {}, {})
    history.pushed(Slip(0, 0, 0, -1, 1))
    history.next_slip()
    history.overloads()
