"""People that a plan needs in windows and in hypercare, by organisation and team, against those that there are.

A period is a stretch of days on which nothing changes, or an ISO week or month with its fullest day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from waveplan.change_calendar.spans import ONE_DAY, Days, iso_week
from waveplan.domain.plan import Plan
from waveplan.domain.plan_loads import TeamLoad
from waveplan.workload import Load, together

Duty = Literal["crew", "on_call"]
RosterPer = Literal["day", "week", "month"]
DUTIES: tuple[Duty, ...] = ("crew", "on_call")


@dataclass(frozen=True, slots=True)
class Need:
    """People needed on each of some days, against those that there are, and what needs them.

    `period` is the ISO week or month (`2026-03`) of which these are the fullest days, None where all days are told.
    """

    days: Days
    load: Load
    causes: tuple[str, ...]  # waves by id, retirements as their milestones are called
    period: str | None = None

    @property
    def fullness(self) -> tuple[bool, Decimal, Decimal]:
        """How much of a team it takes: by its share where there is a limit, else by people."""
        share = self.load.share
        return (share is not None, share or Decimal(0), self.load.used)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """The needs of a team or of an organisation, in order of time."""

    name: str | None  # None: teams without an organisation, together
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class OrganisationRoster:
    """An organisation's needs, and those of each of its teams. On a day it counts the teams that are needed on it."""

    whole: RosterRow
    teams: tuple[RosterRow, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Every organisation by name, those without one last."""

    duty: Duty
    per: RosterPer
    organisations: tuple[OrganisationRoster, ...]

    @property
    def teams(self) -> tuple[RosterRow, ...]:
        """Every team, by name."""
        found = (team for organisation in self.organisations for team in organisation.teams)
        return tuple(sorted(found, key=lambda row: row.name or ""))


def is_stated(plan: Plan) -> bool:
    """Whether a plan says anything of crews and hypercare: older ones say nothing until they are refreshed."""
    return any(load.crew or load.on_call for load in plan.teams.values())


def roster(
    plan: Plan, duty: Duty, per: RosterPer = "day", *, team: str | None = None, wave: str | None = None
) -> Roster:
    """What a plan states of crews, or of people on call; of one team, or of the days of one wave (by its id)."""
    rows: dict[str | None, list[tuple[str, list[Need]]]] = defaultdict(list)
    for name, stated in sorted(plan.teams.items()):
        needs = [each for each in _stated(stated, duty) if wave in (None, *each.causes)]
        if needs and team in (None, name):
            rows[stated.organisation].append((name, needs))
    found = [
        OrganisationRoster(
            RosterRow(name, _by_period(_summed([needs for _, needs in rows[name]]), per)),
            tuple(RosterRow(each, _by_period(needs, per)) for each, needs in rows[name]),
        )
        for name in sorted(rows, key=lambda name: (name is None, name or ""))
    ]
    return Roster(duty, per, tuple(found))


def by_week(row: RosterRow) -> Mapping[str, Load]:
    """The fullest day of each ISO week, as its load."""
    return {need.period or "": need.load for need in _by_period(row.needs, "week")}


def _stated(load: TeamLoad, duty: Duty) -> Iterator[Need]:
    for need in load.crew if duty == "crew" else load.on_call:
        used, offered = Decimal(need.needed), None if need.offered is None else Decimal(need.offered)
        whole = Load(used, offered, used if offered is None else Decimal(0))
        yield Need(Days(need.first, need.last), whole, tuple(need.causes))


def _summed(teams: Sequence[Sequence[Need]]) -> list[Need]:
    """Several teams as one, day by day; days in a row on which nothing changes are one need."""
    if len(teams) == 1:
        return list(teams[0])
    days: dict[dt.date, list[Need]] = defaultdict(list)
    for needs in teams:
        for need in needs:
            for day in need.days:
                days[day].append(need)
    found: list[Need] = []
    for day, needs in sorted(days.items()):
        causes = tuple(sorted({cause for need in needs for cause in need.causes}))
        new = Need(Days(day, day), together(need.load for need in needs), causes)
        last = found[-1] if found else None
        if last and (last.days.last + ONE_DAY, last.load, last.causes) == (day, new.load, causes):
            found[-1] = replace(last, days=Days(last.days.first, day))
        else:
            found.append(new)
    return found


def _by_period(needs: Sequence[Need], per: RosterPer) -> tuple[Need, ...]:
    if per == "day":
        return tuple(sorted(needs, key=lambda need: need.days.first))
    fullest: dict[str, Need] = {}
    for need in sorted(needs, key=lambda need: need.days.first):
        for period, days in _cut(need.days, per):
            before = fullest.get(period)
            if before is None or need.fullness > before.fullness:
                fullest[period] = replace(need, days=days, period=period)
    return tuple(fullest[period] for period in sorted(fullest))


def _cut(days: Days, per: RosterPer) -> Iterator[tuple[str, Days]]:
    """Days by the weeks or months in which they fall."""
    found: dict[str, Days] = {}
    for day in days:
        period = iso_week(day) if per == "week" else f"{day:%Y-%m}"
        found[period] = Days(found[period].first if period in found else day, day)
    yield from found.items()
