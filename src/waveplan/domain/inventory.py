"""The inventory, format version 1: everything a programme knows about what it moves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.parts import (
    Availability,
    Capacity,
    Costs,
    Criticality,
    Disk,
    EffortByTeam,
    Environment,
    Labels,
    PeopleByTeam,
    Users,
)
from waveplan.domain.periods import Absence
from waveplan.domain.policy import (
    AfterList,
    Blackout,
    CalendarRules,
    Committee,
    Dependencies,
    Ignore,
    Objective,
    Policy,
    Rule,
    Stream,
)
from waveplan.domain.scalars import (
    Amount,
    Count,
    Day,
    DayCount,
    Flag,
    Hours,
    Id,
    PositiveAmount,
    PositiveCount,
    PositiveDayCount,
    PositiveShare,
    TimeOfDay,
    WeekdaySpans,
    Word,
    as_list,
    parse_word,
)
from waveplan.domain.selectors import Selector

Strategy = Literal["rehost", "replatform", "refactor", "repurchase", "relocate", "takeover", "retain", "retire"]
MOVING_STRATEGIES = frozenset({"rehost", "replatform", "refactor", "relocate"})  # servers go to a target
UNPLANNED_STRATEGIES = frozenset({"retain", "retire"})  # in no lot


class Programme(Model):
    """The whole transition: its first day of preparation and the last day anything may be in hypercare."""

    name: Word
    start: Day
    deadline: Day
    timezone: Word = "UTC"
    language: Literal["en", "fr"] = "en"
    currency: Word | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Programme:
        if self.deadline < self.start:
            raise PydanticCustomError(
                "programme",
                "the deadline ({deadline}) lies before the start ({start})",
                {"deadline": self.deadline.isoformat(), "start": self.start.isoformat()},
            )
        return self


DEFAULTED_SECTIONS = ("sites", "servers", "applications", "services")


class Default(Model):
    """Values that entries of one section take when they leave them out."""

    sites: Selector | None = None
    servers: Selector | None = None
    applications: Selector | None = None
    services: Selector | None = None
    values: dict[str, Any] = Field(alias="set")

    @model_validator(mode="after")
    def _one_section(self) -> Default:
        if sum(getattr(self, section) is not None for section in DEFAULTED_SECTIONS) != 1:
            raise PydanticCustomError("default", "give one of 'sites', 'servers', 'applications' or 'services'")
        return self

    @property
    def section(self) -> str:
        """The section whose entries it fills."""
        return next(section for section in DEFAULTED_SECTIONS if getattr(self, section) is not None)

    @property
    def selector(self) -> Selector:
        """Which entries of the section it fills."""
        selector: Selector = getattr(self, self.section)
        return selector


SITE_TYPES = ("datacentre", "hosting", "cloud", "plant", "laboratory", "office", "sales_office")
# Any word may stand; editors offer the known ones.
SiteType = Annotated[
    str,
    BeforeValidator(parse_word),
    WithJsonSchema({"anyOf": [{"enum": list(SITE_TYPES)}, {"type": ["string", "number", "boolean"]}]}),
]


class Site(Model):
    """A place: data centre, hosting partner, plant, office."""

    id: Id
    name: Word | None = None
    roles: list[Literal["source", "target", "user"]] = []
    type: SiteType | None = None
    country: Word | None = None
    subdivision: Word | None = None
    region: Word | None = None
    timezone: Word | None = None
    organisation: Word | None = None
    users: Users = {}
    languages: list[Word] = []
    exit_by: Day | None = None
    decommission_days: DayCount = 0
    target: Word | None = None
    blackouts: list[Blackout] = []
    capacity: Annotated[list[Capacity], BeforeValidator(as_list)] = []
    costs: Costs | None = None
    labels: Labels = {}

    @property
    def total_users(self) -> int:
        """Users of all personas."""
        return sum(self.users.values())


class BackgroundHours(Model):
    """Hours in which a link carries replication; without days every day, without times the whole day."""

    days: WeekdaySpans = []
    start: TimeOfDay | None = Field(None, alias="from")
    end: TimeOfDay | None = Field(None, alias="to")
    gbps: PositiveAmount | None = None

    @model_validator(mode="after")
    def _both_ends(self) -> BackgroundHours:
        if (self.start is None) != (self.end is None):
            raise PydanticCustomError("background", "'from' and 'to' go together")
        return self


class LinkHours(Model):
    """Hours in which a link has a speed in windows; without days every day, without times the whole day."""

    days: WeekdaySpans = []
    start: TimeOfDay | None = Field(None, alias="from")
    end: TimeOfDay | None = Field(None, alias="to")
    gbps: PositiveAmount

    @model_validator(mode="after")
    def _both_ends(self) -> LinkHours:
        if (self.start is None) != (self.end is None):
            raise PydanticCustomError("link", "'from' and 'to' go together")
        return self


def _speed_form(value: Any) -> str:
    return _BY_HOURS if isinstance(value, list | tuple) else _ALL_HOURS


_BY_HOURS, _ALL_HOURS = "list[hours]", "[amount]"  # what stands in brackets is no step of a path
LinkSpeed = Annotated[
    Annotated[PositiveAmount, Tag(_ALL_HOURS)] | Annotated[list[LinkHours], Field(min_length=1), Tag(_BY_HOURS)],
    Discriminator(_speed_form),
]


class Link(Model):
    """A data path between two sites, used at cutover."""

    id: Id | None = None
    between: Annotated[list[Word], Field(min_length=2, max_length=2)]
    gbps: LinkSpeed
    efficiency: PositiveShare = Decimal("0.7")
    background_gbps: PositiveAmount | None = None
    background: list[BackgroundHours] = []
    seed_days: PositiveDayCount | None = None
    costs: Costs | None = None

    @model_validator(mode="after")
    def _background_has_a_speed(self) -> Link:
        if self.background_gbps is None and any(entry.gbps is None for entry in self.background):
            raise PydanticCustomError("link", "an entry of 'background' needs 'gbps', or the link 'background_gbps'")
        return self


class Team(Model):
    """People: their person-days by week, and how many can sit in windows and in hypercare."""

    id: Id
    name: Word | None = None
    organisation: Word | None = None
    person_days_per_week: Amount | None = None
    day_rate: Amount | None = None
    crew: Count | None = None
    on_call: Count | None = None
    rest_days: DayCount = 0
    country: Word | None = None
    subdivision: Word | None = None
    available: Availability | None = None
    absences: list[Absence] = []


class Server(Model):
    """Anything that hosts: physical machine, virtual machine, partition, appliance."""

    id: Id
    name: Word | None = None
    site: Word
    target: Word | None = None
    kind: Literal["physical", "vm", "partition", "appliance"] = "vm"
    technology: Word | None = None
    os: Word | None = None
    end_of_support: Day | None = None
    environment: Environment = "prod"
    vcpu: Amount | None = None
    ram_gb: Amount | None = None
    disk_gb: Amount | None = None
    disks: list[Disk] = []
    method: Literal["replicate", "copy", "ship", "rebuild"] = "copy"
    transfer_gb: Amount | None = None
    seed_gb: Amount | None = None
    seed_days: PositiveDayCount | None = None
    change_gb_per_day: Amount | None = None
    transport_hours: Hours | None = None
    cluster: Annotated[list[Word], BeforeValidator(as_list)] = []
    hostname: Word | None = None
    addresses: Annotated[list[Word], BeforeValidator(as_list)] = []
    power: Literal["on", "off"] | None = None
    retire: Flag = False
    not_before: Day | None = None
    verified_on: Day | None = None
    costs: Costs | None = None
    labels: Labels = {}

    @model_validator(mode="after")
    def _sum_of_disks(self) -> Server:
        """`disk_gb` is all its disks; given less than its shared ones, it is what stands beside them."""
        shared = sum((disk.gb for disk in self.shared_disks), Decimal(0))
        if self.disks and self.disk_gb is None:
            self.disk_gb = sum((disk.gb for disk in self.disks), Decimal(0))
        elif self.disk_gb is not None and self.disk_gb < shared:
            self.disk_gb += shared
        return self

    @property
    def shared_disks(self) -> tuple[Disk, ...]:
        """Disks that it may have in common with other servers, each once."""
        return tuple({disk.id: disk for disk in self.disks if disk.shared}.values())

    @property
    def carried(self) -> Decimal:
        """Share of its disks that crosses the link in the window: all for copy, a tenth for replicate."""
        return {"copy": Decimal(1), "replicate": Decimal("0.1")}.get(self.method, Decimal(0))

    @property
    def seed_gigabytes(self) -> Decimal:
        """What is sent before the window when it is replicated, in GB: as given, else the disk."""
        return self.seed_gb if self.seed_gb is not None else self.disk_gb or Decimal(0)

    @property
    def gigabytes(self) -> Decimal:
        """What crosses the link in the window for it alone, in GB, its shared disks included."""
        return (self.disk_gb or Decimal(0)) * self.carried if self.transfer_gb is None else self.transfer_gb


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


class KnowledgeStage(Model):
    """One stage of a knowledge transfer, in working days; held `times` times in a row."""

    name: Word
    days: PositiveCount
    times: PositiveCount = 1
    location: Word | None = None
    effort: EffortByTeam = {}

    @property
    def working_days(self) -> int:
        """Working days that it takes, all its times together."""
        return self.days * self.times


class KnowledgeTransfer(Model):
    """Dated, people-consuming stages before the first cutover of what they match."""

    id: Id
    name: Word | None = None
    match: Selector
    per: Literal["match", "site", "item"] = "match"
    stages: Annotated[list[KnowledgeStage], Field(min_length=1)]

    @model_validator(mode="after")
    def _told_apart(self) -> KnowledgeTransfer:
        names = [stage.name for stage in self.stages]
        twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
        if twice is not None:
            raise PydanticCustomError(
                "stages",
                "two stages are called {stage}",
                {"stage": twice},
            )
        return self

    @property
    def lead_team(self) -> str | None:
        """Whose working days its stages count: the first team of the first stage that names one."""
        return next((team for stage in self.stages for team in stage.effort), None)


class Contract(Model):
    """An end by which everything it matches is out and its hypercare over."""

    id: Id
    party: Word | None = None
    ends: Day
    notice_days: DayCount | None = None
    match: Selector


class ExternalMilestone(Model):
    """A date promised by others."""

    id: Id
    name: Word | None = None
    date: Day
    date_p90: Day | None = None


class Pilot(Model):
    """Items that go first; what they pilot waits for their soak and exit gate."""

    id: Id
    name: Word | None = None
    items: Selector
    piloted: Selector | None = Field(None, alias="for")
    soak_days: DayCount = 0
    criteria: list[Word] = []


class Tranche(Model):
    """A contractual or regional stage of the programme; an item belongs to the first one that matches."""

    id: Id
    name: Word | None = None
    match: Selector
    not_before: Day | None = None
    finish_by: Day | None = None
    after: AfterList = []


class Inventory(Model):
    """A whole inventory, merged from its files; `defaults` already applied by the loader."""

    waveplan: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})]
    programme: Programme
    defaults: list[Default] = []
    sites: list[Site] = []
    links: list[Link] = []
    teams: list[Team] = []
    servers: list[Server] = []
    applications: list[Application] = []
    services: list[Service] = []
    knowledge_transfers: list[KnowledgeTransfer] = []
    contracts: list[Contract] = []
    external_milestones: list[ExternalMilestone] = []
    pilots: list[Pilot] = []
    tranches: list[Tranche] = []
    streams: list[Stream] = []
    calendar: CalendarRules = CalendarRules()
    committees: list[Committee] = []
    policy: Policy = Policy()
    rules: list[Rule] = []
    dependencies: Dependencies = Dependencies()
    objective: Objective = Objective()
    ignore: list[Ignore] = []

    def last_day(self) -> dt.date:
        """The deadline: last day on which anything may still be in hypercare."""
        return self.programme.deadline
