"""An inventory on which plans are changed: with its dates, which hold, and without them, where histories go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.goals.measures import measure
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.simulation.playing import ground_for
from waveplan.planning.building.homes import homes_in
from waveplan.planning.building.problem_builder import Built, build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.retirement_work import Dates
from waveplan.planning.retirements.dating import Waves, first_dates
from waveplan.planning.retirements.joint import placed_by, value_of
from waveplan.planning.stating.plan_builder import build_plan
from waveplan.simulation.dates import WatchedDate, watched_dates
from waveplan.simulation.relaxing import HORIZON
from waveplan.simulation.staging import Stager, Staging, StagingBase

Homes = Mapping[int, int]  # lot → place, on the problem with its dates
_SHORT = 30  # days after the deadline in which histories go on where that is enough to see that a plan is worse


@dataclass(frozen=True)
class RobustGround:
    """One inventory, and a plan of it from which changes begin."""

    inventory: Inventory
    plan: Plan
    date: str | None  # the one last date that counts; None: all
    horizon: int = _SHORT  # days after the deadline in which histories go on

    @cached_property
    def built(self) -> Built:
        """The problem with all dates: a plan keeps its rules."""
        return build_problem(PlanningFacts(self.inventory))

    @cached_property
    def base(self) -> StagingBase:
        """The problem without last dates: histories go on in it."""
        return StagingBase.of(self.inventory, horizon=self.horizon)

    @cached_property
    def rules(self) -> SearchGround:
        """The rules of the problem with all dates, compiled."""
        return ground_for(self.built.problem)

    @cached_property
    def freely(self) -> SearchGround:
        """The rules without last dates, compiled."""
        return ground_for(self.base.built.problem)

    def in_full(self) -> RobustGround:
        """The same with histories that go on as long as those of a simulation."""
        return replace(self, horizon=HORIZON)

    @cached_property
    def start(self) -> Homes:
        """Where the plan has every lot."""
        return dict(homes_in(self.built, self.plan))

    def homes_of(self, plan: Plan) -> Homes:
        """Where another plan of the same lots has them."""
        return dict(homes_in(self.built, plan))

    @cached_property
    def _there(self) -> tuple[dict[int, int], dict[int, int]]:
        """Lots and places of the problem with dates → those of the problem without."""
        with_dates, without = self.built.facts, self.base.facts
        lots = {lot.id: number for number, lot in enumerate(without.lots)}
        places = {without.wave_id(place): place.index for place in without.positions}
        return (
            {number: lots[lot.id] for number, lot in enumerate(with_dates.lots)},
            {p.index: places[with_dates.wave_id(p)] for p in with_dates.positions if with_dates.wave_id(p) in places},
        )

    def staging(self, homes: Homes) -> Staging:
        """A plan ready to be played."""
        lots, places = self._there
        there = {lots[lot]: places[place] for lot, place in homes.items()}
        return Stager(self.plan, self.inventory, base=self.base, homes=there).staging()

    # --- dates -----------------------------------------------------------------------------------------------------

    @cached_property
    def fine(self) -> NDArray[np.int8]:
        """[lot, place] of the problem without dates: whether a lot that ends there lets every last date be kept.

        A date is the latest of what each lot makes of it, whatever calendar it is told in: that one lot is in time does
        not depend on the others.
        """
        staging = self.staging(self.start)
        alone = replace(staging, lots=tuple((lot,) for lot in range(len(staging.problem.planning.lots))))
        dates = self.watched(alone)
        row = np.array([staging.problem.home[lot] for lot in range(len(alone.lots))], np.int64)
        found = np.zeros((len(alone.lots), len(staging.problem.planning.positions)), np.int8)
        for lot, stream in enumerate(staging.problem.planning.lot_stream):
            mine = np.array(staging.problem.planning.streams[stream].positions, np.int64)
            places = np.repeat(row[None, :], len(mine), axis=0)
            places[:, lot] = mine
            found[lot, mine] = np.logical_and.reduce([_in_time(staging, each, places) for each in dates])
        return found

    @cached_property
    def has_dates(self) -> bool:
        """Whether there is a last date that counts."""
        return bool(self.watched(self.staging(self.start)))

    def watched(self, staging: Staging) -> Sequence[WatchedDate]:
        """The last dates that count."""
        limited = (each for each in watched_dates(staging, self.inventory) if each.limit is not None)
        return [each for each in limited if self.date is None or self.date in (each.id, each.subject)]

    # --- rules and goals -------------------------------------------------------------------------------------------

    def keeps_every_rule(self, homes: Homes) -> bool:
        """Whether a whole plan does; its retirements find people too."""
        allowed = self.built.problem.allowed
        if any(place not in allowed[lot] for lot, place in homes.items()):
            return False
        return self.rules.keeps_every_rule(homes) and self._dates(homes) is not None

    def _dates(self, homes: Homes) -> Dates | None:
        if not self.built.facts.retirement_work.is_any:
            return {}
        return first_dates(Waves(self.built.facts, placed_by(self.built, homes)))

    def values(self, homes: Homes, goals: Sequence[str]) -> tuple[Fraction, ...]:
        """What each goal is worth; less is better."""
        return tuple(self._values(homes, goals))

    def _values(self, homes: Homes, goals: Sequence[str]) -> Iterator[Fraction]:
        for goal in goals:
            if self.built.facts.retirement_work.is_any and goal == "peak_load":
                yield value_of(self.built, homes, self._dates(homes) or {}, goal)
            else:
                yield measure(self.built.problem, homes, goal)

    def stated(self, homes: Homes) -> Plan:
        """A plan in full. It states no goals: none was pursued to it."""
        record = self.plan.solve.model_copy(update={"goals": []})
        dates = self._dates(homes) or None
        return build_plan(self.built.facts, self.built.problem, homes, record, self.plan.inventory, dates)


def _in_time(staging: Staging, watched: WatchedDate, places: NDArray[np.int64]) -> NDArray[np.bool_]:
    assert watched.limit is not None
    return np.asarray(watched.days(places) <= staging.facts.day(watched.limit))
