"""How much has cut over beside what was planned, and what it costs that ties are torn apart meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from waveplan.assessment.apart import soft_ties
from waveplan.change_calendar.spans import ONE_DAY, monday_of
from waveplan.domain.history import History
from waveplan.domain.items import Item, Items
from waveplan.domain.plan import Plan
from waveplan.domain.status import BurnUp, BurnUpPoint, CoexistenceToday, Period

_LONG = 120  # days from which on months are counted rather than weeks
Days = Mapping[str, dt.date]


def burn_up(plan: Plan, items: Items, history: History, as_of: dt.date) -> BurnUp:
    """Servers, applications and services that have cut over, each with the last of its items."""
    planned = _planned_days(plan)
    done = {item: outcome.date for item, outcome in history.done.items()}
    holders = _holders(items)
    planned_at = {kind: _complete(things, planned) for kind, things in holders.items() if things}
    done_at = {kind: _complete(things, done) for kind, things in holders.items() if things}
    first, last = _span([planned, done], plan.programme.start)
    per: Period = "month" if (last - first).days > _LONG else "week"
    points = []
    for start, end in _periods(first, last, per):
        reached = _counted(done_at, min(end, as_of)) if start <= as_of else None
        points.append(BurnUpPoint(start, _counted(planned_at, end), reached))
    totals = {kind: len(things) for kind, things in holders.items() if things}
    return BurnUp(per, totals, _counted(done_at, as_of), _counted(planned_at, as_of), tuple(points))


def coexistence_today(plan: Plan, items: Items, history: History, as_of: dt.date) -> CoexistenceToday:
    """Soft ties, each entry for itself, of which one end has moved and the other has not: today, and as planned."""
    done = set(history.done)
    meant = {item for item, day in _planned_days(plan).items() if day <= as_of}
    ties = planned_ties = 0
    weight = planned_weight = Decimal(0)
    for tie in soft_ties(items):
        if not done.isdisjoint(tie.ends) and not done.issuperset(tie.ends):
            ties, weight = ties + 1, weight + tie.weight
        if not meant.isdisjoint(tie.ends) and not meant.issuperset(tie.ends):
            planned_ties, planned_weight = planned_ties + 1, planned_weight + tie.weight
    return CoexistenceToday(ties, weight, planned_ties, planned_weight)


def _planned_days(plan: Plan) -> dict[str, dt.date]:
    lots = plan.lots_by_id()
    return {item: wave.date for wave in plan.waves for lot in wave.lots if lot in lots for item in lots[lot].items}


def _holders(items: Items) -> dict[str, dict[str, list[str]]]:
    """Servers, applications and services at a site, each with the planned items that make it up."""
    found: dict[str, dict[str, list[str]]] = {"servers": {}, "applications": {}, "services": {}}
    for item in items.planned:
        kind = "applications" if item.kind == "application" else "services"
        found[kind].setdefault(_without_step(item), []).append(item.id)
        for server in item.servers:
            found["servers"].setdefault(server.id, []).append(item.id)
    return found


def _without_step(item: Item) -> str:
    if item.batch:
        return item.entry.id
    return item.id.removesuffix(f"/{item.step.id}") if item.step else item.id


def _complete(things: Mapping[str, list[str]], days: Days) -> list[dt.date]:
    """The day of each thing on which the last of its items cut over; none while one has no day."""
    return sorted(max(days[item] for item in items) for items in things.values() if all(item in days for item in items))


def _counted(days: Mapping[str, list[dt.date]], until: dt.date) -> dict[str, int]:
    return {kind: sum(day <= until for day in of_kind) for kind, of_kind in days.items()}


def _span(days: list[dict[str, dt.date]], otherwise: dt.date) -> tuple[dt.date, dt.date]:
    every = [day for of_kind in days for day in of_kind.values()] or [otherwise]
    return min(every), max(every)


def _periods(first: dt.date, last: dt.date, per: Period) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of each week or month from one day to another."""
    start = monday_of(first) if per == "week" else first.replace(day=1)
    while start <= last:
        after = start + 7 * ONE_DAY if per == "week" else (start + 31 * ONE_DAY).replace(day=1)
        yield start, after - ONE_DAY
        start = after
