"""Lots: what must cut over together, and why."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from waveplan.dependency_graph import loose_circles
from waveplan.domain.identifiers import ItemId, LotId
from waveplan.domain.items import Item, Items
from waveplan.domain.plan_lots import Tie
from waveplan.lots.chains import Chain, shortest_chain
from waveplan.lots.lot import Lot
from waveplan.lots.tying import each_once, leaders, ties_of, ties_within


class Lots:
    """All lots of an inventory, in order of their first item's id."""

    def __init__(self, lots: Iterable[Lot], items: Items) -> None:
        self.items = items
        self._lots = tuple(lots)
        self._by_item = {item.id: lot for lot in self._lots for item in lot.items}
        self.by_id = {lot.id: lot for lot in self._lots}

    def __iter__(self) -> Iterator[Lot]:
        return iter(self._lots)

    def __len__(self) -> int:
        return len(self._lots)

    def of(self, item: str) -> Lot | None:
        """The lot of an item; none for what is retained, retired or unknown."""
        return self._by_item.get(ItemId(item))

    def reason(self, tie: Tie) -> str | None:
        """What the inventory says about a tie: the reasons of the dependencies, or of the rule, that make it."""
        if tie.tie == "together rule":
            rules = self.items.inventory.rules
            return next((rule.reason for rule in rules if rule.id == tie.rule and rule.reason), None)
        if tie.tie != "hard dependency":
            return None
        consumer, provider = self.items[tie.of[0]], tie.of[1]
        told = [
            dependency.reason
            for dependency in consumer.entry.depends_on
            if dependency.coupling == "hard" and dependency.reason
            if any(each.id == provider for each in self.items.providers(consumer, dependency))
        ]
        return "; ".join(dict.fromkeys(told)) or None

    def why(self, first: str, second: str) -> Chain | None:
        """The shortest chain of ties between two items of one lot; None when they are not in one."""
        lot = self.of(first)
        if lot is None or lot is not self.of(second):
            return None
        return shortest_chain(lot.ties, first, second)


def form_lots(items: Items, done: Mapping[str, str] | None = None) -> Lots:
    """Group planned items that share a server, a cluster, a disk, a hard tie or a `together` rule.

    Circles of orders among such groups are one lot too, where the inventory wants that.

    Ties cannot join what is `done`, in some place by item, with what is done elsewhere or still free.
    """
    ties = each_once(ties_within(ties_of(items), done) if done else ties_of(items))
    leader = leaders(items, ties)
    if items.inventory.dependencies.cycles == "join":
        circles = [Tie(tie="order circle", of=circle) for circle in loose_circles(items, leader)]
        ties += each_once(ties_within(circles, done) if done else circles)
        leader = leaders(items, ties)
    members: dict[str, list[Item]] = defaultdict(list)
    for item in items.planned:
        members[leader[item.id]].append(item)
    causes: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        causes[leader[tie.of[0]]].append(tie)
    lots = [_lot(group, causes[name]) for name, group in members.items()]
    return Lots(sorted(lots, key=lambda lot: lot.items[0].id), items)


def _lot(group: list[Item], ties: list[Tie]) -> Lot:
    ordered = tuple(sorted(group, key=lambda item: item.id))
    return Lot(lot_id([item.id for item in ordered]), ordered, tuple(ties))


def lot_id(items: Iterable[str]) -> LotId:
    """A readable head and a hash of the set: the same set keeps its id when other things change."""
    ordered = sorted(items)
    digest = hashlib.sha256("\n".join(ordered).encode()).hexdigest()[:4]
    return LotId(f"{ordered[0]}-{digest}")
