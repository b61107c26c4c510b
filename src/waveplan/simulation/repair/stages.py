"""Plans that histories come through: each stated and made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.search.ground import SearchGround
from waveplan.engine.simulation.stepping import Footing, ground_of
from waveplan.planning.stating.plan_builder import build_plan
from waveplan.simulation.repair.numbers import LotTeam, efforts_of
from waveplan.simulation.staging import KnownSoFar, Stager, Staging, StagingBase

Places = tuple[int, ...]  # by lot


@dataclass(frozen=True)
class ReadyPlan:
    """A plan ready to be gone on with."""

    staging: Staging
    footing: Footing
    efforts: Mapping[LotTeam, int]


class ReadyPlans:
    """The plans of one inventory, last dates relaxed: all have the same lots and positions."""

    def __init__(self, inventory: Inventory, known: KnownSoFar, base: StagingBase) -> None:
        self._inventory, self._base = inventory, base
        self._known = replace(known, held={})
        self._known_stages: dict[Places, ReadyPlan] = {}
        self._plans: dict[Places, Plan] = {}
        self._ground: SearchGround | None = None
        self._first: Plan | None = None

    def begin_with(self, plan: Plan, places: Places) -> None:
        """The plan that all histories begin with is the one that was given, word for word."""
        self._first = plan
        self._plans[places] = plan

    def plan(self, places: Places) -> Plan:
        """The plan in which every lot stands in its place."""
        found = self._plans.get(places)
        if found is None:
            assert self._first is not None
            record = self._first.solve.model_copy(update={"goals": []})
            at = dict(enumerate(places))
            found = build_plan(self._base.facts, self._base.built.problem, at, record, self._first.inventory)
            self._plans[places] = found
        return found

    def stage(self, places: Places) -> ReadyPlan:
        """The same, ready to be gone on with."""
        found = self._known_stages.get(places)
        if found is None:
            staging = Stager(self.plan(places), self._inventory, self._known, base=self._base).staging()
            if self._ground is None:
                self._ground = ground_of(staging.problem)
            found = ReadyPlan(staging, Footing.of(staging.problem, self._ground), efforts_of(staging))
            self._known_stages[places] = found
        return found
