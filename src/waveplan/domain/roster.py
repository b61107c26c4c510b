"""The roster: people behind the seats of teams, in a file of their own; names never stand in a plan.

Who takes which duty is worked out from it: seats of a night, and shifts of its hypercare.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.runbooks import OneOrMoreWords
from waveplan.domain.scalars import Flag, Hours, Moment, PositiveHours, Word

DutyKind = Literal["night", "hypercare"]


class AvailableHours(Model):
    """A stretch of time in which somebody can be on duty."""

    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _forward(self) -> AvailableHours:
        if self.end.timestamp() <= self.start.timestamp():
            raise PydanticCustomError("available", "'end' comes before 'start'")
        return self


class RosterPerson(Model):
    """Somebody, with the teams whose seats they can take. Without `available` they can be on duty at any time."""

    name: Word
    teams: OneOrMoreWords
    phone: Word | None = None
    language: Word | None = None
    available: list[AvailableHours] = []
    out: Flag = False


class DutyRoster(Model):
    """Everybody, and how long they may be on duty in a row, with how much rest after it."""

    waveplan_roster: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})] = "1"
    hours_in_a_row: PositiveHours = Decimal(12)
    rest_hours: Hours = Decimal(11)
    shift_hours: PositiveHours = Decimal(8)
    people: list[RosterPerson] = []

    @model_validator(mode="after")
    def _names_once(self) -> DutyRoster:
        if self.shift_hours < 1:
            raise PydanticCustomError("roster", "'shift_hours' is at least 1")
        names = [person.name for person in self.people]
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("roster", "'{name}' is there twice", {"name": name})
        return self


@dataclass(frozen=True, slots=True)
class Rostered:
    """A roster, and who of it falls out."""

    roster: DutyRoster
    out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A stretch that one person of a team is needed: a seat of the night, or a shift of the hypercare."""

    kind: DutyKind
    team: str
    seat: int
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Manned:
    """A duty and who takes it; nobody where `person` is None. `substitutes` could take it beside all they have."""

    duty: Duty
    person: RosterPerson | None
    substitutes: tuple[str, ...] = ()
    before: str | None = None  # who had it before somebody fell out, where that has changed


@dataclass(frozen=True, slots=True)
class WaveRoster:
    """Who is on duty around one wave; `proven` when no assignment mans more duties.

    `people` are all who have not fallen out, and `hours_in_a_row` what each may be on duty at once.
    """

    wave: str
    label: str
    zone: str
    duties: tuple[Manned, ...]
    proven: bool
    people: tuple[RosterPerson, ...] = ()
    hours_in_a_row: Decimal = Decimal(12)
