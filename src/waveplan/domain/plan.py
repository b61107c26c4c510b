"""The plan, format version 1: all that is needed to show it, without the inventory."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from waveplan.domain.base import PlanModel
from waveplan.domain.plan_loads import LinkLoad, TeamLoad
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.scalars import Amount, Count, Day, Flag, Moment, Total, WholeTotal, Word
from waveplan.domain.solve_record import InventoryFile, SolveRecord

MilestoneKind = Literal[
    "retire",
    "site_exit",
    "contract_notice",
    "contract_end",
    "knowledge_stage",
    "acceptance",
    "pilot_exit",
    "tranche_end",
    "external",
    "purge_order",
    "acknowledgement",
]


class PlanProgramme(PlanModel):
    """The programme as it stood when the plan was made."""

    name: Word
    start: Day
    deadline: Day
    timezone: Word = "UTC"
    language: Word = "en"


class PlanSlot(PlanModel):
    """The dated window of a wave; half-open, in the window's zone."""

    window: Word
    start: Moment
    end: Moment


class PlanGate(PlanModel):
    """A dated gate of a wave."""

    id: Word
    date: Day
    decides: Flag = False
    committee: Word | None = None
    criteria: list[Word] = []


class PlanRehearsal(PlanModel):
    """A rehearsal of one lot: its nominal day; teams take part on their last working day up to it."""

    id: Word
    lot: Word
    date: Day
    hours: Amount | None = None


class Totals(PlanModel):
    """What a wave holds, each thing counted once. `transfer_gb` in GB of 10⁹ bytes, `effort` in person-days."""

    servers: Count = 0
    applications: Count = 0
    sites: Count = 0
    users: WholeTotal = 0
    transfer_gb: Total = Decimal(0)
    effort: dict[Word, Total] = {}


class SiteHours(PlanModel):
    """When the lots of one zone run in a window that lets each keep the hours of its sites; half-open, in that zone."""

    zone: Word
    sites: list[Word] = []
    lots: list[Word]
    start: Moment
    end: Moment
    point_of_no_return: Moment


class Wave(PlanModel):
    """A dated cutover of one stream in one slot.

    With `site_hours`, its lots keep the hours of their sites: the slot then says what they would be in programme time,
    and the point of no return is the first of theirs.
    """

    id: Word
    number: Count
    stream: Word = "main"
    tranche: Word | None = None
    date: Day
    slot: PlanSlot
    site_hours: list[SiteHours] = []
    point_of_no_return: Moment
    preparation_start: Day
    gates: list[PlanGate] = []
    rehearsals: list[PlanRehearsal] = []
    hypercare_end: Moment
    hypercare_last_day: Day
    lots: list[Word]
    totals: Totals = Totals()

    @property
    def last_day(self) -> dt.date:
        """The day on which its window ends, by the clocks of the programme or of the site where that is later."""
        ends = [self.slot.end, *(each.end for each in self.site_hours)]
        days = [each.date() for each in ends] + [each.astimezone(self.slot.start.tzinfo).date() for each in ends]
        return max(self.date, *days)

    def label(self, with_stream: bool = False) -> str:
        """`W04`, or `desk/W04`: for display only."""
        return f"{self.stream}/W{self.number:02d}" if with_stream else f"W{self.number:02d}"


class SiteFacts(PlanModel):
    """What a site is called."""

    name: Word


class Milestone(PlanModel):
    """A dated result: retirement, site exit, acceptance of a knowledge transfer, a purge order, what others promised, …

    `start` is the first day of what takes several, `date_p90` the pessimistic date of a promise, `criteria` what must
    be true to pass. What comes once for each site or item has it behind an `@`: `kt-desk@boulogne`. `site` is
    the one that a purged server leaves, `waiting` are lots that may cut over from a promised date on. Of what is
    retired, `effort` is its person-days by team before the day, and `crew` its people on it.
    """

    id: Word
    date: Day
    kind: MilestoneKind
    subject: Word
    start: Day | None = None
    date_p90: Day | None = None
    criteria: list[Word] = []
    waiting: list[Word] = []
    site: Word | None = None
    effort: dict[Word, Total] = {}
    crew: dict[Word, WholeTotal] = {}


class PlanStay(PlanModel):
    """What stays on a site that something leaves, or that was to close: for as long as it does, the site has no exit.

    Items are retained, taken over, brought there for good or left out of the plan; servers host none.
    """

    site: Word
    items: list[Word] = []
    servers: list[Word] = []


class PlanFreeze(PlanModel):
    """One occurrence of a freeze, for showing; `scope` is "everything", or in words what it holds.

    `start` and `end` are its moments, the last one excluded, where it is told by hours; its days are those it touches.
    """

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    start: Moment | None = None
    end: Moment | None = None
    reason: Word | None = None
    scope: Word = "everything"


class HardDate(PlanModel):
    """A date the plan must meet, and the day on which it meets it."""

    id: Word
    date: Day
    reached: Day | None = None


class PlanCalendar(PlanModel):
    """Freezes and hard dates, for showing."""

    freezes: list[PlanFreeze] = []
    hard_dates: list[HardDate] = []


class Metrics(PlanModel):
    """The goals' values for the whole plan; the last three rounded to 4 places."""

    waves: Count
    finish: Count
    coexistence: Decimal
    peak_load: Decimal
    criticality_risk: Decimal


class Unplanned(PlanModel):
    """A lot that was left out, with the reason."""

    lot: Word
    reason: Word


class Plan(PlanModel):
    """A whole plan file."""

    waveplan_plan: Annotated[Literal["1"], BeforeValidator(str), WithJsonSchema({"enum": [1, "1"]})] = "1"
    programme: PlanProgramme
    inventory: list[InventoryFile] = []
    solve: SolveRecord
    waves: list[Wave] = []
    lots: list[PlanLot] = []
    milestones: list[Milestone] = []
    stays: list[PlanStay] = []
    calendar: PlanCalendar = PlanCalendar()
    sites: dict[Word, SiteFacts] = {}
    teams: dict[Word, TeamLoad] = {}
    links: dict[Word, LinkLoad] = {}
    metrics: Metrics
    unplanned: list[Unplanned] = []

    def lots_by_id(self) -> dict[str, PlanLot]:
        """Lots by id."""
        return {lot.id: lot for lot in self.lots}

    def waves_in_order(self) -> list[Wave]:
        """Waves by their start, then id, whatever the file's order."""
        return sorted(self.waves, key=lambda wave: (wave.slot.start.astimezone(dt.UTC), wave.id))
