"""Soft dependencies as ties between pairs of lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from waveplan.domain.items import Item
from waveplan.domain.work import Application
from waveplan.engine.problem import WeightedTie
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts.facts import PlanningFacts

End = tuple[Item, Item]  # the first and the last batch of what stands at one end of a tie


def soft_ties(facts: PlanningFacts) -> tuple[tuple[WeightedTie, ...], int]:
    """Soft dependencies between planned items of different lots, added up by pair of lots; and their scale."""
    lot_of = {item.id: index for index, lot in enumerate(facts.lots) for item in lot.items}
    weights: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for one, other, weight in _pairs(facts):
        pair = min(lot_of[one.id], lot_of[other.id]), max(lot_of[one.id], lot_of[other.id])
        if pair[0] != pair[1] and weight:
            weights[pair] += weight
    scale = common_denominator(weights.values())
    return tuple(WeightedTie(*pair, scaled(weight, scale)) for pair, weight in sorted(weights.items())), scale


def _pairs(facts: PlanningFacts) -> Iterator[tuple[Item, Item, Decimal]]:
    items = facts.items
    for item in items.planned:
        if not items.is_first_batch(item):
            continue
        batches = items.batches_of(item)
        own = (batches[0], batches[-1])
        if item.batch and isinstance(item.entry, Application):
            yield *own, item.entry.batch_weight
        for dependency in item.entry.depends_on:
            for provider in items.providers(item, dependency) if dependency.coupling == "soft" else ():
                end = items.end_of(dependency, provider)
                if provider.planned and provider.is_first and end[0] is provider:
                    yield from _between(own, (end[0], end[-1]), dependency.weight)


def _between(one: End, other: End, weight: Decimal) -> Iterator[tuple[Item, Item, Decimal]]:
    """The days from the first to the last cutover of both ends: half of what four pairs are apart, as batches are in
    order: max(a, b) - min(c, d) = ((a - c) + (b - d) + |a - b| + |c - d|) / 2 for a after c and b after d.
    """
    if one[0] is one[1] and other[0] is other[1]:
        yield one[0], other[0], weight
        return
    for pair in (one, other, (one[0], other[0]), (one[1], other[1])):
        yield *pair, weight / 2
