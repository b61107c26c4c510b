"""Periods: days, moments, and what recurs every week or every month; freezes, blackouts and absences are such."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.recurrence import PeriodEnd, WorkingDayOfMonth, week_time
from waveplan.domain.scalars import Share, Weekday, Word

Clock = dt.datetime  # what clocks of programme time show


_GIVEN: dict[str, Any] = {"not": {"type": "null"}}


def _ends_or_every(schema: dict[str, Any]) -> None:
    """What does not recur has both ends."""
    schema["anyOf"] = [
        {"required": ["every"], "properties": {"every": dict(_GIVEN)}},
        {"required": ["from", "to"], "properties": {"from": dict(_GIVEN), "to": dict(_GIVEN)}},
    ]


class Period(Model):
    """A time, in one of four forms.

    Days `from` … `to`, both included. Moments of programme time `from` … `to`, the last one excluded; a day among
    them counts whole. Weekdays `from` … `to` with `every: week`, with times of day or without. Working days of a place
    with `every: month`, `from_working_day` … `to_working_day`: numbers from 1, or from -1 backwards from the month's
    end; from one of these to one of those runs into the next month; `from` and `to` are then the first and last day
    on which it counts.
    """

    model_config = ConfigDict(json_schema_extra=_ends_or_every)

    first: PeriodEnd | None = Field(None, alias="from")
    last: PeriodEnd | None = Field(None, alias="to")
    every: Literal["week", "month"] | None = None
    from_working_day: WorkingDayOfMonth | None = None
    to_working_day: WorkingDayOfMonth | None = None
    country: Word | None = None
    subdivision: Word | None = None
    reason: Word | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        self._check()
        return self

    def _check(self) -> None:
        if self.every is None:
            self._once()
        elif self.every == "week":
            self._weekly()
        else:
            self._monthly()

    # --- forms -----------------------------------------------------------------------------------------------------

    @property
    def is_days(self) -> bool:
        """Whether it is one run of days, both ends included."""
        return self.every is None and type(self.first) is dt.date and type(self.last) is dt.date

    @property
    def is_recurrent(self) -> bool:
        """Whether it comes again and again."""
        return self.every is not None

    def _once(self) -> None:
        if self.from_working_day is not None or self.to_working_day is not None or self.country or self.subdivision:
            raise contradiction("working days of a month, and their country, go with 'every: month'")
        if self.first is None or self.last is None:
            raise missing("from" if self.first is None else "to")
        if isinstance(self.first, str) or isinstance(self.last, str):
            raise contradiction("weekdays as 'from' and 'to' go with 'every: week'")
        self._in_order(self.first, self.last)

    def _weekly(self) -> None:
        if self.from_working_day is not None or self.to_working_day is not None or self.country or self.subdivision:
            raise contradiction("working days of a month, and their country, go with 'every: month'")
        if not isinstance(self.first, str) or not isinstance(self.last, str):
            raise contradiction(
                "a period of every week goes from a weekday to a weekday, like from: fri 18:00, to: mon 06:00"
            )
        if self.first == self.last and week_time(self.first)[1] is not None:
            raise contradiction(
                "a period from {first} to {last} has no length", "period_empty", first=self.first, last=self.last
            )

    def _monthly(self) -> None:
        first, last = self.from_working_day, self.to_working_day
        if first is None or last is None:
            raise contradiction("a period of every month needs 'from_working_day' and 'to_working_day'")
        if first > last and (first > 0) == (last > 0):
            raise contradiction(
                "working day {first} comes after working day {last}: one of the next month is counted to from the "
                "month's end, like from_working_day: -3, to_working_day: 5",
                "working_days",
                first=first,
                last=last,
            )
        if any(each is not None and type(each) is not dt.date for each in (self.first, self.last)):
            raise contradiction(
                "the 'from' and 'to' of a period of every month are days, on which it begins and ends to count"
            )
        if self.subdivision and not self.country:
            raise contradiction("'subdivision' goes with a 'country'")
        self._in_order(self.first, self.last)

    def _in_order(self, first: Any, last: Any) -> None:
        if first is None or last is None:
            return
        if isinstance(first, dt.datetime) and first == last:
            raise contradiction(
                "a period from {first} to {last} has no length",
                "period_empty",
                first=shown_end(first),
                last=shown_end(last),
            )
        if end(last) <= beginning(first):
            raise PydanticCustomError(
                "period",
                "'to' ({last}) lies before 'from' ({first})",
                {"first": shown_end(first), "last": shown_end(last)},
            )


def beginning(day: dt.date) -> Clock:
    """When a period begins that is said to begin on a day or at a moment, by clocks of programme time."""
    return day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())


def end(day: dt.date) -> Clock:
    """When a period is over that is said to end on a day (which it includes) or at a moment."""
    if isinstance(day, dt.datetime):
        return day
    return dt.datetime.combine(day, dt.time.max)  # no further: the last day there is has none after it


def shown_end(value: dt.date | dt.datetime | str | None) -> str:
    """An end of a period as the file would write it."""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, dt.date) else value or ""


def contradiction(message: str, kind: str = "recurrence", **values: object) -> PydanticCustomError:
    """Values of one recurrence that cannot stand together; what names some of them is a kind of its own."""
    return PydanticCustomError(kind, message, values)


def missing(key: str) -> PydanticCustomError:
    """A key that is missing as the others stand."""
    return PydanticCustomError("missing_key", "'{missing}' is missing", {"missing": key})


class Absence(Period):
    """A time in which a team offers only a share of its people; with `days`, on these weekdays only."""

    days: list[Weekday] = []
    capacity: Share = Decimal(0)

    def _check(self) -> None:
        if not self.days:
            super()._check()
            return
        given = ("every", "from_working_day", "to_working_day", "country", "subdivision")
        if any(getattr(self, name) is not None for name in given):
            raise contradiction("'days' are every week's; they go with 'from' and 'to' only")
        if any(each is not None and type(each) is not dt.date for each in (self.first, self.last)):
            raise contradiction("with 'days', 'from' and 'to' are dates")
        self._in_order(self.first, self.last)
