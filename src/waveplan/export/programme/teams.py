"""Teams with the days on which they are there, from the inventory's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.change_calendar.spans import Days
from waveplan.change_calendar.team_days import TeamDays
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.export.programme.records import TeamView
from waveplan.export.programme.words import plain

_WEEKEND = 5


def team_views(inventory: Inventory, plan: Plan) -> Iterator[TeamView]:
    """Every team of the inventory, by id, then those that only the plan names."""
    days = TeamDays(inventory)
    first, last = _span(plan)
    for team in sorted(inventory.teams, key=lambda each: each.id):
        working = set(days.team_working_days(team.id, Days(first, last)))
        there = {day: days.team_share(team.id, day) for day in Days(first, last) if day in working}
        weekdays = (day for day in Days(first, last) if day.weekday() < _WEEKEND)
        yield TeamView(
            id=plain(team.id),
            name=plain(team.name or ""),
            organisation=plain(team.organisation or ""),
            person_days_per_week=team.person_days_per_week,
            day_rate=team.day_rate,
            days_off=tuple(day for day in weekdays if not there.get(day)),
            share={day: share for day, share in there.items() if 0 < share < 1},
        )
    known = {team.id for team in inventory.teams}
    for name, load in sorted(plan.teams.items()):
        if name not in known:
            yield TeamView(plain(name), "", plain(load.organisation or ""), None, None, ())


def _span(plan: Plan) -> tuple[dt.date, dt.date]:
    """The programme, with whatever of its waves lies outside it."""
    firsts = [plan.programme.start, *(wave.preparation_start for wave in plan.waves)]
    lasts = [plan.programme.deadline, *(wave.hypercare_last_day for wave in plan.waves)]
    return min(firsts), max(lasts)
