"""Plans that keep their dates more surely: lots moved between waves, each change judged by playing histories.

A chance is no sum that a solver could carry, so plans are changed and played: from a plan that is valid, the waves that
drive the end give lots to waves with room, change places with others, or stand elsewhere; what does better stays. All
are judged on the same random numbers. What comes of it has been fitted to them, and is played afresh by the caller.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

import numpy as np

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.rounded_problem import stricter
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.search.held import HeldGoals
from waveplan.engine.simulation.playing import Scene
from waveplan.planning.stating.plan_builder import build_plan
from waveplan.simulation.batches import BatchTask, run_batch
from waveplan.simulation.dates import WatchedDate, watched_dates
from waveplan.simulation.simulating import scene_for
from waveplan.simulation.staging import Stager, Staging, StagingBase

JUDGED = 256  # runs with which a change is judged
_PATIENCE = 40  # changes in a row that win nothing
_TIDY = 1e-9

Homes = Mapping[int, int]  # lot → place


@dataclass(frozen=True)
class RobustFound:
    """The best plan found: the chance that its dates are kept in the runs that judged it, and how many were tried."""

    plan: Plan
    chance: float
    tried: int


class RobustSearch:
    """Looks for a plan whose hard dates, or one of them, are kept with a chance."""

    def __init__(self, inventory: Inventory, seed: int, date: str | None, stop: threading.Event) -> None:
        self._inventory, self._seed, self._date, self._stop = inventory, seed, date, stop
        self._random = Random(seed)
        self._base = StagingBase.of(inventory)
        self._tried = 0
        self._ground: SearchGround | None = None

    def chance_of(self, plan: Plan) -> float | None:
        """The chance that a plan keeps what is watched; None when it has no such date, or cannot be played."""
        staging = Stager(plan, self._inventory, base=self._base).staging()
        scene = scene_for(staging.problem)
        return None if scene is None or not self._watched(staging) else self._chance(staging, scene)

    def improve(self, plan: Plan, target: float, most: int) -> RobustFound:
        """Change a plan until its chance reaches a target, nothing helps any more, or so many changes were tried."""
        best = self._judged(plan)
        if best is None:
            return RobustFound(plan, 0.0, 0)
        idle = 0
        while best[0] < target and idle < _PATIENCE and self._tried < most and not self._stop.is_set():
            found = next((each for each in self._changes(best[2]) if each is not None), None)
            better = None if found is None else self._judged(found)
            self._tried += 1
            idle += 1
            if better is not None and better[0] > best[0] + _TIDY:
                best, idle = better, 0
        return RobustFound(best[1], best[0], self._tried)

    def _judged(self, plan: Plan) -> tuple[float, Plan, Staging] | None:
        """The chance of a plan; None when it breaks a rule."""
        staging = Stager(plan, self._inventory, base=self._base).staging()
        scene = scene_for(staging.problem)
        if scene is None:
            return None
        return self._chance(staging, scene), plan, staging

    def _chance(self, staging: Staging, scene: Scene) -> float:
        result = run_batch(scene, BatchTask("sobol", JUDGED, self._seed, 0))
        kept = np.ones(result.runs, bool)
        for watched in self._watched(staging):
            assert watched.limit is not None
            kept &= watched.days(result.places) <= staging.facts.day(watched.limit)
        return float(kept.mean())

    def _watched(self, staging: Staging) -> list[WatchedDate]:
        limited = [each for each in watched_dates(staging, self._inventory) if each.limit is not None]
        return [each for each in limited if self._date is None or self._date in (each.id, each.subject)]

    # --- changes ---------------------------------------------------------------------------------------------------

    def _changes(self, staging: Staging) -> Iterator[Plan | None]:
        """Plans that are one change away, in a random order; None for a change that does nothing."""
        for _ in range(200):
            homes = self._changed(staging)
            if homes is not None and self._is_valid(staging, homes):
                yield self._stated(staging, homes)

    def _changed(self, staging: Staging) -> Homes | None:
        problem, homes = staging.problem.planning, dict(staging.problem.home)
        kind = self._random.random()
        held = sorted(set(homes.values()))
        lot = self._random.choice(sorted(homes))
        if kind < 0.5:  # a lot goes elsewhere, into a wave or a free slot
            homes[lot] = self._random.choice(problem.allowed[lot])
        elif kind < 0.75:  # two lots change places
            other = self._random.choice(sorted(homes))
            homes[lot], homes[other] = homes[other], homes[lot]
        else:  # a wave goes elsewhere as a whole, or two change places
            one, to = self._random.choice(held), self._random.choice(problem.allowed[lot])
            homes = {each: to if at == one else one if at == to else at for each, at in homes.items()}
        return homes if homes != staging.problem.home and max(homes.values()) <= self._last(staging) else None

    def _last(self, staging: Staging) -> int:
        """The last place before the deadline."""
        deadline = staging.facts.day(self._inventory.programme.deadline)
        return max(place.index for place in staging.problem.planning.positions if place.day <= deadline)

    def _is_valid(self, staging: Staging, homes: Homes) -> bool:
        allowed = staging.problem.planning.allowed
        if any(place not in allowed[lot] for lot, place in homes.items()):
            return False
        if self._ground is None:
            self._ground = SearchGround(stricter(staging.problem.planning), HeldGoals({}), None)
        return self._ground.keeps_every_rule(homes)

    def _stated(self, staging: Staging, homes: Homes) -> Plan:
        facts = staging.facts
        record = staging.plan.solve.model_copy(update={"goals": []})
        plan = build_plan(facts, staging.problem.planning, homes, record, staging.plan.inventory)
        return plan.model_copy(update={"solve": record})


def stated_anew(plan: Plan, inventory: Inventory) -> Plan | None:
    """A plan of the relaxed inventory as one of the inventory itself; None when it misses one of its last dates."""
    from waveplan.planning.facts.facts import PlanningFacts
    from waveplan.simulation.histories import stated_for

    found = stated_for(plan, PlanningFacts(inventory))
    return None if found is None else replace_goals(found)


def replace_goals(plan: Plan) -> Plan:
    """Without goals: none was pursued to this plan."""
    return plan.model_copy(update={"solve": plan.solve.model_copy(update={"goals": []})})
