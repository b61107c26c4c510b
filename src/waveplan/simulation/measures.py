"""What could be done, played with the same random numbers: a window, a person, a rehearsal, an early start."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from waveplan.domain.calendar_rules import Window
from waveplan.domain.inventory import Inventory
from waveplan.domain.simulated import CounterMeasure, RiskShare
from waveplan.engine.simulation.layout import WHOLE
from waveplan.engine.simulation.problem import RiskUnit
from waveplan.simulation.comparing import RiskComparison
from waveplan.simulation.dates import watched_dates
from waveplan.simulation.pulling import pulled
from waveplan.simulation.simulating import scene_for, with_risks
from waveplan.simulation.staging import KnownSoFar, staged
from waveplan.simulation.telling import SimulationTelling

EARLIER = 14  # days by which the programme is begun sooner
PERSON = 5  # person-days a week of one person more
_REHEARSED = ("gates", "cutovers")
_REHEARSAL_DAYS = 4.0  # person-days of one wave's rehearsal more
_OFTEN = 0.02  # chance of an overloaded week from which on one person more is worth trying


def measures_of(
    comparison: RiskComparison, inventory: Inventory, shares: Sequence[RiskShare], stop: threading.Event
) -> list[CounterMeasure]:
    """Every measure that can be tried, the cheapest first among those that win as much."""
    found: list[CounterMeasure] = []
    for each in _tried(comparison, inventory, shares):
        if stop.is_set():
            break
        found.append(each)
    return sorted(found, key=lambda each: (-each.p80_days, -each.mean_days, each.person_days, each.kind, each.subject))


def _tried(comparison: RiskComparison, inventory: Inventory, shares: Sequence[RiskShare]) -> Iterator[CounterMeasure]:
    for share in shares:
        if share.what in _REHEARSED and share.mean_days > 0:
            yield _rehearsal(comparison, share)
    yield from _people(comparison)
    yield from _windows(comparison, inventory)
    yield from _start(comparison, inventory)


# --- a rehearsal that halves a rate --------------------------------------------------------------------------------


def _rehearsal(comparison: RiskComparison, share: RiskShare) -> CounterMeasure:
    """One rehearsal more for the wave that carries most of a risk: its chance is halved."""
    staging = comparison.staging
    wave = share.waves[0] if share.waves else staging.waves[0]
    units = tuple(
        _halved(unit, share.what) if name == wave else unit
        for unit, name in zip(staging.problem.units, staging.waves, strict=True)
    )
    results = comparison.play(with_risks(comparison.scene, replace(staging.problem, units=units)))
    return comparison.measure("rehearsal", wave, _REHEARSAL_DAYS, results)


def _halved(unit: RiskUnit, what: str) -> RiskUnit:
    if what == "gates":
        return replace(unit, no_chance=unit.no_chance // 2)
    return replace(unit, back_chance=unit.back_chance // 2, back_next=unit.back_next // 2)


# --- one person more -----------------------------------------------------------------------------------------------


def _people(comparison: RiskComparison) -> Iterator[CounterMeasure]:
    """One person more of a team in the weeks in which it often has too much to do."""
    staging = comparison.staging
    often: dict[str, list[dt.date]] = {}
    for week in SimulationTelling(staging, comparison.base).overloaded():
        if week.chance >= _OFTEN:
            often.setdefault(week.team, []).append(week.monday)
    teams = [team.id for team in staging.facts.inventory.teams]
    for team, mondays in sorted(often.items()):
        first, last = min(mondays), max(mondays)
        weeks = tuple(
            replace(week, offer=week.offer + PERSON * WHOLE) if name == team and first <= monday <= last else week
            for week, (name, monday) in zip(staging.problem.weeks, staging.week_names, strict=True)
        )
        offers = list(staging.problem.offers)
        row = list(offers[teams.index(team)])
        for day in range(staging.facts.day(first), staging.facts.day(last) + 5):
            if 0 <= day < len(row) and row[day]:
                row[day] += WHOLE
        offers[teams.index(team)] = row
        changed = replace(staging.problem, weeks=weeks, offers=tuple(offers))
        results = comparison.play(with_risks(comparison.scene, changed))
        number = (last - first).days // 7 + 1
        yield comparison.measure("person", f"{team} {first}/{last}", float(PERSON * number), results)


# --- a spare window, an early start --------------------------------------------------------------------------------


def _windows(comparison: RiskComparison, inventory: Inventory) -> Iterator[CounterMeasure]:
    """One window more before each hard date: on the last day before it on which its kind could open and does not."""
    staging = comparison.staging
    telling, known = SimulationTelling(staging, comparison.base), set[str]()
    for watched in watched_dates(staging, inventory):
        estimate = telling.date(watched)
        if watched.limit is None or estimate.in_time is None or estimate.in_time.value >= 1:
            continue
        found = _spare(comparison, inventory, watched.limit)
        if found is not None and found.subject not in known:
            known.add(found.subject)
            yield found


def _spare(comparison: RiskComparison, inventory: Inventory, limit: dt.date) -> CounterMeasure | None:
    windows = list(inventory.calendar.windows)
    known = comparison.staging.facts.calendar.slots
    taken = {slot.date for slot in known}
    last = comparison.staging.plan.waves_in_order()[-1]
    model = next((each for each in windows if each.id == last.slot.window), None)
    if model is None or model.hours is None:
        return None
    hypercare = (last.hypercare_last_day - last.date).days
    day = limit - dt.timedelta(days=hypercare + 1)
    calendar = comparison.staging.facts.calendar
    closed = [calendar.closures(freeze) for freeze in inventory.calendar.freezes if freeze.match is None]
    while day > inventory.programme.start and (day in taken or any(each.holds(day) for each in closed)):
        day -= dt.timedelta(days=1)
    spare = Window.model_validate(
        {"id": "spare", "dates": [day], "from": model.start, "hours": model.hours, "match": model.match}
    )
    rules = inventory.calendar.model_copy(update={"windows": [*windows, spare]})
    changed = inventory.model_copy(update={"calendar": rules})
    return _replayed(comparison, changed, "slot", day.isoformat(), 0.0)


def _start(comparison: RiskComparison, inventory: Inventory) -> Iterator[CounterMeasure]:
    """The whole programme begun sooner: every wave in the first place that rules then allow, in its order."""
    if comparison.staging.problem.today >= 0:
        return
    programme = inventory.programme
    sooner = programme.start - dt.timedelta(days=EARLIER)
    changed = inventory.model_copy(update={"programme": programme.model_copy(update={"start": sooner})})
    found = _replayed(comparison, changed, "start", sooner.isoformat(), 0.0, pull=True)
    if found is not None:
        yield found


def _replayed(
    comparison: RiskComparison, inventory: Inventory, kind: str, subject: str, cost: float, *, pull: bool = False
) -> CounterMeasure | None:
    """The plan on another inventory, with the same numbers; None when it has no place there."""
    staging = staged(comparison.staging.plan, inventory, KnownSoFar())
    if pull:
        staging = pulled(staging)
    scene = scene_for(staging.problem)
    if scene is None:
        return None
    dates = watched_dates(staging, inventory)
    return comparison.measured_elsewhere(kind, subject, cost, comparison.play(scene), staging, dates)
