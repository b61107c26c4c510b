"""Where orders between items come from: every part of the format that puts one thing before another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from waveplan.dependency_graph.components import strong_components
from waveplan.dependency_graph.graph import Arc, DependencyGraph
from waveplan.dependency_graph.orders import Order
from waveplan.domain.findings import Path
from waveplan.domain.items import Item, Items
from waveplan.domain.work import Application


def orders_of(graph: DependencyGraph) -> list[Order]:
    """Every order between items that cut over: by dependencies, rules, environments, steps, tranches and pilots."""
    items = graph.items
    found = [_of_dependency(arc) for arc in graph.arcs if _both_planned(items, arc)]
    found += [*_of_rules(items), *_of_environments(items)]
    return [
        *found,
        *_of_steps(items),
        *_of_batches(items),
        *_of_tranches(items),
        *_of_entries(items),
        *_of_pilots(items),
    ]


def loose_circles(items: Items, group_of: Mapping[str, str]) -> list[list[str]]:
    """Items in each circle of orders among groups that all of them keep in one wave: dependencies without any gap."""
    arcs: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # by groups: items at both ends
    for arc in DependencyGraph(items).arcs:
        if _both_planned(items, arc):
            order = _of_dependency(arc)
            ends = (order.firsts[0], order.seconds[0])
            one, other = (group_of[name] for name in ends)
            if not order.strict and one != other:
                arcs[one][other].update(ends)
    found = []
    for component in strong_components(sorted(arcs), arcs):
        inside = set(component)
        held = {
            name for one in component for other in arcs.get(one, ()) if other in inside for name in arcs[one][other]
        }
        if len(component) > 1:
            found.append(sorted(held))
    return sorted(found)


def _both_planned(items: Items, arc: Arc) -> bool:
    return arc.entry.order != "any" and items[arc.consumer].planned and items[arc.provider].planned


def _of_dependency(arc: Arc) -> Order:
    ends = (arc.provider, arc.consumer) if arc.entry.order == "provider_first" else (arc.consumer, arc.provider)
    strict = arc.entry.min_gap_days > 0 or arc.entry.min_gap_working_days > 0 or arc.entry.after_hypercare
    return Order("dependency", (ends[0],), (ends[1],), strict, arc.consumer, arc.path, arc.entry.reason)


def _of_rules(items: Items) -> Iterator[Order]:
    for number, rule in enumerate(items.inventory.rules):
        chain = [tuple(item.id for item in items.select_planned(part)) for part in rule.before or ()]
        present = [(step, part) for step, part in enumerate(chain) if part]  # an empty part does not break the chain
        for (_, firsts), (step, seconds) in pairwise(present):
            yield Order("before rule", firsts, seconds, True, rule.id, ("rules", number, "before", step), rule.reason)


def _of_environments(items: Items) -> Iterator[Order]:
    """An item waits, by the order of its own stream, for its family's items of all earlier environments."""
    families: dict[str, list[Item]] = defaultdict(list)
    for item in items.planned:
        if item.family:
            families[item.family].append(item)
    for family, members in families.items():
        waiting: dict[tuple[str, tuple[str, ...]], list[Item]] = defaultdict(list)
        for item in members:
            sequence: tuple[str, ...] = tuple(items.policy_of(item).environment_order)
            if item.environment in sequence[1:]:
                earlier = sequence[: sequence.index(item.environment)]
                waiting[item.environment, earlier].append(item)
        for (_, earlier), seconds in waiting.items():
            firsts = tuple(item.id for item in members if item.environment in earlier)
            if firsts:
                path = _environment_path(items, seconds[0])
                yield Order("environment order", firsts, tuple(item.id for item in seconds), True, family, path)


def _environment_path(items: Items, member: Item) -> Path:
    for number, stream in enumerate(items.inventory.streams):
        if stream.id == member.stream and "environment_order" in stream.policy.model_fields_set:
            return ("streams", number, "policy", "environment_order")
    return ("policy", "environment_order")


def _of_steps(items: Items) -> Iterator[Order]:
    for item in items.planned:
        if item.step is not None and item.step.previous is not None:
            name = item.id.rpartition("/")[0]
            yield Order("step", (item.step.previous,), (item.id,), True, name, item.step.path)


def _of_batches(items: Items) -> Iterator[Order]:
    """Each batch in the wave of the one before, or later."""
    for item in items.planned:
        for before, after in pairwise(items.batches_of(item)) if items.is_first_batch(item) else ():
            path: Path = (
                *item.path,
                "batches" if isinstance(item.entry, Application) and item.entry.batches else "batch",
            )
            yield Order("batch", (before.id,), (after.id,), False, item.entry.id, path)


def _members(items: Items) -> Mapping[str, tuple[Item, ...]]:
    """Items of each tranche that cut over."""
    found: dict[str, list[Item]] = {tranche.id: [] for tranche in items.inventory.tranches}
    for item in items.planned:
        if item.tranche is not None:
            found[item.tranche].append(item)
    return {tranche: tuple(members) for tranche, members in found.items()}


def _of_tranches(items: Items) -> Iterator[Order]:
    """A tranche's `after`: all of it waits for all of the other one."""
    members = _members(items)
    for number, tranche in enumerate(items.inventory.tranches):
        for place, awaited in enumerate(tranche.after):
            if awaited != tranche.id:
                path = ("tranches", number, "after", place)
                yield from _waiting(awaited, members.get(awaited, ()), members[tranche.id], path)


def _of_entries(items: Items) -> Iterator[Order]:
    """The `after` of an application, or of a service: that waits only for its own items. A member never waits."""
    members = _members(items)
    found: dict[tuple[Path, str], list[Item]] = defaultdict(list)
    for item in items.planned:
        for place, awaited in enumerate(item.entry.after):
            if awaited in members and item.tranche != awaited:
                found[(*item.where("after"), place), awaited].append(item)
    for (path, awaited), seconds in found.items():
        firsts = members[awaited]
        if seconds[0].kind == "service":
            firsts = tuple(item for item in firsts if item.entry.id == seconds[0].entry.id)
        yield from _waiting(awaited, firsts, tuple(seconds), path)


def _waiting(tranche: str, firsts: tuple[Item, ...], seconds: tuple[Item, ...], path: Path) -> Iterator[Order]:
    if firsts and seconds:
        ends = (tuple(item.id for item in firsts), tuple(item.id for item in seconds))
        yield Order("tranche", *ends, True, tranche, path)


def _of_pilots(items: Items) -> Iterator[Order]:
    for number, pilot in enumerate(items.inventory.pilots):
        own = {item.id: item for item in items.planned if pilot.items.matches(item)}
        streams = {item.stream for item in own.values()}
        seconds = tuple(
            item.id
            for item in items.planned
            if item.id not in own and (pilot.piloted.matches(item) if pilot.piloted else item.stream in streams)
        )
        if own and seconds:
            yield Order("pilot", tuple(own), seconds, True, pilot.id, ("pilots", number))
