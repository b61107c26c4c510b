"""Order between lots: dependencies, steps, `before` rules, environments of a family; and what must be apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from waveplan.domain.inventory import Dependency
from waveplan.domain.items import Item
from waveplan.domain.problem import NO_CLASHES, Apart, GroupOrder, Precedence, UnionLimit
from waveplan.domain.selectors import Selector
from waveplan.planning.building.levels import LevelTables
from waveplan.planning.facts import Facts

_MOST_PAIRS = 1_000  # of one `before` rule; beyond it the groups are ordered as wholes

Keyed = tuple[Precedence, tuple[object, ...]]


class OrderBuilder:
    """Builds precedences between lots; those inside one lot are the validation's business."""

    def __init__(self, facts: Facts, tables: LevelTables) -> None:
        self._facts = facts
        self._tables = tables
        self._lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}

    def precedences(self) -> Iterator[Precedence]:
        """Every precedence, each pair of lots once per rule and gap."""
        seen: set[tuple[object, ...]] = set()
        for precedence, key in self._all():
            if precedence.first != precedence.second and key not in seen:
                seen.add(key)
                yield precedence

    def _all(self) -> Iterator[Keyed]:
        for item in self._facts.items.planned:
            yield from self._step(item)
            for dependency in item.entry.depends_on:
                for provider in self._facts.items.providers(item, dependency) if dependency.order != "any" else ():
                    if provider.planned:
                        yield from self._ordered(item, provider, dependency)
        for name, firsts, seconds in self._rule_pairs():
            if not _as_wholes(firsts, seconds):
                for first in firsts:
                    for second in seconds:
                        yield self._strict("WP314", first, second, name)
        for first_item, second_item in environment_pairs(self._facts):
            pair = self._lot_of[first_item.id], self._lot_of[second_item.id]
            yield self._strict("WP315", *pair, f"{first_item.id} before {second_item.id}")

    def groups(self) -> Iterator[GroupOrder]:
        """WP314: `before` rules over so many lots that pairs of them would be too many."""
        for name, firsts, seconds in self._rule_pairs():
            if _as_wholes(firsts, seconds):
                yield GroupOrder(
                    "WP314",
                    name,
                    {lot: self._tables.strictly_later(lot) for lot in firsts},
                    {lot: self._tables.starts(lot) for lot in seconds},
                )

    def one_side_a_wave(self) -> Iterator[UnionLimit]:
        """WP314 of such groups: where lots keep their own hours, one wave never holds lots of both, as an order of
        moments alone would allow.
        """
        for name, firsts, seconds in self._rule_pairs() if self._facts.keeps_own_hours else ():
            if _as_wholes(firsts, seconds):
                sides = {lot: side for side, lots in enumerate((firsts, seconds)) for lot in lots}
                for stream in sorted({self._stream(lot) for lot in sides}):
                    own = {lot: (side,) for lot, side in sides.items() if self._stream(lot) == stream}
                    yield UnionLimit("WP314", f"before {name}", stream, None, own, (1, 1), 1)

    def _rule_pairs(self) -> Iterator[tuple[str, list[int], list[int]]]:
        for rule in self._facts.inventory.rules:
            if rule.before is not None:
                groups = [group for selector in rule.before if (group := self._lots(selector))]
                for firsts, seconds in pairwise(groups):
                    yield rule.id, firsts, seconds

    def _step(self, item: Item) -> Iterator[Keyed]:
        """WP341: a step after the one before."""
        if item.step is None or item.step.previous is None:
            return
        first, second = self._lot_of[item.step.previous], self._lot_of[item.id]
        name, gap = f"{item.step.previous} before {item.id}", item.step.min_gap_days
        yield self._strict("WP341", first, second, name)
        yield self._after_hypercare("WP341", first, second, name)
        if gap:
            yield self._days_later("WP341", first, second, gap, name)

    def _ordered(self, item: Item, provider: Item, dependency: Dependency) -> Iterator[Keyed]:
        ends = (provider, item) if dependency.order == "provider_first" else (item, provider)
        first, second = self._lot_of[ends[0].id], self._lot_of[ends[1].id]
        name = f"{ends[0].id} before {ends[1].id}"
        yield self._days_later("WP312", first, second, dependency.min_gap_days, name)
        if dependency.after_hypercare:
            yield self._after_hypercare("WP313", first, second, name)

    def _days_later(self, code: str, first: int, second: int, gap: int, name: str) -> Keyed:
        """So many days later; without a gap, on one date, in one wave or in a window that starts later."""
        clashes = NO_CLASHES if gap else self._tables.other_waves_of_the_day(first, second)
        earliest, levels = self._tables.days_later(gap), self._tables.days
        return Precedence(code, first, second, earliest, levels, clashes, name), (code, first, second, "days", gap)

    def _after_hypercare(self, code: str, first: int, second: int, name: str) -> Keyed:
        earliest, levels = self._tables.after_hypercare(first), self._tables.starts(second)
        return Precedence(code, first, second, earliest, levels, name=name), (code, first, second, "hypercare")

    def _strict(self, code: str, first: int, second: int, name: str) -> Keyed:
        earliest, levels = self._tables.strictly_later(first), self._tables.starts(second)
        clashes = self._tables.one_wave(first, second)
        return Precedence(code, first, second, earliest, levels, clashes, name), (code, first, second, "strict")

    def _stream(self, lot: int) -> int:
        return self._facts.stream_of(self._facts.lots[lot])

    def _lots(self, selector: Selector) -> list[int]:
        found = {self._lot_of[item.id] for item in self._facts.items.planned if selector.matches(item)}
        return sorted(found)

    def aparts(self) -> Iterator[Apart]:
        """WP311: pairs of lots of one stream that are never in one wave."""
        seen: set[tuple[int, int]] = set()
        for rule in self._facts.inventory.rules:
            for one, other in combinations([self._lots(selector) for selector in rule.apart or ()], 2):
                for pair in ((min(a, b), max(a, b)) for a in one for b in other if a != b):
                    same = self._facts.lots[pair[0]].stream == self._facts.lots[pair[1]].stream
                    if same and pair not in seen:
                        seen.add(pair)
                        yield Apart("WP311", *pair, name=rule.id)


def _as_wholes(firsts: list[int], seconds: list[int]) -> bool:
    """Groups that share a lot keep to pairs: a lot does not wait for itself."""
    return len(firsts) * len(seconds) > _MOST_PAIRS and set(firsts).isdisjoint(seconds)


def environment_pairs(facts: Facts) -> Iterator[tuple[Item, Item]]:
    """Items of one family of which the second waits, by its own stream's order of environments, for the first."""
    families: dict[str, list[Item]] = defaultdict(list)
    for item in facts.items.planned:
        for family in item.values("family"):
            families[family].append(item)
    for _, members in sorted(families.items()):
        for second in members:
            order = facts.items.policy_of(second).environment_order
            place: dict[str | None, int] = {environment: number for number, environment in enumerate(order)}
            mine = place.get(second.environment, -1)
            for first in members:
                if 0 <= place.get(first.environment, mine) < mine:
                    yield first, second
