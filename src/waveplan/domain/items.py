"""All items of an inventory, and the look-ups around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from waveplan.domain.identifiers import ItemId
from waveplan.domain.inventory import Inventory
from waveplan.domain.item import MAIN_STREAM, Item, Move, Step
from waveplan.domain.item_making import ItemMaker
from waveplan.domain.matching import Matching
from waveplan.domain.policy import Policy
from waveplan.domain.rules import Rule
from waveplan.domain.selectors import Selector
from waveplan.domain.servers import Server
from waveplan.domain.subjects import target_of
from waveplan.domain.work import Dependency

__all__ = ["MAIN_STREAM", "Item", "Items", "Move", "Step"]


class _Providers:
    """Items that one name stands for, and those of them at some sites."""

    def __init__(self, found: tuple[Item, ...]) -> None:
        self.all = found
        self._at: dict[str | None, list[tuple[int, Item]]] = defaultdict(list)
        for number, item in enumerate(found):
            self._at[item.service_site].append((number, item))

    def at(self, sites: Iterable[str]) -> tuple[Item, ...]:
        """Those at some sites, in inventory order."""
        found = {number: item for site in {*sites} for number, item in self._at.get(site, ())}
        return tuple(found[number] for number in sorted(found))


class Items:
    """All items of an inventory and the look-ups around them. References that dangle are left out, not raised.

    Items of `left_out` are treated as if the inventory did not have them.
    """

    def __init__(self, inventory: Inventory, left_out: Collection[str] = ()) -> None:
        self.inventory = inventory
        maker = ItemMaker(inventory)
        self.sites, self.servers, self.policies = maker.sites, maker.servers, maker.policies
        made = tuple(maker.items())
        self._by_id = {item.id: item for item in made if item.id not in left_out}
        self.left_out = tuple(item for item in made if item.id in left_out)
        self._providers: dict[tuple[str, str], _Providers] = {}
        self._selected: dict[Selector, tuple[Item, ...]] = {}

    def __iter__(self) -> Iterator[Item]:
        return iter(self._by_id.values())

    def __getitem__(self, item: str) -> Item:
        return self._by_id[ItemId(item)]

    def __contains__(self, item: object) -> bool:
        return item in self._by_id

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, item: str) -> Item | None:
        """The item of that id, if there is one."""
        return self._by_id.get(ItemId(item))

    def named(self, name: str) -> tuple[Item, ...]:
        """Items that a name stands for, in inventory order: an item's own id, an application's, a service's, …"""
        return self._named.get(name, ())

    def providers(self, consumer: Item, dependency: Dependency) -> tuple[Item, ...]:
        """What one dependency of an item is about: first steps, unless it names another one.

        A service's name binds what is at the consumer's own sites, or at all of its sites when the dependency says so.
        """
        kind = "service" if dependency.app is None else "application"
        key = (kind, dependency.provider)
        if key not in self._providers:
            self._providers[key] = _Providers(
                tuple(item for item in self._first_or_named(dependency.provider) if item.kind == kind)
            )
        known = self._providers[key]
        if dependency.service is None or dependency.all_sites or "@" in dependency.provider:
            return known.all
        return known.at(consumer.counted_sites)

    def _first_or_named(self, name: str) -> tuple[Item, ...]:
        every = self.named(name)
        return every if "/" in name else tuple(item for item in every if item.is_first)

    def batches_of(self, item: Item) -> tuple[Item, ...]:
        """All batches of the item's application, in order; itself alone when it does not move in batches."""
        return self._batches[item.entry.id] if item.batch else (item,)

    def is_first_batch(self, item: Item) -> bool:
        """Whether it is what must wait for others: the first batch, or no batch at all."""
        return self.batches_of(item)[0] is item

    def is_last_batch(self, item: Item) -> bool:
        """Whether it is what others wait for: the last batch, or no batch at all."""
        return self.batches_of(item)[-1] is item

    def end_of(self, dependency: Dependency, provider: Item) -> tuple[Item, ...]:
        """What stands with a provider at its end of a dependency: all batches, or the one that is named."""
        return (provider,) if "/" in dependency.provider else self.batches_of(provider)

    @cached_property
    def _batches(self) -> dict[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self:
            if item.batch:
                found.setdefault(item.entry.id, []).append(item)
        return {name: tuple(sorted(items, key=lambda each: each.batch)) for name, items in found.items()}

    @cached_property
    def _named(self) -> dict[str, tuple[Item, ...]]:
        found: dict[str, list[Item]] = {}
        for item in self:
            for name in item.names:
                found.setdefault(name, []).append(item)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def planned(self) -> tuple[Item, ...]:
        """Items that cut over, in inventory order."""
        return tuple(item for item in self if item.planned)

    @cached_property
    def moving_servers(self) -> frozenset[str]:
        """Servers that go to a target: those of at least one planned item whose strategy moves servers."""
        return frozenset(move.server.id for item in self.planned for move in item.moves)

    @cached_property
    def idle_servers(self) -> tuple[Server, ...]:
        """Servers that host nothing, in inventory order; one of which all items are left out is not idle."""
        hosting = {server.id for item in (*self, *self.left_out) for server in item.servers}
        return tuple(server for server in self.inventory.servers if server.id not in hosting)

    @cached_property
    def retired_servers(self) -> Mapping[str, Server]:
        """Servers that host nothing and are said to be retired, by what their retirement is called."""
        idle = (server for server in self.idle_servers if server.retire)
        return {f"server:{server.id}" if server.id in self else server.id: server for server in idle}

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Every server's moves, each once, by server, then in the order of its steps."""
        found = {
            (move.server.id, item.step.number if item.step else 0, move.origin, move.target): move
            for item in self.planned
            for move in item.moves
        }
        return tuple(found[key] for key in sorted(found, key=lambda key: (*key[:3], key[3] or "")))

    def select(self, selector: Selector | None) -> tuple[Item, ...]:
        """Items that a selector matches, in inventory order; all without one."""
        if selector is None:
            return tuple(self)
        if selector not in self._selected:  # many rules say the same, and each trial of a plan asks again
            self._selected[selector] = tuple(self.matching.select(selector))
        return self._selected[selector]

    def select_planned(self, selector: Selector | None) -> tuple[Item, ...]:
        """Those of them that cut over."""
        return tuple(item for item in self.select(selector) if item.planned)

    @cached_property
    def matching(self) -> Matching[Item]:
        """Selectors asked of all items, each of those that its words may mean."""
        return Matching(self)

    def target_of(self, server: Server) -> str | None:
        """Where a server goes when it moves and no step says otherwise."""
        return target_of(server, self.sites)

    def policy_of(self, item: Item) -> Policy:
        """The policy of the item's stream."""
        return self.policies[item.stream]

    def rules_for(self, item: Item) -> tuple[Rule, ...]:
        """Rules with a `match` that holds for the item."""
        if item.id in self._by_id:
            return self._rules.get(item.id, ())
        return tuple(rule for rule in self.inventory.rules if rule.match is not None and rule.match.matches(item))

    @cached_property
    def _rules(self) -> Mapping[ItemId, tuple[Rule, ...]]:
        found: dict[ItemId, list[Rule]] = defaultdict(list)
        for rule in self.inventory.rules:
            for item in self.select(rule.match) if rule.match is not None else ():
                found[item.id].append(rule)
        return {item: tuple(rules) for item, rules in found.items()}
