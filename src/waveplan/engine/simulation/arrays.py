"""What may go wrong as one flat array, and the beginning of a history as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from waveplan.engine.search.tables import Ints, Tables
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.problem import Charges, RiskProblem, RiskUnit


def risk_arrays(problem: RiskProblem, draws: int) -> Ints:
    """Flatten what may go wrong; so many dimensions have a column of the sample."""
    tables = Tables(by.RISK_HEADER)
    _add_numbers(tables, problem, draws)
    _add_units(tables, problem.units)
    _add_work(tables, problem)
    _add_efforts(tables, problem)
    _add_places(tables, problem)
    _add_weeks(tables, problem)
    _add_milestones(tables, problem)
    _add_events(tables, problem)
    tables.table(by.SPREAD, [value for spread in problem.spreads for value in spread] or [0])
    return tables.array()


def _add_numbers(tables: Tables, problem: RiskProblem, draws: int) -> None:
    units = len(problem.units)
    tables.number(by.UNITS, units)
    tables.number(by.PLACES, len(problem.planning.positions))
    tables.number(by.TEAMS, len(problem.offers))
    tables.number(by.ROWS, len(problem.weeks))
    tables.number(by.CREWS, len(problem.crew_days))
    tables.number(by.PAIRS, problem.pairs)
    tables.number(by.MILESTONES, len(problem.milestones))
    tables.number(by.EVENTS, len(problem.events))
    tables.number(by.EFFECTS, sum(len(event.effects) for event in problem.events))
    tables.number(by.DRAWS, draws)
    dimension = 0
    sizes = (3 * len(problem.events), len(problem.milestones), by.TRIES * units * 3, problem.efforts)
    for name, size in zip((by.DIM_EVENT, by.DIM_MILESTONE, by.DIM_TRY, by.DIM_EFFORT), sizes, strict=True):
        tables.number(name, dimension)
        dimension += size
    tables.number(by.DIM_LATE, dimension)
    tables.number(by.TODAY, problem.today)
    tables.number(by.DAYS, max((len(offer) for offer in problem.offers), default=0))
    tables.number(by.ANY_EFFORT, int(any(unit.efforts for unit in problem.units)))
    links = any(effect.kind == by.LINK for event in problem.events for effect in event.effects)
    tables.number(by.LINKED, int(links))


def _add_units(tables: Tables, units: Sequence[RiskUnit]) -> None:
    tables.ragged(by.UNIT_PTR, by.UNIT_LOT, [unit.lots for unit in units])
    columns = {
        by.HOME: [unit.home for unit in units],
        by.BEGINS_AS: [unit.begins_as for unit in units],
        by.HELD_UNTIL: [unit.held_until for unit in units],
        by.NO_CHANCE: [unit.no_chance for unit in units],
        by.NOTICE: [unit.notice for unit in units],
        by.BACK_CHANCE: [unit.back_chance for unit in units],
        by.BACK_NEXT: [unit.back_next for unit in units],
        by.AGAIN: [unit.again for unit in units],
        by.ATTEMPTS: [unit.attempts for unit in units],
        by.PREPARATION: [unit.preparation for unit in units],
    }
    for name, values in columns.items():
        tables.table(name, values)
    tables.ragged(by.FOLLOW_PTR, by.FOLLOW, [unit.follows for unit in units])
    tables.ragged(by.MILE_PTR, by.MILE, [unit.milestones for unit in units])


def _add_work(tables: Tables, problem: RiskProblem) -> None:
    units = problem.units
    tables.table(by.WORK_SPREAD, [unit.work_spread for unit in units])
    tables.table(by.WORK, [unit.work for unit in units])
    tables.table(by.ROLLBACK, [unit.rollback for unit in units])
    tables.table(by.TRANSPORT, [unit.transport for unit in units])
    crossing = np.zeros((len(units), problem.pairs), np.int64)
    for number, unit in enumerate(units):
        for pair, hours in unit.crossing.items():
            crossing[number, pair] = hours
    tables.table(by.CROSSING, crossing)
    tables.table(by.HOURS, problem.hours)
    tables.ragged(by.NEAR_PTR, by.NEAR, [problem.near.get(place, ()) for place in range(len(problem.hours))])


def _add_efforts(tables: Tables, problem: RiskProblem) -> None:
    rows = [
        [value for entry in unit.efforts.get(team, ()) for value in entry]
        for unit in problem.units
        for team in range(len(problem.offers))
    ]
    tables.ragged(by.EFFORT_PTR, by.EFFORT_OF, rows, 3)


def _add_places(tables: Tables, problem: RiskProblem) -> None:
    places = len(problem.planning.positions)
    tables.table(by.GATE_DAY, [_row(unit.gate_days, places, by.LONG_AGO) for unit in problem.units])
    tables.table(by.RUN_LAST, [_row(unit.last_days, places, by.LONG_AGO) for unit in problem.units])
    allowed = problem.planning.allowed
    free = [
        frozenset(allowed[unit.lots[0]]).intersection(*(allowed[lot] for lot in unit.lots)) for unit in problem.units
    ]
    tables.table(by.USABLE, [[int(place in each) for place in range(places)] for each in free])
    tables.ragged(by.CHARGE_PTR, by.CHARGE, _cells([unit.charges for unit in problem.units], places), 2)
    tables.ragged(by.CREW_PTR, by.CREW, _cells([unit.crews for unit in problem.units], places), 2)


def _row(given: Mapping[int, int], places: int, otherwise: int) -> list[int]:
    return [given.get(place, otherwise) for place in range(places)]


def _cells(by_unit: Sequence[Charges], places: int) -> list[list[int]]:
    none: Sequence[tuple[int, int]] = ()
    return [
        [value for entry in charges.get(place, none) for value in entry]
        for charges in by_unit
        for place in range(places)
    ]


def _add_weeks(tables: Tables, problem: RiskProblem) -> None:
    tables.table(by.ROW_TEAM, [week.team for week in problem.weeks])
    tables.table(by.ROW_MONDAY, [week.monday for week in problem.weeks])
    tables.table(by.ROW_OFFER, [week.offer for week in problem.weeks])
    tables.table(by.ROW_BASE, [week.base for week in problem.weeks])
    tables.table(by.OFFER_DAY, [list(offer) for offer in problem.offers])
    tables.table(by.CREW_TEAM, [day.team for day in problem.crew_days])
    tables.table(by.CREW_LIMIT, [day.limit for day in problem.crew_days])


def _add_milestones(tables: Tables, problem: RiskProblem) -> None:
    tables.table(by.PROMISED, [each.promised for each in problem.milestones])
    tables.table(by.KEPT, [each.kept for each in problem.milestones])
    tables.table(by.LATE_SPREAD, [each.late_spread for each in problem.milestones])
    tables.table(by.LATE_FROM, [each.late_from for each in problem.milestones])


def _add_events(tables: Tables, problem: RiskProblem) -> None:
    events = problem.events
    tables.table(by.STRIKES, [event.chance for event in events])
    tables.table(by.STRIKE_FIRST, [event.first for event in events])
    tables.table(by.STRIKE_LAST, [event.last for event in events])
    tables.table(by.LASTS, [event.lasts for event in events])
    tables.table(by.EFFECT_PTR, np.concatenate(([0], np.cumsum([len(event.effects) for event in events], dtype=int))))
    effects = [effect for event in events for effect in event.effects]
    tables.table(by.KIND, [effect.kind for effect in effects])
    tables.table(by.OF, [effect.of for effect in effects])
    tables.table(by.VALUE, [effect.value for effect in effects])
    hits = [[int(unit in effect.hits) for unit in range(len(problem.units))] for effect in effects]
    tables.table(by.HITS, hits)


def begun_history(problem: RiskProblem) -> Ints:
    """A history before anything is drawn: every unit where it is planned."""
    tables = Tables(by.HISTORY_HEADER)
    units = problem.units
    tables.table(by.PLACE, [unit.home for unit in units])
    tables.table(by.PHASE, [unit.begins_as for unit in units])
    days = {place.index: place.day for place in problem.planning.positions}
    nexts = [days[unit.home] if unit.begins_as == by.START else unit.gate_days[unit.home] for unit in units]
    tables.table(by.NEXT, nexts)
    for name in (by.GATES_HELD, by.CUTOVERS_HELD, by.NO_GOES, by.BACKS, by.TRIAL, by.LIFTED):
        tables.space(name, len(units))
    tables.space(by.PUSHER, len(units), by.NOTHING)
    tables.space(by.SHARE, len(units) * len(problem.offers), by.WHOLE)
    tables.space(by.WEIGHED, len(units) * len(problem.offers), by.WHOLE)
    tables.space(by.SINCE, len(units), by.NEVER)
    tables.space(by.ARRIVES, len(problem.milestones))
    tables.space(by.STRUCK, len(problem.events), by.NEVER)
    tables.space(by.OVER, len(problem.events), by.NEVER)
    tables.space(by.ABSORBED, sum(len(event.effects) for event in problem.events) * len(units))
    load = [week.base for week in problem.weeks]
    manned = [0] * len(problem.crew_days)
    for unit in units:
        for row, amount in unit.charges.get(unit.home, ()):
            load[row] += amount
        for row, people in unit.crews.get(unit.home, ()):
            manned[row] += people
    tables.table(by.LOAD, load)
    tables.table(by.MANNED, manned)
    return tables.array()
