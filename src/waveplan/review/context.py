"""What every part of the review looks at: the inventory with its items, lots, graph and calendar, worked out once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar
from waveplan.dependency_graph import DependencyGraph, Order, orders_of
from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import MAIN_STREAM, Item, Items
from waveplan.domain.matching import Matching
from waveplan.domain.policy import Policy
from waveplan.domain.rules import Rule
from waveplan.lots import Lots, form_lots
from waveplan.lots.lot import Lot
from waveplan.review.wording import chain_text

_CHAIN_EFFORT = 200_000  # ties walked in one review to show chains: a lot that swallows everything has very many


class ReviewContext:
    """An inventory that could be read. References that dangle are another part's findings: they are skipped here."""

    def __init__(self, inventory: Inventory, left_out: Collection[str] = ()) -> None:
        self.inventory = inventory
        self.items = Items(inventory, left_out)
        self._chain_effort = _CHAIN_EFFORT

    @cached_property
    def lots(self) -> Lots:
        """What must cut over together."""
        return form_lots(self.items)

    @cached_property
    def graph(self) -> DependencyGraph:
        """Dependencies between items."""
        return DependencyGraph(self.items)

    @cached_property
    def orders(self) -> list[Order]:
        """Every order between items that cut over."""
        return orders_of(self.graph)

    @cached_property
    def calendar(self) -> ChangeCalendar:
        """Slots, working days and zones."""
        return ChangeCalendar(self.inventory)

    @cached_property
    def slot_dates(self) -> frozenset[dt.date]:
        """Cutover dates of all slots."""
        return frozenset(slot.date for slot in self.calendar.slots)

    @cached_property
    def matching(self) -> Matching[Item]:
        """Selectors asked of all items."""
        return self.items.matching

    @cached_property
    def site_paths(self) -> Mapping[str, Path]:
        """Where each site is described."""
        return {site.id: ("sites", number) for number, site in enumerate(self.inventory.sites)}

    @cached_property
    def server_paths(self) -> Mapping[str, Path]:
        """Where each server is described."""
        return {server.id: ("servers", number) for number, server in enumerate(self.inventory.servers)}

    @cached_property
    def hosted(self) -> Mapping[str, list[Item]]:
        """Items on each server that hosts something, in inventory order."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            for server in item.servers:
                found[server.id].append(item)
        return found

    @cached_property
    def rules_of(self) -> Mapping[str, list[tuple[int, Rule]]]:
        """Rules with dates, pins or windows that match each item, with their numbers; only items that have some."""
        found: dict[str, list[tuple[int, Rule]]] = defaultdict(list)
        for number, rule in enumerate(self.inventory.rules):
            if rule.match is not None:
                for item in self.matching.select(rule.match):
                    found[item.id].append((number, rule))
        return found

    @cached_property
    def policies(self) -> list[tuple[Policy, Path, list[Item]]]:
        """The policy of each stream that has planned items: where it is given, and those items."""
        members: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.planned:
            members[item.stream].append(item)
        found: list[tuple[Policy, Path, list[Item]]] = []
        if members[MAIN_STREAM]:
            found.append((self.items.policies[MAIN_STREAM], ("policy",), members[MAIN_STREAM]))
        for number, stream in enumerate(self.inventory.streams):
            if members[stream.id] and stream.id != MAIN_STREAM:
                policy = self.items.policies[stream.id]
                found.append((policy, ("streams", number, "policy"), members[stream.id]))
        return found

    @cached_property
    def earliest_cutover(self) -> Mapping[str, dt.date]:
        """By stream: the first cutover date whose preparation and gates fall on or after the programme's start."""
        return {items[0].stream: self._earliest(policy) for policy, _, items in self.policies}

    def _earliest(self, policy: Policy) -> dt.date:
        start = self.inventory.programme.start
        first = start + dt.timedelta(days=policy.preparation_days)
        for slot in self.calendar.slots:
            bases = (self.calendar.gate_at_latest(gate, slot.date) for gate in policy.gates)
            if slot.date >= first and all(base >= start for base in bases):
                return slot.date
        return first

    def lot_of(self, item: str) -> Lot | None:
        """The lot of an item that cuts over."""
        return self.lots.of(item)

    def chain(self, one: str, other: str) -> str:
        """The shortest chain of ties between two items of one lot, as text; `…` once enough have been worked out."""
        lot = self.lot_of(one)
        if self._chain_effort <= 0 or lot is None:
            return "…"
        self._chain_effort -= len(lot.ties)
        return chain_text(self.lots.why(one, other))
