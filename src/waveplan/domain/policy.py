"""Calendar, policy, rules and objective: how the programme wants to move."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from waveplan.domain.base import Model
from waveplan.domain.parts import (
    EffortByTeam,
    Environment,
    Limits,
    LotLimits,
    MatchCounts,
    WaveOrdinals,
    WeekCounts,
)
from waveplan.domain.periods import Period, contradiction, missing
from waveplan.domain.recurrence import Every, RecurringDay, RecurringDays, day_parts, every_parts, parse_recurring_day
from waveplan.domain.scalars import (
    Day,
    DayCount,
    Flag,
    Hours,
    Id,
    PositiveCount,
    PositiveHours,
    TimeOfDay,
    Weekday,
    Word,
    as_list,
    decimal_number,
    parse_amount,
)
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


class Gate(Model):
    """A dated decision or notice before each cutover: so many days, or working days of the wave's sites, before."""

    id: Id
    days_before: DayCount | None = None
    working_days_before: DayCount | None = None
    working_day: Flag = False
    decides: Flag = False
    committee: Word | None = None
    at_session: Flag = False
    criteria: list[Word] = []

    @model_validator(mode="after")
    def _consistent(self) -> Gate:
        if self.days_before is not None and self.working_days_before is not None:
            raise PydanticCustomError("gate", "give one of 'days_before' or 'working_days_before'")
        if self.days_before is None and self.working_days_before is None:
            raise missing("days_before")
        if self.at_session and not self.committee:
            raise PydanticCustomError("gate", "'at_session' needs a 'committee'")
        return self

    @property
    def least_days_before(self) -> int:
        """Days that surely lie between it and the cutover."""
        return self.days_before if self.days_before is not None else self.working_days_before or 0


DEFAULT_GATES = [Gate(id="go-no-go", days_before=3, working_day=True, decides=True)]


class Rehearsal(Model):
    """A rehearsal that each lot with an item in `only` holds before its cutover."""

    id: Id
    days_before: DayCount
    only: Selector | None = None
    effort: EffortByTeam = {}
    hours: Hours | None = None


class HypercareOverride(Model):
    """Another length of hypercare for what it matches; the first match wins."""

    match: Selector
    hours: Hours


class Hypercare(Model):
    """The watch after cutover, in elapsed hours from the window's end."""

    hours: Hours = Decimal(24)
    overrides: list[HypercareOverride] = []
    max_waves_at_once: PositiveCount | None = None
    before_next_gate: Flag = False


class CadenceStage(Model):
    """How close waves may follow each other while it lasts: for `waves` waves, or for all that follow."""

    waves: PositiveCount | None = None
    min_gap_days: DayCount = 0
    max_waves_per_week: PositiveCount | None = None
    limits: Limits = Limits()


class Policy(Model):
    """The rhythm of the programme; a stream overrides any part of it."""

    preparation_days: DayCount = 28
    gates: list[Gate] = DEFAULT_GATES
    rehearsals: list[Rehearsal] = []
    hypercare: Hypercare = Hypercare()
    cadence: list[CadenceStage] = []
    wave_limits: Limits = Limits()
    lot_limits: LotLimits = LotLimits()
    earliest_wave_by_criticality: WaveOrdinals = {}
    environment_order: list[Environment] = []
    keep_apart: list[Word] = []

    @model_validator(mode="after")
    def _only_last_stage_is_open(self) -> Policy:
        for number, stage in enumerate(self.cadence[:-1]):
            if stage.waves is None:
                raise PydanticCustomError(
                    "cadence",
                    "stage {number} of the cadence has no 'waves', so the stages after it never come",
                    {"number": number + 1},
                )
        return self


_OF_EVERYTHING = {"max_per_wave", "max_per_week"}  # limits of a rule that need no selector
_LIMITS = (*sorted(_OF_EVERYTHING), "earliest_wave", "not_before", "not_after", "slot", "windows")


class Rule(Model):
    """An exception or addition, by selector."""

    id: Id
    reason: Word | None = None
    match: Selector | None = None
    together: Selector | None = None
    by: Word | None = None
    apart: list[Selector] | None = None
    before: list[Selector] | None = None
    min_gap_working_days: DayCount = 0
    max_gap_days: DayCount | None = None
    max_per_wave: MatchCounts | None = None
    max_per_week: WeekCounts | None = None
    earliest_wave: PositiveCount | None = None
    not_before: Day | None = None
    not_after: Day | None = None
    slot: Day | None = None
    windows: list[Word] | None = None

    @property
    def limits(self) -> frozenset[str]:
        """Names of the limits that it sets to what it matches."""
        return frozenset(name for name in _LIMITS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _says_something(self) -> Rule:
        relations = [name for name in ("together", "apart", "before") if getattr(self, name) is not None]
        limits = self.limits
        if len(relations) + bool(limits) != 1:
            raise PydanticCustomError(
                "rule",
                "a rule holds one of 'together', 'apart', 'before', or a 'match' with "
                "'max_per_wave', 'max_per_week', 'earliest_wave', 'not_before', 'not_after', 'slot' or 'windows'",
            )
        if bool(limits) != (self.match is not None) and not limits <= _OF_EVERYTHING:
            raise PydanticCustomError("rule", "'match' goes with, and only with, limits, dates and windows")
        if self.by is not None and self.together is None and not limits & _OF_EVERYTHING:
            raise PydanticCustomError("rule", "'by' goes with 'together', 'max_per_wave' or 'max_per_week'")
        if self.before is None and (self.min_gap_working_days or self.max_gap_days is not None):
            raise PydanticCustomError("rule", "'min_gap_working_days' and 'max_gap_days' go with 'before'")
        for name in ("apart", "before"):
            if getattr(self, name) is not None and len(getattr(self, name)) < 2:
                raise PydanticCustomError("rule", "'{name}' needs at least two selectors", {"name": name})
        return self


class Stream(Model):
    """A kind of work planned to its own rhythm. Only what its policy gives differs from the programme's."""

    id: Id
    name: Word | None = None
    match: Selector
    policy: Policy = Policy()


GoalName = Literal["finish", "waves", "coexistence", "peak_load", "criticality_risk", "moved_lots"]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How much of a goal may be given up for the next ones: a share of its value, or units."""

    amount: Decimal = Decimal(0)
    is_share: bool = False

    @classmethod
    def parse(cls, value: object) -> Tolerance:
        """Read `5%` or `5`."""
        if isinstance(value, Tolerance):
            return value
        if isinstance(value, str) and value.endswith("%"):
            return cls(parse_amount(value[:-1].strip()) / 100, is_share=True)
        return cls(parse_amount(value))

    def __str__(self) -> str:
        shown = self.amount * 100 if self.is_share else self.amount
        return format(shown.normalize(), "f") + ("%" if self.is_share else "")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        share = r"^\+?([0-9]{1,9}(\.[0-9]*)?|\.[0-9]+) *%$"
        return {"anyOf": [decimal_number(minimum=0), {"type": "string", "pattern": share}]}


class Goal(Model):
    """One goal of the objective and how far later goals may loosen it."""

    goal: GoalName
    tolerance: Tolerance = Tolerance()


DEFAULT_GOALS = [Goal(goal="finish"), Goal(goal="coexistence"), Goal(goal="peak_load")]


class Dependencies(Model):
    """What dependencies mean beyond each of them: whether a circle of orders is an error, or one lot."""

    cycles: Literal["error", "join"] = "error"


class Objective(Model):
    """Goals in order: each is optimised, then held within its tolerance while the next one is."""

    goals: list[Goal] = Field(DEFAULT_GOALS, min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Objective:
        names = [goal.goal for goal in self.goals]
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("objective", "goal '{name}' is given twice", {"name": name})
        return self


class Ignore(Model):
    """A finding that the programme has decided to live with, and why."""

    code: Word
    where: Word | None = None
    reason: Word


AfterList = Annotated[list[Word], BeforeValidator(as_list)]
