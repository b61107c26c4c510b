"""Order between lots: dependencies with an order, `before` rules, environments of a family; and what must be apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from waveplan.domain.inventory import Dependency
from waveplan.domain.items import Item
from waveplan.domain.problem import Apart, Precedence
from waveplan.domain.selectors import Selector
from waveplan.planning.facts import Facts


class OrderBuilder:
    """Builds precedences between lots; those inside one lot are the validation's business."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}
        ranks = sorted({position.rank for position in facts.positions})
        self._tables: dict[tuple[object, ...], dict[int, int]] = {}
        self._next = dict(pairwise([*ranks, len(facts.slots)]))

    def precedences(self) -> Iterator[Precedence]:
        """Every precedence, each pair of lots once per rule and gap."""
        seen: set[tuple[object, ...]] = set()
        for precedence, key in self._all():
            if precedence.first != precedence.second and key not in seen:
                seen.add(key)
                yield precedence

    def _all(self) -> Iterator[tuple[Precedence, tuple[object, ...]]]:
        for item in self._facts.items.planned:
            for dependency in item.entry.depends_on:
                yield from self._dependency(item, dependency)
        for rule in self._facts.inventory.rules:
            if rule.before is not None:
                groups = [group for selector in rule.before if (group := self._lots(selector))]
                for firsts, seconds in pairwise(groups):
                    for first in firsts:
                        for second in seconds:
                            yield self._strict("WP314", first, second, rule.id)
        for first_item, second_item in environment_pairs(self._facts):
            pair = self._lot_of[first_item.id], self._lot_of[second_item.id]
            yield self._strict("WP315", *pair, f"{first_item.id} before {second_item.id}")

    def _dependency(self, item: Item, dependency: Dependency) -> Iterator[tuple[Precedence, tuple[object, ...]]]:
        if dependency.order != "any":
            for provider in self._facts.items.providers(item, dependency):
                if provider.planned:
                    yield from self._ordered(item, provider, dependency)

    def _ordered(
        self, item: Item, provider: Item, dependency: Dependency
    ) -> Iterator[tuple[Precedence, tuple[object, ...]]]:
        ends = (provider, item) if dependency.order == "provider_first" else (item, provider)
        first, second = self._lot_of[ends[0].id], self._lot_of[ends[1].id]
        name = f"{ends[0].id} before {ends[1].id}"
        gap = dependency.min_gap_days
        earliest = self._shared(first, ("gap", gap), lambda p: self._after_gap(p, gap))
        key = ("WP312", first, second, gap)
        yield Precedence("WP312", first, second, earliest, same_wave=gap == 0, name=name), key
        if dependency.after_hypercare:
            who = self._facts.lots[first]
            kind = ("hypercare", who.hypercare_hours, self._facts.zone(who))
            earliest = self._shared(first, kind, lambda p: self._after_hypercare(first, p))
            yield Precedence("WP313", first, second, earliest, same_wave=False, name=name), ("WP313", first, second)

    def _after_gap(self, position: int, gap: int) -> int:
        place = self._facts.positions[position]
        if gap == 0:
            return place.rank
        return self._facts.rank_from(self._facts.date(place.day + gap))

    def _after_hypercare(self, lot: int, position: int) -> int:
        who = self._facts.lots[lot]
        slot = self._facts.slots[self._facts.positions[position].slot]
        end = self._facts.calendar.hypercare_end(slot, who.hypercare_hours, self._facts.zone(who))
        return self._facts.rank_at(end)

    def _strict(self, code: str, first: int, second: int, name: str) -> tuple[Precedence, tuple[object, ...]]:
        earliest = self._shared(first, ("next",), lambda p: self._next[self._facts.positions[p].rank])
        return Precedence(code, first, second, earliest, same_wave=False, name=name), (code, first, second)

    def _shared(self, lot: int, kind: tuple[object, ...], rank: Callable[[int], int]) -> dict[int, int]:
        """Ranks by position of the lot's stream: one table for all orders of a kind, which must tell all of `rank`."""
        stream = self._facts.stream_of(self._facts.lots[lot])
        key = (stream, *kind)
        if key not in self._tables:
            positions = (self._facts.position(stream, slot) for slot in range(len(self._facts.slots)))
            self._tables[key] = {position: rank(position) for position in positions}
        return self._tables[key]

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
