"""What could be done, played with the same random numbers: a rehearsal, a person, a window, an early start.

What a measure costs is counted in person-days, so that one can be held against another: a rehearsal takes what the
policy says of it, else a day of each of the wave's crew; a person more five days a week; a window more a day of the
largest crew, which is kept ready for it; an early start two weeks of whoever runs the programme.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from waveplan.domain.inventory import Inventory
from waveplan.domain.simulated import CounterMeasure, RiskShare
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.problem import RiskProblem, RiskUnit
from waveplan.planning.facts.rehearsing import rehearsal_effort
from waveplan.simulation.comparing import RiskComparison
from waveplan.simulation.dates import watched_dates
from waveplan.simulation.gains import PlayedMeasure, judged
from waveplan.simulation.pulling import pulled
from waveplan.simulation.simulating import scene_for, with_risks
from waveplan.simulation.spare_windows import SpareWindows
from waveplan.simulation.staging import KnownSoFar, Staging, staged
from waveplan.simulation.telling import SimulationTelling

EARLIER = 14  # days by which the programme is begun sooner
PERSON = 5  # person-days a week of one person more
_START_DAYS = 10.0  # person-days of an early start
_REHEARSAL_DAYS = 4.0  # person-days of a rehearsal of which nothing is said
_RATES = ("gates", "cutovers")
_MOST = 3  # waves, groups of waves and windows that are tried
_OFTEN = 0.02  # chance of an overloaded week from which on one person more is worth trying


def measures_of(
    comparison: RiskComparison, inventory: Inventory, shares: Sequence[RiskShare], stop: threading.Event
) -> list[CounterMeasure]:
    """Every measure that was tried: what is proposed first, from the cheapest on, each of which wins more."""
    found: list[PlayedMeasure] = []
    for each in _tried(comparison, inventory, shares):
        if stop.is_set():
            break
        found.append(each)
    return judged(comparison, found)


def _tried(comparison: RiskComparison, inventory: Inventory, shares: Sequence[RiskShare]) -> Iterator[PlayedMeasure]:
    yield from _rehearsals(comparison, shares)
    yield from _people(comparison, shares)
    for spare in SpareWindows(comparison, inventory).days(_MOST):
        yield from _replayed(comparison, spare.inventory, "slot", spare.day.isoformat(), _reserve(comparison.staging))
    yield from _start(comparison, inventory)


# --- a rehearsal that halves rates ---------------------------------------------------------------------------------


def _rehearsals(comparison: RiskComparison, shares: Sequence[RiskShare]) -> Iterator[PlayedMeasure]:
    """One rehearsal more for each of the waves that carry most of a risk, and for all that an entry is about."""
    staging, tried = comparison.staging, set[frozenset[str]]()
    rates = [share for share in shares if share.what in _RATES and share.mean_days > 0]
    rates.sort(key=lambda each: -each.mean_days)
    carriers = dict.fromkeys(wave for rank in range(_MOST) for each in rates for wave in each.waves[rank : rank + 1])
    for wave in list(carriers)[:_MOST]:
        tried.add(frozenset({wave}))
        yield _rehearsed(comparison, "rehearsal", wave, {wave})
    for share in rates[:_MOST]:
        waves = set(_waves_under(staging, share))
        if frozenset(waves) not in tried:
            tried.add(frozenset(waves))
            kind, subject = ("rehearsals", share.id) if len(waves) > 1 else ("rehearsal", min(waves))
            if len(waves) == len(staging.waves):
                subject = ""  # all of them
            yield _rehearsed(comparison, kind, subject, waves)


def _waves_under(staging: Staging, share: RiskShare) -> Iterator[str]:
    for wave, entries in zip(staging.waves, staging.entries, strict=True):
        if share.number == (entries.gate if share.what == "gates" else entries.cutover):
            yield wave


def _rehearsed(comparison: RiskComparison, kind: str, subject: str, waves: set[str]) -> PlayedMeasure:
    staging = comparison.staging
    numbers = [number for number, wave in enumerate(staging.waves) if wave in waves]
    units = tuple(_halved(unit) if n in numbers else unit for n, unit in enumerate(staging.problem.units))
    cost = sum(_rehearsal_cost(staging, number) for number in numbers)
    names = tuple(staging.waves[number] for number in numbers)
    return replace(_changed(comparison, replace(staging.problem, units=units), kind, subject, cost), waves=names)


def _halved(unit: RiskUnit) -> RiskUnit:
    """Half as likely a no-go, and half as likely a rollback."""
    halves = {name: getattr(unit, name) // 2 for name in ("no_chance", "back_chance", "back_next")}
    return replace(unit, **halves)


def _rehearsal_cost(staging: Staging, number: int) -> float:
    facts = staging.facts
    lots = [facts.lots[lot] for lot in staging.lots[number]]
    stated = max(
        (
            sum(float(rehearsal_effort(facts, rehearsal, lot, team)) for lot in lots for team in rehearsal.effort)
            for rehearsal in facts.policy(lots[0]).rehearsals
        ),
        default=0.0,
    )
    return stated or _crew(staging, number) or _REHEARSAL_DAYS


def _crew(staging: Staging, number: int) -> float:
    return float(sum(sum(staging.facts.lots[lot].crew.values()) for lot in staging.lots[number]))


def _reserve(staging: Staging) -> float:
    """What it costs to keep people ready for a night that may be needed."""
    return max(_crew(staging, number) for number in range(len(staging.lots))) or _REHEARSAL_DAYS


# --- one person more -----------------------------------------------------------------------------------------------


def _people(comparison: RiskComparison, shares: Sequence[RiskShare]) -> Iterator[PlayedMeasure]:
    """One person more of a team: in the weeks in which it often has too much to do, or while an event may take some."""
    staging = comparison.staging
    for team, first, last in dict.fromkeys([*_overloaded(comparison), *_weakened(comparison, shares)]):
        number = (last - first).days // 7 + 1
        changed = _strengthened(staging, team, first, last + dt.timedelta(days=6))
        yield _changed(comparison, changed, "person", f"{team} {first}/{last}", float(PERSON * number))


def _overloaded(comparison: RiskComparison) -> Iterator[tuple[str, dt.date, dt.date]]:
    often: dict[str, list[dt.date]] = {}
    for week in SimulationTelling(comparison.staging, comparison.base).overloaded():
        if week.chance >= _OFTEN:
            often.setdefault(week.team, []).append(week.monday)
    for team, mondays in sorted(often.items()):
        yield team, min(mondays), max(mondays)


def _weakened(comparison: RiskComparison, shares: Sequence[RiskShare]) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Teams of events that cost something, as long as these may strike or last, to the plan's last wave."""
    staging = comparison.staging
    costly = {share.id for share in shares if share.what == "event" and share.mean_days > 0}
    waves = staging.plan.waves_in_order()
    for event in staging.risks.events:
        first, last = event.between(waves[0].date, waves[-1].date)
        last += dt.timedelta(days=int(event.days.high or event.days.p90 or 0))
        first, last = (_monday(max(first, staging.facts.start)), _monday(min(last, waves[-1].date)))
        for effect in event.effects:
            if effect.team is not None and event.id in costly and first <= last:
                yield effect.team, first, last


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _strengthened(staging: Staging, name: str, first: dt.date, last: dt.date) -> RiskProblem:
    """The problem with one person more of a team, in its weeks, its windows and on call."""
    problem, day = staging.problem, staging.facts.day
    team = [each.id for each in staging.facts.inventory.teams].index(name)
    weeks = tuple(
        replace(week, offer=week.offer + PERSON * by.WHOLE) if whose == name and first <= monday <= last else week
        for week, (whose, monday) in zip(problem.weeks, staging.week_names, strict=True)
    )
    offers = list(problem.offers)
    days = range(day(first), day(last) + 1)
    offers[team] = [offer + by.WHOLE if offer and n in days else offer for n, offer in enumerate(offers[team])]
    crews = tuple(
        replace(each, limit=each.limit + 1) if each.team == team and each.day in days else each
        for each in problem.crew_days
    )
    return replace(problem, weeks=weeks, offers=tuple(offers), crew_days=crews)


# --- what changes the calendar -------------------------------------------------------------------------------------


def _start(comparison: RiskComparison, inventory: Inventory) -> Iterator[PlayedMeasure]:
    """The whole programme begun sooner: every wave in the first place that rules then allow, in its order."""
    if comparison.staging.problem.today >= 0:
        return
    programme = inventory.programme
    sooner = programme.start - dt.timedelta(days=EARLIER)
    changed = inventory.model_copy(
        update={
            "programme": programme.model_copy(update={"start": sooner}),
            "risks": inventory.risks.beginning(programme.start),
        }
    )
    yield from _replayed(comparison, changed, "start", sooner.isoformat(), _START_DAYS, pull=True)


def _replayed(
    comparison: RiskComparison, inventory: Inventory, kind: str, subject: str, cost: float, *, pull: bool = False
) -> Iterable[PlayedMeasure]:
    """The plan on another inventory, with the same numbers; nothing when it has no place there."""
    staging = staged(comparison.staging.plan, inventory, KnownSoFar())
    if pull:
        staging = pulled(staging)
    scene = scene_for(staging.problem)
    if scene is None:
        return ()
    dates = watched_dates(staging, inventory)
    return (PlayedMeasure(kind, subject, cost, comparison.play(scene), staging, dates),)


def _changed(comparison: RiskComparison, problem: RiskProblem, kind: str, subject: str, cost: float) -> PlayedMeasure:
    """The plan where something else may go wrong, with the same numbers."""
    results = comparison.play(with_risks(comparison.scene, problem))
    return PlayedMeasure(kind, subject, cost, results, comparison.staging, comparison.dates)
