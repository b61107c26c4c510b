"""Lots that a plan lists as unplanned: which of them may be missing, and what then has to be missing too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from waveplan.checking.grouping import Groups
from waveplan.domain.findings import Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items
from waveplan.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Wait:
    """An item that must not cut over before one that is left out, and why."""

    second: str
    first: str
    reason: Phrase


@dataclass(frozen=True, slots=True)
class UnplannedFacts:
    """Lots that may be missing (by index in the plan), their items, and who waits for these."""

    lots: frozenset[int]
    items: frozenset[str]
    waits: tuple[Wait, ...]


NOTHING = UnplannedFacts(frozenset(), frozenset(), ())


def unplanned_lots(plan: Plan, inventory: Inventory) -> UnplannedFacts:
    """Lots that are listed as unplanned, stand in no wave, and hold all that is tied to their items."""
    if not plan.unplanned:
        return NOTHING
    items = Items(inventory)
    groups = Groups(items)
    planned = {lot for wave in plan.waves for lot in wave.lots}
    listed = {each.lot for each in plan.unplanned} - planned
    found: dict[int, list[str]] = {}
    for index, lot in enumerate(plan.lots):
        known = [name for name in lot.items if name in items and items[name].planned]
        whole = all(str(other.id) in lot.items for name in known for other in groups.members[groups.of(name)])
        if lot.id in listed and known == lot.items and whole:
            found[index] = lot.items
    left = frozenset(name for names in found.values() for name in names)
    return UnplannedFacts(frozenset(found), left, tuple(_waits(items, left)))


def _waits(items: Items, left: frozenset[str]) -> Iterator[Wait]:
    for reason, firsts, seconds in _orders(items):
        first = next((item.id for item in firsts if item.id in left), None)
        for second in seconds if first is not None else ():
            if second.planned and second.id not in left:
                yield Wait(str(second.id), str(first), reason)


def _orders(items: Items) -> Iterator[tuple[Phrase, list[Item], list[Item]]]:
    """Everything that lets items wait for others: why, for whom, and who."""
    for item in items.planned:
        for dependency in item.entry.depends_on:
            providers = list(items.providers(item, dependency))
            if dependency.order == "provider_first":
                yield Phrase("order of {of}", {"of": item.id}), providers, [item]
            elif dependency.order == "consumer_first":
                yield Phrase("order of {of}", {"of": item.id}), [item], providers
        if item.step is not None and item.step.previous is not None:
            yield Phrase("the step before {of}", {"of": item.id}), [items[item.step.previous]], [item]
        for before, after in pairwise(items.batches_of(item)) if items.is_first_batch(item) else ():
            yield Phrase("batches of {of}", {"of": item.entry.id}), [before], [after]
        yield from _environments(items, item)
        for name in item.entry.after:
            yield Phrase("after {of}", {"of": name}), [each for each in items.planned if each.tranche == name], [item]
    yield from _of_groups(items)


def _environments(items: Items, item: Item) -> Iterator[tuple[Phrase, list[Item], list[Item]]]:
    order = list(items.policy_of(item).environment_order)
    if item.family and item.environment in order:
        earlier = order[: order.index(item.environment)]
        firsts = [each for each in items.planned if each.family == item.family and each.environment in earlier]
        yield Phrase("environments of {of}", {"of": item.family}), firsts, [item]


def _of_groups(items: Items) -> Iterator[tuple[Phrase, list[Item], list[Item]]]:
    for rule in items.inventory.rules:
        parts = [list(items.select_planned(part)) for part in rule.before or ()]
        for firsts, seconds in pairwise(part for part in parts if part):
            yield Phrase("rule {of}", {"of": rule.id}), firsts, seconds
    for tranche in items.inventory.tranches:
        mine = [item for item in items.planned if item.tranche == tranche.id]
        for name in tranche.after:
            yield (
                Phrase("tranche {of}", {"of": tranche.id}),
                [each for each in items.planned if each.tranche == name],
                mine,
            )
    for pilot in items.inventory.pilots:
        firsts = [item for item in items.select(pilot.items) if item.planned]
        streams = {item.stream for item in firsts}
        chosen = items.select(pilot.piloted) if pilot.piloted is not None else items.planned
        piloted = [item for item in chosen if item not in firsts and (pilot.piloted or item.stream in streams)]
        yield Phrase("pilot {of}", {"of": pilot.id}), firsts, piloted
