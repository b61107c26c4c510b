"""Ties that can be relaxed, and what each costs: application ties, then shared servers, then clusters and disks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.findings import Path
from waveplan.domain.items import Items
from waveplan.domain.plan_lots import Tie
from waveplan.lots.lot import Lot

_SOFTENED = 1  # and the weight of the tie: the coexistence of each day apart
_MOST_WEIGHT = 99
_RULE = 50
_SERVER = 200
_CLUSTER = 1000


@dataclass(frozen=True, slots=True)
class Cuttable:
    """A tie of a lot with its cost, the coexistence of a day apart when it is soft, and the edits that soften it."""

    tie: Tie
    cost: int
    weight: Decimal
    paths: tuple[Path, ...]


def cuttable(lot: Lot, items: Items) -> list[Cuttable]:
    """The ties of a lot, each with what it costs to relax it."""
    return [_of(tie, items) for tie in lot.ties]


def _of(tie: Tie, items: Items) -> Cuttable:
    if tie.tie == "hard dependency":
        return _dependency(tie, items)
    cost = {
        "together rule": _RULE,
        "shared server": _SERVER,
        "cluster": _CLUSTER,
        "shared disk": _CLUSTER,
        "order circle": _RULE,
    }[tie.tie]
    numbers = {rule.id: number for number, rule in enumerate(items.inventory.rules)}
    path: tuple[Path, ...] = (("rules", numbers[tie.rule]),) if tie.rule in numbers else ()
    return Cuttable(tie, cost, Decimal(0), path)


def _dependency(tie: Tie, items: Items) -> Cuttable:
    """All the entries by which the one depends hard on the other."""
    consumer, provider = items[tie.of[0]], tie.of[1]
    entries = [
        (number, dependency)
        for number, dependency in enumerate(consumer.entry.depends_on)
        if dependency.coupling == "hard" and any(each.id == provider for each in items.providers(consumer, dependency))
    ]
    weight = sum((dependency.weight for _, dependency in entries), Decimal(0))
    paths = tuple((*consumer.path, "depends_on", number, "coupling") for number, _ in entries)
    return Cuttable(tie, _SOFTENED + min(int(weight), _MOST_WEIGHT), weight, paths)
