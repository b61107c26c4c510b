"""Groups of lots, flattened: orders between groups, and preludes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from waveplan.domain.problem import PlanningProblem
from waveplan.planning.search import layout as at
from waveplan.planning.search.tables import Ints, Tables


class Earliest:
    """Rows of ranks by position, one for all orders that share a table."""

    def __init__(self, positions: int) -> None:
        self.rows: list[Ints] = []
        self._positions = positions
        self._known: dict[int, int] = {}

    def row(self, earliest: Mapping[int, int]) -> int:
        """The row of a table; it must live as long as this."""
        row = self._known.setdefault(id(earliest), len(self.rows))
        if row == len(self.rows):
            ranks = np.zeros(self._positions, np.int64)
            ranks[list(earliest)] = list(earliest.values())
            self.rows.append(ranks)
        return row


def add_groups(tables: Tables, problem: PlanningProblem, earliest: Earliest) -> None:
    """Write what holds for groups of lots."""
    _add_orders(tables, problem, earliest)
    _add_preludes(tables, problem)


def _add_orders(tables: Tables, problem: PlanningProblem, earliest: Earliest) -> None:
    entries: list[list[int]] = [[] for _ in problem.lots]
    highest = max((place.rank for place in problem.positions), default=0)
    for number, order in enumerate(problem.group_orders):
        for lot, ranks in order.firsts.items():
            entries[lot] += (number, earliest.row(ranks))
            highest = max(highest, *ranks.values())
        for lot in order.seconds:
            entries[lot] += (number, at.NOWHERE)
    tables.ragged(at.GROUP_PTR, at.GROUP, entries, 2)
    tables.table(at.FIRSTS, [len(order.firsts) for order in problem.group_orders])
    tables.number(at.GROUP_ORDERS, len(problem.group_orders))
    tables.number(at.RANKS, highest + 1)


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
