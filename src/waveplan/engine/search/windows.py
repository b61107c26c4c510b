"""Windows, flattened: hours of work, links and who shares their time, the longest downtimes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.limits import Amounts
from waveplan.engine.search import layout as at
from waveplan.engine.search.tables import Tables, bits

_EVERYTHING = -1
_ANY_WORK = 2**62


class _Links:
    """Terms, pools and sets of lots, numbered as they come up."""

    def __init__(self) -> None:
        self.pools: dict[int, int] = {}
        self.sets: dict[frozenset[int], int] = {}
        self.terms: list[int] = []
        self._known: dict[tuple[tuple[int, int, int], ...], tuple[int, int]] = {}

    def span(self, terms: tuple[tuple[int, int, int], ...]) -> tuple[int, int]:
        """Where some terms stand; equal ones stand once."""
        if terms not in self._known:
            first = len(self.terms) // 3
            for pool, position, weight in terms:
                self.terms += (self.pools.setdefault(pool, len(self.pools)), position, weight)
            self._known[terms] = (first, len(self.terms) // 3)
        return self._known[terms]

    def group(self, lots: frozenset[int] | None) -> int:
        """The number of a set of lots."""
        return _EVERYTHING if lots is None else self.sets.setdefault(lots, len(self.sets))


def add_windows(tables: Tables, problem: PlanningProblem) -> bool:
    """Write windows; returns whether any of their rules can bind."""
    links, places = _Links(), len(problem.positions)
    fits: list[list[int]] = [[] for _ in range(places)]
    downs: list[list[int]] = [[] for _ in range(places)]
    watch: list[set[int]] = [{position} for position in range(places)]
    for fit in problem.window_fits:
        group, zone = links.group(fit.users), links.group(fit.zone_lots)
        most_work = _ANY_WORK if fit.most_work is None else fit.most_work
        fits[fit.position] += (fit.work, fit.room, group, zone, *links.span(fit.terms), fit.least_work, most_work)
        _watched(watch, fit.position, fit.terms)
    for down in problem.downtimes:
        downs[down.position] += (down.lot, links.group(down.users), down.limit, *links.span(down.terms))
        _watched(watch, down.position, down.terms)
    tables.ragged(at.FIT_PTR, at.FIT, fits, 8)
    tables.ragged(at.DOWN_PTR, at.DOWN, downs, 5)
    tables.table(at.TERM, links.terms)
    tables.table(at.SETS, bits(list(links.sets), len(problem.lots)))
    amounts = np.zeros((len(links.pools), len(problem.lots)), np.int64)
    for pool, number in links.pools.items():
        amounts[number, list(problem.pools[pool].amounts)] = list(problem.pools[pool].amounts.values())
    tables.table(at.LINK_AMOUNT, amounts)
    tables.ragged(at.WATCH_PTR, at.WATCH, [sorted(near) for near in watch])
    return _add_work(tables, problem) or bool(problem.window_fits or problem.downtimes)


def _watched(watch: list[set[int]], position: int, terms: Iterable[tuple[int, int, int]]) -> None:
    for _, other, _ in terms:
        watch[other].add(position)


def _add_work(tables: Tables, problem: PlanningProblem) -> bool:
    work = problem.work
    most = 0
    kinds: tuple[tuple[int, Amounts], ...] = (
        (at.CUTOVER, work.cutover),
        (at.TEST, work.test),
        (at.ROLLBACK, work.rollback),
        (at.TRANSPORT, work.transport),
    )
    for name, hours in kinds:
        by_lot = np.zeros(len(problem.lots), np.int64)
        by_lot[list(hours)] = list(hours.values())
        tables.table(name, by_lot)
        most += max(hours.values(), default=0)
    tables.table(at.HOURS, work.hours)
    return most > min(work.hours, default=0)
