"""Small models that several sections of the inventory share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.scalars import (
    ONE_OR_MORE_WORDS,
    Amount,
    Count,
    Day,
    Flag,
    Id,
    PositiveCount,
    Word,
    as_list,
    decimal_number,
    parse_amount,
    parse_count,
    parse_words,
    whole_number,
)

Criticality = Literal["critical", "high", "medium", "low"]
Environment = Literal["prod", "preprod", "test", "dev", "dr"]

CRITICALITY_POINTS = {"critical": 8, "high": 4, "medium": 2, "low": 1}
CRITICALITIES = tuple(CRITICALITY_POINTS)  # highest first


class Availability(Model):
    """Days on which a team belongs to the programme; an open end is no limit."""

    first: Day | None = Field(None, alias="from")
    last: Day | None = Field(None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Availability:
        if self.first and self.last and self.last < self.first:
            raise PydanticCustomError(
                "period",
                "'to' ({last}) lies before 'from' ({first})",
                {"first": self.first.isoformat(), "last": self.last.isoformat()},
            )
        return self


class Costs(Model):
    """Money, in the programme's currency; compared by scenarios, never a rule."""

    once: Amount = Decimal(0)
    per_month: Amount = Decimal(0)


class Capacity(Model):
    """What a target site has from a day on. A key that is left out keeps what an earlier entry gave."""

    first: Day | None = Field(None, alias="from")
    vcpu: Amount | None = None
    ram_gb: Amount | None = None
    disk_tb: Amount | None = None


CAPACITY_KEYS = ("vcpu", "ram_gb", "disk_tb")


def _or_plain_number(schema: dict[str, Any]) -> None:
    mapping = dict(schema)
    schema.clear()
    schema["anyOf"] = [decimal_number(minimum=0), mapping]


class Effort(Model):
    """Person-days of one team: `each` + `per_server` × own servers + `per_100_users` × users ÷ 100."""

    model_config = ConfigDict(json_schema_extra=_or_plain_number)

    each: Amount = Decimal(0)
    per_server: Amount = Decimal(0)
    per_100_users: Amount = Decimal(0)

    @model_validator(mode="before")
    @classmethod
    def _plain_number(cls, value: Any) -> Any:
        return value if isinstance(value, dict | Effort) else {"each": parse_amount(value)}


class Disk(Model):
    """A disk of a server; one that is shared is the same disk wherever its id stands."""

    id: Id
    gb: Amount
    shared: Flag = False


class Limits(Model):
    """Most of each that one wave may hold; what is not given is not limited."""

    servers: Count | None = None
    applications: Count | None = None
    lots: Count | None = None
    sites: Count | None = None
    users: Count | None = None
    data_tb: Amount | None = None
    effort: dict[Word, Amount] = {}

    @property
    def given(self) -> bool:
        """Whether it limits anything."""
        return any(getattr(self, key) not in (None, {}) for key in type(self).model_fields)


class LotLimits(Model):
    """Most of each that one lot may hold."""

    servers: Count | None = None
    applications: Count | None = None


class WeekCounts(Model):
    """Most of each, among what a rule matches, that one week may hold."""

    servers: Count | None = None
    applications: Count | None = None
    lots: Count | None = None


class MatchCounts(WeekCounts):
    """Most of each, among what a rule matches, that one wave may hold."""

    sites: Count | None = None
    users: Count | None = None


def _users(value: Any) -> Any:
    return value if isinstance(value, dict) else {"all": parse_count(value)}


Users = Annotated[
    dict[Word, Count],
    BeforeValidator(_users),
    WithJsonSchema(
        {"anyOf": [whole_number(minimum=0), {"type": "object", "additionalProperties": whole_number(minimum=0)}]}
    ),
]
EffortByTeam = dict[Word, Effort]
PeopleByTeam = dict[Word, Count]
AfterList = Annotated[list[Word], BeforeValidator(as_list)]
Label = Annotated[str | list[str], BeforeValidator(parse_words), WithJsonSchema(ONE_OR_MORE_WORDS)]
Labels = dict[Word, Label]
WaveOrdinals = dict[Criticality, PositiveCount]
