"""Applications and services, their steps, batches and dependencies: what is scheduled."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.calendar_rules import Blackout
from waveplan.domain.parts import AfterList, Costs, Criticality, EffortByTeam, Environment, Labels, PeopleByTeam
from waveplan.domain.scalars import Amount, Day, DayCount, Flag, Hours, Id, PositiveCount, Word
from waveplan.domain.selectors import Selector

Strategy = Literal["rehost", "replatform", "refactor", "repurchase", "relocate", "takeover", "retain", "retire"]
MOVING_STRATEGIES = frozenset({"rehost", "replatform", "refactor", "relocate"})  # servers go to a target
UNPLANNED_STRATEGIES = frozenset({"retain", "retire"})  # in no lot


class Dependency(Model):
    """This entry consumes another one: a tie, its price, its order."""

    app: Word | None = None
    service: Word | None = None
    all_sites: Flag = False
    coupling: Literal["hard", "soft", "shared"] = "soft"
    weight: Amount = Decimal(1)
    order: Literal["provider_first", "consumer_first", "any"] = "any"
    min_gap_days: DayCount = 0
    min_gap_working_days: DayCount = 0
    max_gap_days: DayCount | None = None
    after_hypercare: Flag = False
    coexist_days_max: DayCount | None = None
    reason: Word | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Dependency:
        if (self.app is None) == (self.service is None):
            raise PydanticCustomError("dependency", "give one of 'app' or 'service'")
        ordered = self.min_gap_days or self.min_gap_working_days or self.max_gap_days is not None
        if self.order == "any" and (ordered or self.after_hypercare):
            raise PydanticCustomError(
                "dependency",
                "'min_gap_days', 'min_gap_working_days', 'max_gap_days' and 'after_hypercare' need an 'order' of "
                "provider_first or consumer_first",
            )
        if self.all_sites and self.service is None:
            raise PydanticCustomError("dependency", "'all_sites' goes with a 'service'")
        return self

    @property
    def provider(self) -> str:
        """Id of what is consumed."""
        return self.app or self.service or ""


class Work(Model):
    """What applications and services have in common: people, hours, limits, dates and ties."""

    id: Id
    name: Word | None = None
    organisation: Word | None = None
    domain: Word | None = None
    processes: list[Word] = []
    criticality: Criticality = "medium"
    technical_owner: Word | None = None
    business_owner: Word | None = None
    personas: list[Word] = []
    effort: EffortByTeam = {}
    crew: PeopleByTeam = {}
    on_call: PeopleByTeam = {}
    cutover_hours: Hours = Decimal(0)
    test_hours: Hours = Decimal(0)
    rollback_hours: Hours = Decimal(0)
    max_downtime_hours: Amount | None = None
    rto_hours: Amount | None = None
    rpo_hours: Amount | None = None
    service_hours: Word | None = None
    hypercare_hours: Hours | None = None
    data_classes: list[Word] = []
    allowed_countries: list[Word] | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    after: AfterList = []
    windows: list[Word] | None = None
    blackouts: list[Blackout] = []
    dry_run: Flag = False
    slot: Day | None = None
    earliest_wave: PositiveCount | None = None
    costs: Costs | None = None
    verified_on: Day | None = None
    labels: Labels = {}
    depends_on: list[Dependency] = []


class ApplicationStep(Model):
    """One of several moves of an application, in order; inherits all that it does not set."""

    id: Id
    strategy: Strategy | None = None
    target: Word | None = None
    min_gap_days: DayCount = 0
    min_gap_working_days: DayCount = 0
    max_gap_days: DayCount | None = None
    effort: EffortByTeam | None = None
    crew: PeopleByTeam | None = None
    on_call: PeopleByTeam | None = None
    cutover_hours: Hours | None = None
    test_hours: Hours | None = None
    rollback_hours: Hours | None = None
    max_downtime_hours: Amount | None = None
    hypercare_hours: Hours | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    after: AfterList | None = None
    windows: list[Word] | None = None
    slot: Day | None = None
    earliest_wave: PositiveCount | None = None


class BatchSize(Model):
    """How large the batches of an application are."""

    servers: PositiveCount


class Application(Work):
    """What the business knows; hosted on servers."""

    family: Word | None = None
    environment: Environment = "prod"
    strategy: Strategy = "rehost"
    servers: list[Word] = []
    user_sites: list[Word] = []
    steps: list[ApplicationStep] = []
    batches: PositiveCount | None = None
    batch: BatchSize | None = None
    batch_days_max: DayCount | None = None
    batch_weight: Amount = Decimal(1)

    @property
    def in_batches(self) -> bool:
        """Whether its servers move in batches, each an item of its own."""
        return self.batches is not None or self.batch is not None

    @model_validator(mode="after")
    def _batches_stand_alone(self) -> Application:
        if self.batches is not None and self.batch is not None:
            raise PydanticCustomError("batches", "give one of 'batches' or 'batch'")
        if self.in_batches and self.steps:
            raise PydanticCustomError(
                "batches", "an application moves in batches or in steps, not both: split it, or drop one of the two"
            )
        if not self.in_batches and not self.model_fields_set.isdisjoint(("batch_days_max", "batch_weight")):
            raise PydanticCustomError("batches", "'batch_days_max' and 'batch_weight' go with 'batches' or 'batch'")
        return self

    @model_validator(mode="after")
    def _steps_cut_over(self) -> Application:
        for step in self.steps:
            strategy = step.strategy or self.strategy
            if strategy in UNPLANNED_STRATEGIES:
                raise PydanticCustomError(
                    "steps",
                    "step {step} has the strategy {strategy}, which never cuts over: a step moves or changes something",
                    {"step": step.id, "strategy": strategy},
                )
        return self


class ServiceStep(ApplicationStep):
    """A stage of delivery of a service after its go-live."""

    location: Word | None = None


def _sites_or_selector(value: Any) -> Any:
    if isinstance(value, list | tuple) and not any(isinstance(each, dict) for each in value):
        return list(value)
    return Selector.parse(value)


class Service(Work):
    """What people are given rather than hosted; rolled out site by site."""

    kind: Literal["service_desk", "field_support", "local_infrastructure", "security", "other"] = "other"
    sites: Annotated[list[Word] | Selector, BeforeValidator(_sites_or_selector)] = []
    steps: list[ServiceStep] = []
