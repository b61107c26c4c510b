"""Groups of lots, flattened: orders between groups, and preludes."""

from __future__ import annotations

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.search import layout as at
from waveplan.engine.search.levels import Levels
from waveplan.engine.search.tables import Tables


def add_groups(tables: Tables, problem: PlanningProblem, levels: Levels) -> None:
    """Write what holds for groups of lots."""
    _add_orders(tables, problem, levels)
    _add_preludes(tables, problem)


def _add_orders(tables: Tables, problem: PlanningProblem, levels: Levels) -> None:
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
