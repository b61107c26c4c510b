"""Risks as chances: which entry is about which wave, what events hit, and how far what is known has changed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from waveplan.domain.commitments import ExternalMilestone
from waveplan.domain.item import Item
from waveplan.domain.risks import EventEffect, Matched, RiskEvent, Spread
from waveplan.domain.sites import Link
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.problem import RiskEffect, UncertainEvent, UncertainMilestone
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.simulation.spreads import delay_table, spread_table

_Entry = TypeVar("_Entry", bound=Matched)
ON_TIME = Decimal("0.5")  # chance that a promise is kept on its day, before anything is known


def first_about(entries: Sequence[_Entry], items: Sequence[Item]) -> _Entry | None:
    """The first entry that is about one of some items."""
    return next((entry for entry in entries if any(entry.is_about(item) for item in items)), None)


def chance(share: Decimal) -> int:
    """A probability as a number of 2³²."""
    return int(share * by.SURE)


class SpreadTables:
    """Tables of quantiles, each worked out once, by number."""

    def __init__(self) -> None:
        self.tables: list[tuple[int, ...]] = []
        self._known: dict[object, int] = {}

    def spread(self, spread: Spread) -> int:
        """The number of a spread's table."""
        key = (spread.shape, spread.low, spread.likely, spread.high, spread.p50, spread.p90)
        if key not in self._known:
            self._known[key] = len(self.tables)
            self.tables.append(spread_table(spread))
        return self._known[key]

    def delay(self, days: int) -> int:
        """The number of the table of delays of a promise."""
        key = ("delay", days)
        if key not in self._known:
            self._known[key] = len(self.tables)
            self.tables.append(delay_table(days))
        return self._known[key]


class ChanceBuilder:
    """Events and milestones of one inventory, as integers."""

    def __init__(self, facts: PlanningFacts, tables: SpreadTables, as_of: dt.date | None, deadline: dt.date) -> None:
        self._facts = facts
        self._tables = tables
        self._as_of = as_of
        self._deadline = deadline
        self._teams = [team.id for team in facts.inventory.teams]

    # --- milestones ------------------------------------------------------------------------------------------------

    def uncertain(self) -> list[ExternalMilestone]:
        """Milestones that may be late."""
        stated = self._facts.inventory.external_milestones
        return [each for each in stated if each.date_p90 is not None and each.date_p90 > each.date]

    def milestone(self, promised: ExternalMilestone, on_time: Decimal = ON_TIME) -> UncertainMilestone:
        """One of them; that it has not come by today is known."""
        assert promised.date_p90 is not None
        spread = self._tables.delay((promised.date_p90 - promised.date).days)
        day = self._facts.day(promised.date)
        if self._as_of is not None and promised.date <= self._as_of:
            return UncertainMilestone(day, 0, spread, self._facts.day(self._as_of))
        return UncertainMilestone(day, chance(on_time), spread, day)

    # --- events ----------------------------------------------------------------------------------------------------

    def events(self, units: Sequence[Sequence[Item]]) -> list[tuple[UncertainEvent, str]]:
        """Every occurrence that an event of the register may have, with the event's id."""
        found = []
        for event in self._facts.inventory.risks.events:
            effects = tuple(self._effect(effect, units) for effect in event.effects)
            for share, first, last in self._occurrences(event):
                days = self._facts.day(first), self._facts.day(last)
                lasts = self._tables.spread(event.days)
                found.append((UncertainEvent(chance(share), *days, lasts, effects), event.id))
        return found

    def _occurrences(self, event: RiskEvent) -> Iterator[tuple[Decimal, dt.date, dt.date]]:
        """Chance, first and last day: once, or for each month; of a month or a time in part, that part of it."""
        first, last = event.between(self._facts.start, self._deadline)
        if event.per_month is not None:
            for begin, end, length in _months(first, last):
                share = event.per_month * ((end - begin).days + 1) / length
                yield self._still_to_come(share, begin, end)
        else:
            yield self._still_to_come(event.probability or Decimal(0), first, last)

    def _still_to_come(self, share: Decimal, first: dt.date, last: dt.date) -> tuple[Decimal, dt.date, dt.date]:
        """What is left of a chance when nothing has struck by today."""
        if self._as_of is None or first > self._as_of:
            return share, first, last
        tomorrow = self._as_of + dt.timedelta(days=1)
        if last < tomorrow:
            return Decimal(0), first, last
        gone = Decimal((tomorrow - first).days) / ((last - first).days + 1)
        return share * (1 - gone) / (1 - share * gone), tomorrow, last

    def _effect(self, effect: EventEffect, units: Sequence[Sequence[Item]]) -> RiskEffect:
        if effect.team is not None:
            return RiskEffect(by.TEAM, self._teams.index(effect.team), int((effect.capacity or 0) * by.WHOLE))
        if effect.link is not None:
            return self._slower(effect)
        if effect.site is not None:
            hit = (n for n, items in enumerate(units) if any(effect.site in item.places for item in items))
            return RiskEffect(by.CLOSED, hits=frozenset(hit))
        hit = (n for n, items in enumerate(units) if any(effect.is_about(item) for item in items))
        if effect.freeze:
            return RiskEffect(by.CLOSED, hits=frozenset(hit))
        return RiskEffect(by.LONGER, value=effect.preparation_days or 0, hits=frozenset(hit))

    def _slower(self, effect: EventEffect) -> RiskEffect:
        """The share of its speed that is left between two sites: links between them add up."""
        links = self._facts.inventory.links
        mine = next(link for link in links if link.id == effect.link)
        pair = tuple(sorted(mine.between))
        whole = sum((_speed(link) for link in links if tuple(sorted(link.between)) == pair), Decimal(0))
        left = whole - _speed(mine) + min(_speed(mine), (effect.gbps or Decimal(0)) * mine.efficiency)
        return RiskEffect(by.LINK, self._facts.links.pairs.index((pair[0], pair[1])), int(left / whole * by.WHOLE))


def _speed(link: Link) -> Decimal:
    fastest = max(each.gbps for each in link.gbps) if isinstance(link.gbps, list) else link.gbps
    return fastest * link.efficiency


def _months(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date, int]]:
    """Each calendar month between two days, as far as it lies there, and how long the whole of it is."""
    begin = first
    while begin <= last:
        following = (begin.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        end = min(last, following - dt.timedelta(days=1))
        yield begin, end, (following - begin.replace(day=1)).days
        begin = following
