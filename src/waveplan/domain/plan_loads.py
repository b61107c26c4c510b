"""Loads that a plan states: of teams by week and by day, and of links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

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

    `adoption` is what of it each entry of adoption takes, by week. `crew` are its people in windows, on days on which
    one runs, and `on_call` those in hypercare.
    """

    organisation: Word | None = None
    weeks: dict[Week, WeekLoad] = {}
    adoption: dict[Word, dict[Week, Total]] = {}
    crew: list[PeopleNeed] = []
    on_call: list[PeopleNeed] = []


class LinkLoad(PlanModel):
    """GB that are replicated between two sites by ISO week, and that their links carry: for weeks with any."""

    weeks: dict[Week, WeekLoad] = {}


_ONE_DAY = dt.timedelta(days=1)


class DayNeed(NamedTuple):
    """People needed on one day, those that there are (None: no limit), and what needs them."""

    needed: int
    offered: int | None
    causes: Collection[str]


def by_spans(days: Mapping[dt.date, DayNeed]) -> list[PeopleNeed]:
    """Needs by day, in order, as few lines as say the same."""
    found: list[PeopleNeed] = []
    for day, need in sorted(days.items()):
        causes = sorted(need.causes)
        last = found[-1] if found else None
        if last and (last.last + _ONE_DAY, last.needed, last.offered, last.causes) == (day, *need[:2], causes):
            found[-1] = last.model_copy(update={"last": day})
        else:
            found.append(PeopleNeed(first=day, last=day, needed=need.needed, offered=need.offered, causes=causes))
    return found
