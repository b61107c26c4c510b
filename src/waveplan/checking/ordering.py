"""Dependencies that set an order between two items that both cut over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from waveplan.checking.facts import Facts
from waveplan.domain.work import Dependency


@dataclass(frozen=True, slots=True)
class Ordered:
    """One ordered dependency: which item goes first, which second."""

    first: str
    second: str
    dependency: Dependency

    def gap(self, facts: Facts) -> int:
        """Days from the first one's cutover date to the second one's."""
        return (facts.wave_of[self.second].date - facts.wave_of[self.first].date).days

    def is_nearest(self, facts: Facts) -> bool:
        """Whether no batch stands between: the last batch of what goes first, and the first of what waits."""
        dependency, provider_first = self.dependency, self.dependency.order == "provider_first"
        ends = [facts.items.batches_of(facts.items[name]) for name in (self.first, self.second)]
        provider = 0 if provider_first else 1
        ends[provider] = facts.items.end_of(dependency, facts.items[(self.first, self.second)[provider]])
        return ends[0][-1].id == self.first and ends[1][0].id == self.second

    def too_few_working_days(self, facts: Facts) -> bool:
        """Whether the second one's sites have fewer working days between than the order asks for."""
        days = self.dependency.min_gap_working_days
        second = facts.wave_of[self.second].date
        return bool(days) and second < working_gap_ends(facts, self.first, self.second, days)

    def kept(self, facts: Facts) -> bool:
        """Whether the gap is kept; on one date they share a wave or the first one's window starts first."""
        first, second = facts.wave_of[self.first], facts.wave_of[self.second]
        if self.gap(facts) < self.dependency.min_gap_days or self.too_few_working_days(facts):
            return False
        same_date = first.date == second.date and first is not second
        return not same_date or facts.window_start(self.first) < facts.window_start(self.second)


def working_gap_ends(facts: Facts, first: str, second: str, days: int) -> dt.date:
    """The last of so many working days, of the second one's sites, after the first one's cutover date."""
    places = facts.items[second].places
    return facts.calendar.working_day_after(places, facts.wave_of[first].date, days)


def orders(facts: Facts) -> Iterator[Ordered]:
    """Every ordered dependency between two placed items, in inventory order."""
    for item in facts.items.planned:
        if item.id not in facts.wave_of:
            continue
        for dependency in item.entry.depends_on:
            for provider in facts.items.providers(item, dependency) if dependency.order != "any" else ():
                if provider.id in facts.wave_of:
                    ends = (str(provider.id), str(item.id))
                    yield Ordered(*(ends if dependency.order == "provider_first" else ends[::-1]), dependency)
