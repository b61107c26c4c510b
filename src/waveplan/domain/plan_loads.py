"""Loads that a plan states: of teams by week and by day, and of links."""

from __future__ import annotations

from pydantic import Field

from waveplan.domain.base import PlanModel
from waveplan.domain.scalars import Count, Day, Total, Week, WholeTotal, Word


class WeekLoad(PlanModel):
    """Person-days of a team in an ISO week. Rounded to 4 places."""

    used: Total
    offered: Total | None = None


class PeopleNeed(PlanModel):
    """People of a team that are needed on each of some days in a row, and those that there are; `for` says for what.

    `for` names waves by their id, and retirements as their milestones do. Without `offered` there is no limit.
    """

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    needed: WholeTotal
    offered: Count | None = None
    causes: list[Word] = Field(alias="for")


class TeamLoad(PlanModel):
    """A team's load by ISO week (`2026-W08`); those without work too, in months in which any team works.

    `crew` are its people in windows, on days on which one runs, and `on_call` those in hypercare.
    """

    organisation: Word | None = None
    weeks: dict[Week, WeekLoad] = {}
    crew: list[PeopleNeed] = []
    on_call: list[PeopleNeed] = []


class LinkLoad(PlanModel):
    """GB that are replicated between two sites by ISO week, and that their links carry: for weeks with any."""

    weeks: dict[Week, WeekLoad] = {}
