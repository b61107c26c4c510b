"""When cutovers may be: windows, freezes, blackouts, and the sittings of committees."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from waveplan.domain.base import Model
from waveplan.domain.parts import Limits
from waveplan.domain.periods import Period, contradiction
from waveplan.domain.recurrence import Every, RecurringDay, RecurringDays, day_parts, every_parts, parse_recurring_day
from waveplan.domain.scalars import Day, DayCount, Id, PositiveHours, TimeOfDay, Weekday, Word
from waveplan.domain.selectors import Selector, Subject

SITE_ZONE = "site"


class Window(Model):
    """A kind of cutover window: the days on which it opens, from when, and for how long or until when.

    Its days are of the week (`days`), of the calendar (`dates`), of what recurs (`every` with `day`), or so many after
    such a day of each month (`after`, `days_after`).
    """

    id: Id
    days: list[Weekday] = []
    dates: list[Day] = []
    every: Every | None = None
    day: RecurringDays = []
    after: RecurringDay | None = None
    days_after: DayCount = 0
    start: TimeOfDay = Field(alias="from")
    hours: PositiveHours | None = None
    until: TimeOfDay | None = None
    until_day: Weekday | None = None
    starting: Day | None = None
    timezone: Word | None = None
    public_holidays: Literal["avoid", "allow"] | None = None
    match: Selector | None = None
    limits: Limits = Limits()
    by: Word | None = None

    @model_validator(mode="after")
    def _limits_by(self) -> Window:
        if self.by is not None and not self.limits.given:
            raise PydanticCustomError("window", "'by' goes with 'limits': one limit for each value")
        return self

    @model_validator(mode="after")
    def _days_or_dates(self) -> Window:
        if [bool(self.days), bool(self.dates), bool(self.day), self.after is not None].count(True) != 1:
            raise PydanticCustomError(
                "window", "give one of 'days' (of the week), 'dates', 'every' with a 'day', or 'after'"
            )
        if self.starting and self.dates:
            raise PydanticCustomError("window", "'starting' goes with what recurs; 'dates' say it themselves")
        if (self.hours is None) == (self.until is None):
            raise PydanticCustomError("window", "give one of 'hours' or 'until'")
        if self.until_day is not None and self.until is None:
            raise PydanticCustomError("window", "'until_day' goes with 'until'")
        self._recurs_once()
        return self

    def _recurs_once(self) -> None:
        """Whether what is said of its recurrence goes together."""
        if bool(self.day) != (self.every is not None) and self.after is None:
            raise contradiction("'every' and 'day' go together")
        if self.days_after and self.after is None:
            raise contradiction("'days_after' goes with 'after'")
        if self.after is not None and day_parts(self.after)[0] is None:
            raise contradiction("'after' counts from a day of each month, like 'second tue'")
        if self.every is None:
            return
        number, unit = every_parts(self.every)
        by_month = [day_parts(day)[0] is not None for day in self.day or [self.after or ""]]
        if unit == "month" and not all(by_month):
            raise contradiction("every month needs a day like 'first sat' or 'last sat'")
        if unit == "week" and any(by_month):
            raise contradiction("every week needs a day like 'sat'; 'second sat' is one of every month")
        if number > 1 and self.starting is None:
            raise contradiction(
                "'every: {every}' needs 'starting', from which it is counted", "every_starting", every=self.every
            )


class Freeze(Period):
    """A time in which nothing in its scope may cut over: all that `match` has, everything without it, less `except`."""

    match: Selector | None = None
    excepted: Selector | None = Field(None, alias="except")

    def holds(self, item: Subject) -> bool:
        """Whether an item is in its scope."""
        if self.excepted is not None and self.excepted.matches(item):
            return False
        return self.match is None or self.match.matches(item)


class Blackout(Period):
    """A time in which nothing may cut over from, to or at a site, or an application or service may not; less `except`.

    It holds for a lot that has an item of what is closed which `except` does not match.
    """

    excepted: Selector | None = Field(None, alias="except")

    def spares(self, item: Subject) -> bool:
        """Whether an item may cut over in spite of it."""
        return self.excepted is not None and self.excepted.matches(item)


DEFAULT_WINDOWS = [Window.model_validate({"id": "weekend", "days": ["sat"], "from": "20:00", "hours": "30"})]


class CalendarRules(Model):
    """Cutover windows, freezes and what public holidays mean."""

    windows: list[Window] = DEFAULT_WINDOWS
    public_holidays: Literal["avoid", "allow"] = "avoid"
    freezes: list[Freeze] = []


class Committee(Model):
    """A body that decides gates. It sits every week on a day, or every month on its first (… last) such day."""

    id: Id
    name: Word | None = None
    every: Literal["week", "month"]
    day: Word

    @field_validator("day")
    @classmethod
    def _in_small_letters(cls, day: str) -> str:
        return day.lower()

    @model_validator(mode="after")
    def _readable_day(self) -> Committee:
        try:
            monthly = day_parts(parse_recurring_day(self.day))[0] is not None
        except PydanticCustomError:
            monthly = self.every == "week"  # which is refused below
        if monthly != (self.every == "month"):
            example = "'thu'" if self.every == "week" else "'first tue' (first, second, third, fourth or last)"
            raise PydanticCustomError("committee", "expected 'day' like {example}", {"example": example})
        return self
