"""Sites and the links between them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.calendar_rules import Blackout
from waveplan.domain.parts import Capacity, Costs, Labels, Users
from waveplan.domain.scalars import (
    Day,
    DayCount,
    Id,
    PositiveAmount,
    PositiveDayCount,
    PositiveShare,
    TimeOfDay,
    WeekdaySpans,
    Word,
    as_list,
    parse_word,
)

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
