"""Families: one application in several environments, which move in the order that policies give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from waveplan.domain.items import Item
from waveplan.planning.facts.facts import PlanningFacts


@dataclass(frozen=True)
class Family:
    """Planned items of one family, and by item the environments of its stream, in their order."""

    name: str
    members: Sequence[Item]
    orders: Mapping[str, Sequence[str]]

    def pairs(self) -> Iterator[tuple[Item, Item]]:
        """Items of which the second waits, by its own stream's order of environments, for the first."""
        for second in self.members:
            place: dict[str | None, int] = {each: number for number, each in enumerate(self.orders[second.stream])}
            mine = place.get(second.environment, -1)
            for first in self.members:
                if 0 <= place.get(first.environment, mine) < mine:
                    yield first, second

    @property
    def alike(self) -> bool:
        """Whether all its items keep to one order."""
        return len({tuple(self.orders[item.stream]) for item in self.members}) == 1

    @property
    def classes(self) -> Sequence[Sequence[Item]]:
        """By environment of the order of the first item, in that order: the items, where there are any."""
        by: dict[str | None, list[Item]] = defaultdict(list)
        for item in self.members:
            by[item.environment].append(item)
        return [by[each] for each in self.orders[self.members[0].stream] if by[each]]


def families(facts: PlanningFacts) -> Sequence[Family]:
    """Every family, by name."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in facts.items.planned:
        for name in item.values("family"):
            found[name].append(item)
    orders = {name: policy.environment_order for name, policy in facts.items.policies.items()}
    return [Family(name, members, orders) for name, members in sorted(found.items())]
