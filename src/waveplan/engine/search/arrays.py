"""The problem as one flat array, for compiled code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import layout as at
from waveplan.engine.search.amounts import add_amounts
from waveplan.engine.search.care import add_care
from waveplan.engine.search.levels import Clashes, Levels
from waveplan.engine.search.tables import Ints, Tables, bits
from waveplan.engine.search.windows import add_windows


@dataclass(frozen=True)
class Bounds:
    """What a search must keep to: positions by lot, and the worst values of goals that are held."""

    allowed: Sequence[Iterable[int]]
    most_waves: int = at.NO_LIMIT
    most_coexistence: int = at.NO_LIMIT  # in the ties' own scale
    most_moved: int = at.NO_LIMIT
    most_peak: Fraction | None = None
    most_risk: Fraction | None = None


def arrays_of(problem: PlanningProblem, bounds: Bounds, goal: int = at.COEXISTENCE) -> Ints:
    """Flatten a problem, with what must be held and the goal that is to become smaller."""
    tables = Tables(at.PROBLEM_HEADER)
    lots, positions = len(problem.lots), len(problem.positions)
    tables.number(at.LOTS, lots)
    tables.number(at.POSITIONS, positions)
    tables.number(at.STREAMS, len(problem.streams))
    tables.number(at.STAGES, max(len(rules.stages) for rules in problem.streams))
    tables.number(at.GOAL, goal)
    tables.number(at.MOST_WAVES, bounds.most_waves)
    tables.number(at.MOST_VALUE, bounds.most_coexistence)
    tables.number(at.MOST_MOVED, bounds.most_moved)
    most_risk = at.NO_LIMIT if bounds.most_risk is None else floor(bounds.most_risk * at.RISK_SCALE)
    tables.number(at.MOST_RISK, most_risk)
    risky = goal == at.CRITICALITY_RISK or bounds.most_risk is not None
    tables.number(at.RISKY, int(risky))
    tables.number(at.WORDS, (positions + 63) // 64)
    tables.number(at.LOT_WORDS, (lots + 63) // 64)
    _add_positions(tables, problem)
    _add_lots(tables, problem, bounds)
    _add_ties(tables, problem)
    levels = _add_orders(tables, problem)
    _add_group_orders(tables, problem, levels)
    _add_preludes(tables, problem)
    tables.table(at.LEVEL, levels.rows or [0])
    _add_sequence(tables, problem, risky)
    add_amounts(tables, problem, _budget_limits(problem, bounds.most_peak))
    deep = add_care(tables, problem)
    deep = add_windows(tables, problem) or deep
    tables.number(at.DEEP, int(deep))
    return tables.array()


def _budget_limits(problem: PlanningProblem, peak: Fraction | None) -> list[int]:
    limits = [budget.limit for budget in problem.budgets]
    if peak is None:
        return limits
    for number in problem.peaks:
        limits[number] = min(limits[number], floor(limits[number] * peak))
    return limits


def _add_positions(tables: Tables, problem: PlanningProblem) -> None:
    tables.table(at.DAY, [place.day for place in problem.positions])
    tables.table(at.RANK, [place.rank for place in problem.positions])
    tables.table(at.WEEK, [place.week for place in problem.positions])
    done = frozenset[int]().union(*(rules.done for rules in problem.streams))
    tables.table(at.DONE, [int(place.index in done) for place in problem.positions])
    tables.table(at.STREAM_OF, [place.stream for place in problem.positions])
    tables.table(at.STREAM_PTR, [rules.positions[0] for rules in problem.streams] + [len(problem.positions)])


def _add_lots(tables: Tables, problem: PlanningProblem, bounds: Bounds) -> None:
    home = np.full(len(problem.lots), at.NO_DAY, np.int64)
    for lot, day in problem.baseline_day.items():
        home[lot] = day
    needed = np.ones(len(problem.lots), np.int64)
    for rules in problem.streams:
        for lot, ordinal in rules.earliest_wave.items():
            needed[lot] = ordinal
    tables.table(at.LOT_STREAM, problem.lot_stream)
    tables.table(at.ALLOWED, bits(bounds.allowed, len(problem.positions)))
    tables.table(at.POINTS, problem.points)
    tables.table(at.SHARE, [-(-at.RISK_SCALE // ordinal) for ordinal in range(1, len(problem.positions) + 1)] or [0])
    tables.table(at.HOME_DAY, home)
    tables.table(at.NEEDED, needed)


def _add_ties(tables: Tables, problem: PlanningProblem) -> None:
    near: list[list[int]] = [[] for _ in problem.lots]
    for tie in problem.ties:
        near[tie.first] += (tie.second, tie.weight)
        near[tie.second] += (tie.first, tie.weight)
    tables.ragged(at.TIE_PTR, at.TIE, near, 2)


def _add_orders(tables: Tables, problem: PlanningProblem) -> Levels:
    levels, clashes = Levels(len(problem.positions)), Clashes(len(problem.positions))
    before: list[list[int]] = [[] for _ in problem.lots]
    after: list[list[int]] = [[] for _ in problem.lots]
    for precedence in problem.precedences:
        rows = (levels.row(precedence.earliest), levels.row(precedence.levels), clashes.row(precedence.clashes))
        before[precedence.second] += (precedence.first, *rows, int(precedence.leads))
        after[precedence.first] += (precedence.second, *rows, int(precedence.leads))
    apart: list[list[int]] = [[] for _ in problem.lots]
    for pair in problem.aparts:
        apart[pair.first].append(pair.second)
        apart[pair.second].append(pair.first)
    for pointer, name, orders in ((at.BEFORE_PTR, at.BEFORE, before), (at.AFTER_PTR, at.AFTER, after)):
        tables.ragged(pointer, name, orders, 5)
    tables.ragged(at.CLASH_PTR, at.CLASH, clashes.rows)
    tables.ragged(at.APART_PTR, at.APART, apart)
    return levels


def _add_sequence(tables: Tables, problem: PlanningProblem, numbered: bool) -> None:
    stages = max(len(rules.stages) for rules in problem.streams)
    shape = (len(problem.streams), stages)
    gap, week, end = np.zeros(shape, np.int64), np.full(shape, at.NO_LIMIT), np.full(shape, at.NO_LIMIT)
    for number, rules in enumerate(problem.streams):
        total = 0
        for stage, entry in enumerate(rules.stages):
            total += entry.waves or 0
            gap[number, stage] = entry.min_gap_days
            week[number, stage] = at.NO_LIMIT if entry.max_waves_per_week is None else entry.max_waves_per_week
            end[number, stage] = at.NO_LIMIT if entry.waves is None else total
    tables.table(at.STAGE_GAP, gap)
    tables.table(at.STAGE_WEEK, week)
    tables.table(at.STAGE_END, end)
    plain = [len(rules.stages) == 1 and not rules.earliest_wave and not numbered for rules in problem.streams]
    tables.table(at.PLAIN, plain)


def _add_group_orders(tables: Tables, problem: PlanningProblem, levels: Levels) -> None:
    entries: list[list[int]] = [[] for _ in problem.lots]
    highest = 0
    for number, order in enumerate(problem.group_orders):
        for waits, members in enumerate((order.firsts, order.seconds)):
            for lot, table in members.items():
                entries[lot] += (number, levels.row(table), waits)
                highest = max(highest, *table.values())
    tables.ragged(at.GROUP_PTR, at.GROUP, entries, 3)
    tables.table(at.FIRSTS, [len(order.firsts) if order.leads else 0 for order in problem.group_orders])
    tables.number(at.GROUP_ORDERS, len(problem.group_orders))
    tables.number(at.LEVELS, highest + 1)


def _add_preludes(tables: Tables, problem: PlanningProblem) -> None:
    days = sorted(problem.day_positions)
    index = {day: number for number, day in enumerate(days)}
    led: list[list[int]] = [[] for _ in problem.lots]
    opens = np.zeros((len(problem.preludes), len(days)), np.int64)
    for number, prelude in enumerate(problem.preludes):
        for lot in prelude.lots:
            led[lot].append(number)
        opens[number, [index[day] for day in prelude.days if day in index]] = 1
    tables.ragged(at.LEAD_PTR, at.LEAD, led)
    tables.number(at.PRELUDES, len(problem.preludes))
    tables.number(at.DAYS, len(days))
    tables.table(at.DAY_INDEX, [index[place.day] for place in problem.positions])
    tables.table(at.DAY_PLACE, [problem.day_positions[day] for day in days])
    tables.table(at.OPENS, opens)
