"""What is promised or comes in stages: contracts, milestones of others, pilots, tranches."""

from __future__ import annotations

from pydantic import Field

from waveplan.domain.base import Model
from waveplan.domain.parts import AfterList
from waveplan.domain.scalars import Day, DayCount, Id, Word
from waveplan.domain.selectors import Selector


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
