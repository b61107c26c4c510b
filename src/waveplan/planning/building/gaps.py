"""Gaps that orders ask for: working days at least, days at most; and how long two ends may coexist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from waveplan.domain.items import Item, Step
from waveplan.domain.rules import Rule
from waveplan.domain.work import Dependency
from waveplan.engine.problem.orders import GroupOrder, Precedence
from waveplan.planning.building.levels import LevelTables

Keyed = tuple[Precedence, tuple[object, ...]]
Placed = tuple[int, tuple[str, ...]]  # a lot, and the sites of one of its items


class GapBuilder:
    """Builds what orders say of days between their two ends; each precedence with a key for those that are equal."""

    def __init__(self, tables: LevelTables) -> None:
        self._tables = tables

    def days_at_least(self, code: str, first: int, second: int, days: int, name: str) -> Keyed:
        """So many days later; without any, on one date, in one wave or in a window that starts later."""
        earliest, levels = self._tables.days_later(days), self._tables.days
        key = (code, first, second, "days", days)
        if days:
            return Precedence(code, first, second, earliest, levels, name=name), key
        clashes = self._tables.other_waves_of_the_day(first, second)
        return Precedence(code, first, second, earliest, levels, clashes, name), key

    def of_an_order(
        self, code: str, lots: tuple[int, int], second: Item, gaps: Dependency | Step | Rule, name: str
    ) -> Iterator[Keyed]:
        """Working days of an order between two lots; `second` is the item that waits."""
        days = gaps.min_gap_working_days
        if days:
            earliest, levels = self._tables.working_days_later(second.places, days), self._tables.days
            yield Precedence(code, *lots, earliest, levels, name=name), (code, *lots, "working", days, second.places)

    def at_most(self, lots: tuple[int, int], gaps: Dependency | Step | Rule, name: str) -> Iterator[Keyed]:
        """WP350: the most days of an order between two lots."""
        if gaps.max_gap_days is not None:
            yield self._at_most("WP350", *lots, gaps.max_gap_days, name)

    def batches(self, lots: Sequence[int], most: int | None, name: str) -> Iterator[Keyed]:
        """WP354: lots of batches, each in the wave of the one before or later, and so many days in all."""
        waves = self._tables.waves
        for pair in pairwise(lots):
            yield Precedence("WP354", *pair, waves, waves, name=name), ("WP354", *pair)
        if most is not None:
            yield self._at_most("WP354", lots[0], lots[-1], most, name)

    def coexistence(self, one: int, other: int, days: int, name: str) -> Iterator[Keyed]:
        """WP351: two lots at most so many days apart, whichever goes first."""
        yield self._at_most("WP351", one, other, days, name)
        yield self._at_most("WP351", other, one, days, name)

    def _at_most(self, code: str, first: int, second: int, days: int, name: str) -> Keyed:
        """The first is at most so many days before the second: an order the other way round."""
        earliest, levels = self._tables.days_later(-days), self._tables.days
        order = Precedence(code, second, first, earliest, levels, name=name, leads=False)
        return order, (code, second, first, "at most", days)

    def of_groups(self, rule: Rule, firsts: Sequence[int], seconds: Sequence[Placed]) -> Iterator[GroupOrder]:
        """Working days of a rule over so many lots that pairs of them would be too many."""
        days = self._tables.days
        for places in sorted({places for _, places in seconds}) if rule.min_gap_working_days else ():
            earliest = self._tables.working_days_later(places, rule.min_gap_working_days)
            there = dict.fromkeys((lot for lot, its in seconds if its == places), days)
            yield GroupOrder("WP314", rule.id, dict.fromkeys(firsts, earliest), there)

    def groups_at_most(self, rule: Rule, firsts: Sequence[int], seconds: Sequence[int]) -> Iterator[GroupOrder]:
        """WP350 of such a rule."""
        if rule.max_gap_days is not None and firsts and seconds:
            latest = self._tables.days_later(-rule.max_gap_days)
            ends = (dict.fromkeys(seconds, latest), dict.fromkeys(firsts, self._tables.days))
            yield GroupOrder("WP350", rule.id, *ends, leads=False)
