"""Gaps between placed items: what an order puts one after the other, with the days that may lie between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from waveplan.checking.facts import Facts
from waveplan.checking.ordering import orders
from waveplan.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class Followed:
    """Two placed items of which the second may come so many days after the first at most."""

    first: str
    second: str
    most: int
    rule: str = ""

    def days(self, facts: Facts) -> int:
        """Days from the first one's cutover date to the second one's."""
        return (facts.wave_of[self.second].date - facts.wave_of[self.first].date).days


def followed(facts: Facts) -> Iterator[Followed]:
    """Every pair with a largest gap, by dependencies, steps and rules; of a rule, for each second the farthest."""
    for ordered in orders(facts):
        if not ordered.is_nearest(facts):
            continue
        if ordered.dependency.max_gap_days is not None:
            yield Followed(ordered.first, ordered.second, ordered.dependency.max_gap_days)
    for item in facts.items.planned:
        step = item.step
        if step is None or step.max_gap_days is None or step.previous is None:
            continue
        if {step.previous, item.id} <= facts.wave_of.keys():
            yield Followed(step.previous, item.id, step.max_gap_days)
    for rule in facts.inventory.rules:
        if rule.max_gap_days is not None:
            for earlier, later in links(facts, rule):
                yield from _of_link(facts, rule, rule.max_gap_days, earlier, later)


def links(facts: Facts, rule: Rule) -> Iterable[tuple[list[str], list[str]]]:
    """Neighbours in a rule's chain; selectors that match nothing placed are passed over."""
    parts = [
        [str(item.id) for item in facts.items.select(part) if item.id in facts.wave_of] for part in rule.before or ()
    ]
    return pairwise([part for part in parts if part])


def _of_link(facts: Facts, rule: Rule, most: int, earlier: list[str], later: list[str]) -> Iterator[Followed]:
    items = facts.items
    earlier = [item for item in earlier if items.is_last_batch(items[item])]
    later = [item for item in later if items.is_first_batch(items[item])]
    soonest = sorted(earlier, key=lambda item: (facts.wave_of[item].date, item))[:2]
    for item in later:
        first = next((each for each in soonest if each != item), None)  # an item does not follow itself
        if first is not None:
            yield Followed(first, item, most, rule.id)
