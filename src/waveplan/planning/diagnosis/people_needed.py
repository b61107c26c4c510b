"""When more people are needed: the weeks in which a plan asks more of a team than it had."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from waveplan.change_calendar import ChangeCalendar, Days, iso_week
from waveplan.change_calendar.spans import days_of
from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.planning.diagnosis.fact import Fact


def weeks_needed(fact: Fact, before: Inventory, after: Inventory, plan: Plan) -> Phrase | None:
    """A note on the weeks in which the plan needs more than the team's old crew or person-days."""
    if fact.kind == "crew":
        weeks = _weeks_of_crew(fact.subject, before, after, plan)
    elif fact.kind == "person_days":
        weeks = _weeks_of_work(fact.subject, before, plan)
    else:
        return None
    if not weeks:
        return None
    template = "needed in the plan found in {weeks}"
    return Phrase(template, {"weeks": _spans(sorted(weeks))})


def _weeks_of_work(team: str, before: Inventory, plan: Plan) -> set[dt.date]:
    calendar = ChangeCalendar(before)
    found = set()
    for name, load in plan.teams[team].weeks.items() if team in plan.teams else ():
        monday = dt.date.fromisocalendar(int(name[:4]), int(name[-2:]), 1)
        offer = calendar.team_offer(team, monday)
        if offer is not None and load.used > offer:
            found.add(monday)
    return found


def _weeks_of_crew(team: str, before: Inventory, after: Inventory, plan: Plan) -> set[dt.date]:
    calendar, items = ChangeCalendar(before), Items(after)
    members = {lot.id: lot.items for lot in plan.lots}
    rest = next((each.rest_days for each in before.teams if each.id == team), 0)
    used: dict[dt.date, int] = defaultdict(int)
    for wave in plan.waves:
        people = sum(items[item].entry.crew.get(team, 0) for lot in wave.lots for item in members[lot])
        runs = days_of(wave.slot.start, wave.slot.end, calendar.zone)
        for day in Days(runs.first, runs.last + dt.timedelta(days=rest)):
            used[day] += people
    return {calendar.monday_of(day) for day in _over(used, calendar, team)}


def _over(used: Mapping[dt.date, int], calendar: ChangeCalendar, team: str) -> Iterable[dt.date]:
    for day, people in used.items():
        most = calendar.team_crew(team, day)
        if most is not None and people > most:
            yield day


def _spans(mondays: list[dt.date]) -> str:
    """Weeks in a row as one span: "2026-W14 to 2026-W17" is written 2026-W14…2026-W17."""
    spans: list[list[dt.date]] = []
    for monday in mondays:
        if spans and monday - spans[-1][-1] == dt.timedelta(days=7):
            spans[-1].append(monday)
        else:
            spans.append([monday])
    return ", ".join(
        iso_week(span[0]) if len(span) == 1 else f"{iso_week(span[0])}…{iso_week(span[-1])}" for span in spans
    )
