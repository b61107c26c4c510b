"""Soft ties in a plan: which stand apart, between which waves and for how long, and what each adds to coexistence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.items import Item, Items
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.work import Application


@dataclass(frozen=True, slots=True)
class SoftTie:
    """A soft dependency, or what holds the batches of one application together (`provider` is None then).

    `ends` are the items at both of its ends; `weight` is what each day apart costs.
    """

    consumer: str
    provider: str | None
    ends: frozenset[str]
    weight: Decimal
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ApartItems:
    """A soft tie whose ends cut over on different days: from the first of these waves to the last."""

    tie: SoftTie
    first: Wave
    last: Wave

    @property
    def start(self) -> dt.date:
        """The first day on which its ends stand on different sides of the move."""
        return self.first.date

    @property
    def days(self) -> int:
        """Days from the first cutover to the last."""
        return (self.last.date - self.first.date).days

    @property
    def coexistence(self) -> Decimal:
        """What it adds to the goal of that name: weight × days."""
        return self.tie.weight * self.days


def soft_ties(items: Items) -> Iterator[SoftTie]:
    """Every soft tie between planned items, each entry for itself; batches of one application are such a tie too."""
    for consumer in items.planned:
        if not consumer.is_first or not items.is_first_batch(consumer):
            continue
        own = frozenset(str(each.id) for each in items.batches_of(consumer))
        if consumer.batch and isinstance(consumer.entry, Application):
            yield SoftTie(consumer.entry.id, None, own, consumer.entry.batch_weight)
        for dependency in consumer.entry.depends_on:
            for provider in items.providers(consumer, dependency) if dependency.coupling == "soft" else ():
                end = items.end_of(dependency, provider)
                if provider.planned and provider.is_first and end[0] is provider:
                    ends = own.union(str(each.id) for each in end)
                    yield SoftTie(_named(consumer), _named(provider), ends, dependency.weight, dependency.reason)


def _named(item: Item) -> str:
    return item.entry.id if item.batch else str(item.id)


def standing_apart(plan: Plan, items: Items) -> list[ApartItems]:
    """Ties that stand apart for a day or more, those that cost most first."""
    lots = plan.lots_by_id()
    wave_of = {item: wave for wave in plan.waves for lot in wave.lots if lot in lots for item in lots[lot].items}
    found = []
    for tie in soft_ties(items):
        waves = sorted({wave_of[item].id: wave_of[item] for item in tie.ends if item in wave_of}.values(), key=_order)
        if len(waves) > 1 and waves[0].date < waves[-1].date:
            found.append(ApartItems(tie, waves[0], waves[-1]))
    return sorted(found, key=lambda each: (-each.coexistence, each.start, each.tie.consumer, each.tie.provider or ""))


def _order(wave: Wave) -> tuple[dt.date, str]:
    return wave.date, wave.id
