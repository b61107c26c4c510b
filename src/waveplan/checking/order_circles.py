"""Circles of orders, where the inventory lets each be one lot: worked out for the check alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from waveplan.checking.circles import circles
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
