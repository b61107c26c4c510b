"""Order between lots: dependencies, steps, `before` rules, environments of a family; and what must be apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, pairwise, product

from waveplan.domain.items import Item
from waveplan.domain.rules import Rule
from waveplan.domain.selectors import Selector
from waveplan.domain.work import Application, Dependency
from waveplan.engine.problem.limits import UnionLimit
from waveplan.engine.problem.orders import Apart, GroupOrder, Precedence
from waveplan.planning.building.families import Family, families
from waveplan.planning.building.gaps import GapBuilder, Keyed
from waveplan.planning.building.levels import LevelTables
from waveplan.planning.facts.facts import PlanningFacts

_MOST_PAIRS = 1_000  # of one `before` rule; beyond it the groups are ordered as wholes


class OrderBuilder:
    """Builds precedences between lots; those inside one lot are the validation's business."""

    def __init__(self, facts: PlanningFacts, tables: LevelTables) -> None:
        self._facts = facts
        self._tables = tables
        self._gaps = GapBuilder(tables)
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
            yield from self._batches(item)
            for dependency in item.entry.depends_on:
                for provider in self._facts.items.providers(item, dependency):
                    if provider.planned:
                        yield from self._of_dependency(item, provider, dependency)
        for rule, firsts, seconds in self._links():
            if not self._as_wholes(firsts, seconds):
                yield from self._pairs(rule, firsts, seconds)
        for family in self._families:
            for first_item, second_item in family.pairs() if not self._in_classes(family) else ():
                pair = self._lot_of[first_item.id], self._lot_of[second_item.id]
                yield self._strict("WP315", *pair, f"{first_item.id} before {second_item.id}")

    def _pairs(self, rule: Rule, firsts: list[Item], seconds: list[Item]) -> Iterator[Keyed]:
        for first in self._lots_of(firsts):
            for second in self._lots_of(seconds):
                yield self._strict("WP314", first, second, rule.id)
            for item in seconds:
                yield from self._gaps.of_an_order("WP314", (first, self._lot_of[item.id]), item, rule, rule.id)
        for pair in product(*self._near_ends(firsts, seconds)) if rule.max_gap_days is not None else ():
            yield from self._gaps.at_most(pair, rule, rule.id)

    def _kept_apart(self, rule: Rule) -> list[list[int]]:
        """The sides of an `apart` rule that hold anything."""
        sides = (self._lots_of(self._items(each)) for each in rule.apart or ())
        return [side for side in sides if side]

    def _too_many(self, sides: Sequence[Sequence[int]]) -> bool:
        """Whether pairs of them would be. Sides that share a lot keep to pairs: it may stand with none of either."""
        lots = [lot for side in sides for lot in side]
        squares = sum(len(side) ** 2 for side in sides)
        return (len(lots) ** 2 - squares) // 2 > _MOST_PAIRS and len(set(lots)) == len(lots)

    def _near_ends(self, firsts: list[Item], seconds: list[Item]) -> tuple[list[int], list[int]]:
        """Lots of the last batches of what goes first, and of the first batches of what waits."""
        items = self._facts.items
        return (
            self._lots_of(item for item in firsts if items.is_last_batch(item)),
            self._lots_of(item for item in seconds if items.is_first_batch(item)),
        )

    def groups(self) -> Iterator[GroupOrder]:
        """WP314, WP315, WP350: orders between so many lots that pairs of them would be too many."""
        for family in self._families:
            for firsts, seconds in pairwise(self._in_classes(family)):
                yield self._whole("WP315", f"environments of {family.name}", firsts, seconds)
        for rule, first_items, second_items in self._links():
            if self._as_wholes(first_items, second_items):
                firsts, seconds = self._lots_of(first_items), self._lots_of(second_items)
                yield self._whole("WP314", rule.id, firsts, seconds)
                placed = sorted({(self._lot_of[item.id], item.places) for item in second_items})
                yield from self._gaps.of_groups(rule, firsts, placed)
                yield from self._gaps.groups_at_most(rule, *self._near_ends(first_items, second_items))

    def _whole(self, code: str, name: str, firsts: Sequence[int], seconds: Sequence[int]) -> GroupOrder:
        first_levels = {lot: self._tables.strictly_later(lot) for lot in firsts}
        return GroupOrder(code, name, first_levels, {lot: self._tables.starts(lot) for lot in seconds})

    @cached_property
    def _families(self) -> Sequence[Family]:
        return families(self._facts)

    def _in_classes(self, family: Family) -> Sequence[Sequence[int]]:
        """Lots by environment, in their order, where pairs would be too many; none where pairs say it better.

        An order between neighbours tells of all, for none of the classes is empty. Lots of two environments keep to
        pairs, for none waits for itself; so do families whose streams have orders of their own.
        """
        classes = [self._lots_of(items) for items in family.classes]
        lots = [lot for each in classes for lot in each]
        many = len(lots) ** 2 > _MOST_PAIRS and len(set(lots)) == len(lots)
        return classes if many and family.alike else ()

    def one_side_a_wave(self) -> Iterator[UnionLimit]:
        """WP311; WP314, WP315 of such groups: where lots keep their own hours, one wave never holds lots of both, as
        an order of moments alone would allow.
        """
        if self._facts.keeps_own_hours:
            for family in self._families:
                yield from self._sides("WP315", f"environments of {family.name}", self._in_classes(family))
            for rule, firsts, seconds in self._links():
                if self._as_wholes(firsts, seconds):
                    yield from self._sides(
                        "WP314", f"before {rule.id}", [self._lots_of(items) for items in (firsts, seconds)]
                    )
        for rule in self._facts.inventory.rules:
            sides = self._kept_apart(rule)
            if self._too_many(sides):
                yield from self._sides("WP311", f"apart {rule.id}", sides)

    def _sides(self, code: str, name: str, sides: Sequence[Sequence[int]]) -> Iterator[UnionLimit]:
        """A wave of each stream holds lots of one side at most."""
        side_of = {lot: number for number, lots in enumerate(sides) for lot in lots}
        for stream in sorted({self._stream(lot) for lot in side_of}):
            own = {lot: (side,) for lot, side in side_of.items() if self._stream(lot) == stream}
            yield UnionLimit(code, name, stream, None, own, (1,) * len(sides), 1)

    def _links(self) -> Iterator[tuple[Rule, list[Item], list[Item]]]:
        """Neighbours in the chain of each `before` rule; selectors that match nothing planned are passed over."""
        for rule in self._facts.inventory.rules:
            if rule.before is not None:
                groups = [group for selector in rule.before if (group := self._items(selector))]
                for firsts, seconds in pairwise(groups):
                    yield rule, firsts, seconds

    def _as_wholes(self, firsts: list[Item], seconds: list[Item]) -> bool:
        """Groups that share a lot keep to pairs: a lot does not wait for itself."""
        one, other = self._lots_of(firsts), self._lots_of(seconds)
        return len(one) * len(other) > _MOST_PAIRS and set(one).isdisjoint(other)

    def _step(self, item: Item) -> Iterator[Keyed]:
        """WP341: a step after the one before."""
        if item.step is None or item.step.previous is None:
            return
        first, second = self._lot_of[item.step.previous], self._lot_of[item.id]
        name, gap = f"{item.step.previous} before {item.id}", item.step.min_gap_days
        yield self._strict("WP341", first, second, name)
        yield self._after_hypercare("WP341", first, second, name)
        if gap:
            yield self._gaps.days_at_least("WP341", first, second, gap, name)
        yield from self._gaps.of_an_order("WP341", (first, second), item, item.step, name)
        yield from self._gaps.at_most((first, second), item.step, name)

    def _batches(self, item: Item) -> Iterator[Keyed]:
        if item.batch and self._facts.items.is_first_batch(item) and isinstance(item.entry, Application):
            lots = [self._lot_of[each.id] for each in self._facts.items.batches_of(item)]
            yield from self._gaps.batches(lots, item.entry.batch_days_max, f"batches of {item.entry.id}")

    def _of_dependency(self, item: Item, provider: Item, dependency: Dependency) -> Iterator[Keyed]:
        if dependency.coexist_days_max is not None:
            pair = self._lot_of[provider.id], self._lot_of[item.id]
            name = f"{item.id} with {provider.id}"
            yield from self._gaps.coexistence(*pair, dependency.coexist_days_max, name)
        if dependency.order == "any":
            return
        ends = (provider, item) if dependency.order == "provider_first" else (item, provider)
        first, second = self._lot_of[ends[0].id], self._lot_of[ends[1].id]
        name = f"{ends[0].id} before {ends[1].id}"
        yield self._gaps.days_at_least("WP312", first, second, dependency.min_gap_days, name)
        yield from self._gaps.of_an_order("WP312", (first, second), ends[1], dependency, name)
        sides = (self._facts.items.end_of(dependency, provider), self._facts.items.batches_of(item))
        before, after = sides if dependency.order == "provider_first" else sides[::-1]
        if before[-1] is ends[0] and after[0] is ends[1]:  # no batch stands between
            yield from self._gaps.at_most((first, second), dependency, name)
        if dependency.after_hypercare:
            yield self._after_hypercare("WP313", first, second, name)

    def _after_hypercare(self, code: str, first: int, second: int, name: str) -> Keyed:
        earliest, levels = self._tables.after_hypercare(first), self._tables.starts(second)
        return Precedence(code, first, second, earliest, levels, name=name), (code, first, second, "hypercare")

    def _strict(self, code: str, first: int, second: int, name: str) -> Keyed:
        earliest, levels = self._tables.strictly_later(first), self._tables.starts(second)
        clashes = self._tables.one_wave(first, second)
        return Precedence(code, first, second, earliest, levels, clashes, name), (code, first, second, "strict")

    def _stream(self, lot: int) -> int:
        return self._facts.stream_of(self._facts.lots[lot])

    def _items(self, selector: Selector) -> list[Item]:
        return list(self._facts.items.select_planned(selector))

    def _lots_of(self, items: Iterable[Item]) -> list[int]:
        return sorted({self._lot_of[item.id] for item in items})

    def aparts(self) -> Iterator[Apart]:
        """WP311: pairs of lots of one stream that are never in one wave, where they are not too many."""
        seen: set[tuple[int, int]] = set()
        for rule in self._facts.inventory.rules:
            sides = self._kept_apart(rule)
            for one, other in combinations(sides, 2) if not self._too_many(sides) else ():
                for pair in ((min(a, b), max(a, b)) for a in one for b in other if a != b):
                    same = self._facts.lots[pair[0]].stream == self._facts.lots[pair[1]].stream
                    if same and pair not in seen:
                        seen.add(pair)
                        yield Apart("WP311", *pair, name=rule.id)
