"""A plan made ready for compiled histories, and the histories of a sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.presolve.rounded_problem import stricter
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.search.tables import Ints
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.arrays import begun_history, risk_arrays
from waveplan.engine.simulation.problem import RiskProblem
from waveplan.engine.simulation.remembering import fresh_memory


@dataclass(frozen=True)
class Scene:
    """All that histories of one plan start from: arrays only, so that any worker can be handed it."""

    problem: Ints
    plan: Ints
    risks: Ints
    begun: Ints

    @property
    def units(self) -> int:
        """How many waves the plan has."""
        return int(self.risks[by.UNITS])

    @property
    def draws(self) -> int:
        """How many columns a sample has."""
        return int(self.risks[by.DRAWS])


@dataclass(frozen=True)
class Histories:
    """What became of each unit in each run: where it ended (-1: nowhere), its no-goes, rollbacks, and who pushed it.

    `causes` [cause, unit] and `over`, `lacking` [week] are sums over all runs; `log` tells of the last run. `lost`
    [run] is the day on which a run was given up because a date was missed, NEVER where none was.
    """

    places: Ints
    no_goes: Ints
    backs: Ints
    pushers: Ints
    causes: Ints
    over: Ints
    lacking: Ints
    log: Ints
    lost: Ints


def ground_for(problem: PlanningProblem) -> SearchGround:
    """A problem ready for compiled code: all plans of it may share this."""
    return SearchGround(stricter(problem), HeldGoals({}), None)


def scene_of(problem: RiskProblem, most_draws: int, ground: SearchGround | None = None) -> Scene | None:
    """Arrays of a plan and what may go wrong with it; None when the plan breaks a rule as compiled code sees it."""
    ground = ground or ground_for(problem.planning)
    plan = ground.begun(problem.home, 0)
    if plan is None or not ground.keeps_every_rule(problem.home):
        return None
    return Scene(ground.arrays, plan, risk_arrays(problem, min(problem.dimensions, most_draws)), begun_history(problem))


def play_histories(
    scene: Scene,
    samples: Ints,
    keys: Ints,
    logged: int = 0,
    fine: NDArray[np.int8] | None = None,
    memory: Ints | None = None,
) -> Histories:
    """A history for each row of a sample (numbers of 32 bits), whose key gives what no column does.

    With `fine` [unit, place] a run ends as soon as a unit stands where it is 0. What slips come to is looked up in
    `memory`, which must be of the same plan (`remembering.memory_for`); without, in one that is forgotten afterwards.
    """
    from waveplan.engine.simulation.kernel.play import play

    runs, units = len(keys), scene.units
    places = np.empty((runs, units), np.int64)
    told = np.empty((runs, units, 3), np.int64)
    causes = np.zeros((by.CAUSES, units), np.int64)
    over, lacking = (np.zeros(int(scene.risks[by.ROWS]), np.int64) for _ in range(2))
    log = np.zeros((logged, by.LOG_WIDTH), np.int64)
    lost = np.full(runs, by.NEVER, np.int64)
    under_way, back, history = (np.empty_like(each) for each in (scene.plan, scene.plan, scene.begun))
    count = play(
        scene.problem,
        scene.plan,
        under_way,
        back,
        scene.risks,
        scene.begun,
        history,
        fresh_memory(scene.units) if memory is None else memory,
        samples,
        keys,
        np.zeros((0, 0), np.int8) if fine is None else fine,
        lost,
        places,
        told,
        causes,
        over,
        lacking,
        log,
    )
    return Histories(
        places, told[:, :, 0], told[:, :, 1], told[:, :, 2], causes, over, lacking, log[: min(int(count), logged)], lost
    )


def warm_up() -> None:
    """Compile (or load from the cache) all that plays histories, on a plan of two lots."""
    from waveplan.engine.simulation.pulling import earliest
    from waveplan.engine.simulation.smallest import SMALLEST_RISKS

    scene = scene_of(SMALLEST_RISKS, SMALLEST_RISKS.dimensions)
    assert scene is not None
    play_histories(scene, np.zeros((1, scene.draws), np.int64), np.zeros(1, np.int64))
    earliest(SMALLEST_RISKS)
