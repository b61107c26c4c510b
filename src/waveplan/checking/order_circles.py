"""Circles of orders, where the inventory lets each be one lot: worked out for the check alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from waveplan.domain.items import Items
from waveplan.domain.work import Dependency


def order_circles(items: Items, group_of: Callable[[str], str]) -> list[list[str]]:
    """The items of each circle: every group in it comes no later than every other, so all are in one wave.

    Only orders that one wave keeps count: those that ask for days, or for the end of hypercare, stay what they are.
    """
    if items.inventory.dependencies.cycles != "join":
        return []
    pairs = [(one, other) for one, other in _loose(items) if group_of(one) != group_of(other)]
    leads: dict[str, list[str]] = {group_of(name): [] for pair in pairs for name in pair}
    for first, second in pairs:
        leads[group_of(first)].append(group_of(second))
    circle_of = {name: number for number, circle in enumerate(circles(leads)) for name in circle}
    found: dict[int, set[str]] = defaultdict(set)
    for first, second in pairs:
        if circle_of[group_of(first)] == circle_of[group_of(second)]:
            found[circle_of[group_of(first)]].update((first, second))
    return sorted(sorted(names) for names in found.values())


def _loose(items: Items) -> Iterator[tuple[str, str]]:
    for item in items.planned:
        for dependency in item.entry.depends_on:
            for provider in items.providers(item, dependency) if _kept_by_one_wave(dependency) else ():
                if provider.planned and provider.id != item.id:
                    ends = (str(provider.id), str(item.id))
                    yield ends if dependency.order == "provider_first" else ends[::-1]


def _kept_by_one_wave(dependency: Dependency) -> bool:
    gaps = dependency.min_gap_days or dependency.min_gap_working_days
    return dependency.order != "any" and not gaps and not dependency.after_hypercare


Leads = Mapping[str, Sequence[str]]  # from each name to others


def circles(leads: Leads) -> list[list[str]]:
    """Names that lead to each other together, each set after all that it leads to (Kosaraju and Sharir 1981)."""
    back: dict[str, list[str]] = defaultdict(list)
    for name, others in leads.items():
        for other in others:
            back[other].append(name)
    seen: set[str] = set()
    order = [name for root in leads for name in _walk(root, leads, seen)]
    seen = set()
    found = [_walk(root, back, seen) for root in reversed(order)]
    return [names for names in reversed(found) if names]


def _walk(root: str, leads: Leads, seen: set[str]) -> list[str]:
    """What is reached from a name and was not seen before, each after what it leads to."""
    if root in seen:
        return []
    seen.add(root)
    done: list[str] = []
    trail: list[tuple[str, Iterable[str]]] = [(root, iter(leads.get(root, ())))]
    while trail:
        name, rest = trail[-1]
        other = next((each for each in rest if each not in seen), None)
        if other is None:
            done.append(name)
            trail.pop()
        else:
            seen.add(other)
            trail.append((other, iter(leads.get(other, ()))))
    return done
