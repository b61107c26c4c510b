"""Items: what gets scheduled, with everything about them looked up once.

An item is an application, a service at one site, or one step of either. The planner and the checker both read items;
what they make of them (lots, loads, rules) each computes for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from waveplan.domain.findings import Path
from waveplan.domain.identifiers import ItemId, SiteId, StreamId
from waveplan.domain.inventory import (
    MOVING_STRATEGIES,
    UNPLANNED_STRATEGIES,
    Application,
    Dependency,
    Inventory,
    Server,
    Service,
    Site,
    Strategy,
)
from waveplan.domain.parts import Environment
from waveplan.domain.policies import MAIN, policies_of
from waveplan.domain.policy import Policy, Rule
from waveplan.domain.selectors import Selector
from waveplan.domain.subjects import NO_WORDS, ServerSubject, entry_words, site_words, target_of

MAIN_STREAM = StreamId(MAIN)


@dataclass(frozen=True, slots=True)
class Move:
    """A server that an item moves: from where to where. Without a target the inventory is wrong, and says so."""

    server: Server
    origin: SiteId
    target: SiteId | None


@dataclass(frozen=True, slots=True)
class Step:
    """Which step of its application or service an item is. `number` counts from 0; `previous` is the step before."""

    id: str
    number: int
    path: Path
    given: frozenset[str]  # fields that the step sets itself
    location: str | None = None
    min_gap_days: int = 0
    min_gap_working_days: int = 0
    max_gap_days: int | None = None
    previous: ItemId | None = None


@dataclass(frozen=True, eq=False)
class Item:
    """One application in one move, one service at one site, or one step of either, ready to be scheduled or shown.

    Sites and servers are sorted tuples of ids; amounts are exact. `entry` is its entry in the inventory, a step's own
    values laid over it; `path` leads there.
    """

    id: ItemId
    kind: Literal["application", "service"]
    entry: Application | Service
    path: Path
    names: frozenset[str]  # what `app`, `service` and `id` in selectors may call it
    step: Step | None
    stream: StreamId
    tranche: str | None
    servers: tuple[Server, ...]  # in order of id
    moves: tuple[Move, ...]  # in order of the servers' ids
    stands: Mapping[str, SiteId]  # where each of its servers stands before it cuts over
    service_site: SiteId | None
    user_sites: tuple[SiteId, ...]
    effort: Mapping[str, Decimal]  # person-days by team, formulas worked out
    hypercare_hours: Decimal
    sites: Mapping[str, Site] = field(repr=False)
    batch: int = 0  # of an application that moves in batches: which one it is, from 1

    @property
    def strategy(self) -> Strategy | Literal["rollout"]:
        """What becomes of an application; a service is rolled out."""
        return self.entry.strategy if isinstance(self.entry, Application) else "rollout"

    @property
    def planned(self) -> bool:
        """Whether it cuts over at all: neither retained nor retired."""
        return self.strategy not in UNPLANNED_STRATEGIES

    @property
    def moves_servers(self) -> bool:
        """Whether its servers go to a target (not so for takeover and repurchase)."""
        return self.strategy in MOVING_STRATEGIES

    @property
    def is_first(self) -> bool:
        """Whether it is the only or the first step: what dependencies mean, and where coexistence counts."""
        return self.step is None or self.step.number == 0

    @property
    def family(self) -> str | None:
        """The application of which it is one environment."""
        return self.entry.family if isinstance(self.entry, Application) else None

    @property
    def environment(self) -> Environment | None:
        """Environment of an application; services have none."""
        return self.entry.environment if isinstance(self.entry, Application) else None

    @cached_property
    def source_sites(self) -> tuple[SiteId, ...]:
        """Where its servers stand before it cuts over."""
        return tuple(sorted(set(self.stands.values())))

    @cached_property
    def target_sites(self) -> tuple[SiteId, ...]:
        """Where the servers that it moves go."""
        return tuple(sorted({move.target for move in self.moves if move.target}))

    @property
    def places(self) -> tuple[SiteId, ...]:
        """Source, target and service sites: where its blackouts and public holidays count."""
        found = {*self.source_sites, *self.target_sites}
        if self.service_site:
            found.add(self.service_site)
        return tuple(sorted(found))

    @property
    def counted_sites(self) -> tuple[SiteId, ...]:
        """Source and service sites: what a wave's number of sites counts."""
        return tuple(sorted({*self.source_sites, *([self.service_site] if self.service_site else [])}))

    @property
    def counted_user_sites(self) -> tuple[SiteId, ...]:
        """Service and user sites: whose users a wave's number of users counts."""
        return tuple(sorted({*self.user_sites, *([self.service_site] if self.service_site else [])}))

    def where(self, name: str) -> Path:
        """Where one of its fields stands: in its step, if that gives it, else in its entry."""
        if self.step is not None and name in self.step.given:
            return (*self.step.path, name)
        return (*self.path, name)

    def values(self, attribute: str) -> frozenset[str]:
        """Words that a selector compares; see the format for the attributes."""
        head, _, rest = attribute.partition(".")
        if head in {"app", "service"}:
            wanted = "application" if head == "app" else "service"
            return self.names if self.kind == wanted and not rest else NO_WORDS
        if head == "site":
            own = (self.service_site,) if self.service_site else self.source_sites
            return site_words(self.sites, own, rest)
        if head == "target":
            return site_words(self.sites, self.target_sites, rest)
        if head == "user":
            return site_words(self.sites, self.user_sites, rest)
        if head == "server":
            return self._server_words(rest or "id")
        return self._own_words(attribute)

    def _own_words(self, attribute: str) -> frozenset[str]:
        match attribute:
            case "technology" | "cluster":
                return self._server_words(attribute)
            case "stream":
                return frozenset((self.stream,))
            case "tranche":
                return frozenset((self.tranche,)) if self.tranche else NO_WORDS
            case "id":
                return self.names
            case "step":
                return frozenset((self.step.id,)) if self.step else NO_WORDS
            case "location":
                return frozenset((self.step.location,)) if self.step and self.step.location else NO_WORDS
            case _:
                return entry_words(self.entry, attribute)

    def _server_words(self, attribute: str) -> frozenset[str]:
        return NO_WORDS.union(*(entry_words(server, attribute) for server in self.servers))


class Items:
    """All items of an inventory and the look-ups around them. References that dangle are left out, not raised.

    Items of `left_out` are treated as if the inventory did not have them.
    """

    def __init__(self, inventory: Inventory, left_out: Collection[str] = ()) -> None:
        from waveplan.domain.item_making import ItemMaker

        self.inventory = inventory
        self.sites: dict[str, Site] = {site.id: site for site in inventory.sites}
        self.servers: dict[str, Server] = {server.id: server for server in inventory.servers}
        self.policies = policies_of(inventory)
        made = tuple(ItemMaker(inventory, self.sites, self.servers, self.policies).items())
        self._by_id = {item.id: item for item in made if item.id not in left_out}
        self.left_out = tuple(item for item in made if item.id in left_out)

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
        found = tuple(item for item in self._first_or_named(dependency.provider) if item.kind == kind)
        if dependency.service is None or dependency.all_sites or "@" in dependency.provider:
            return found
        own = set(consumer.counted_sites)
        return tuple(item for item in found if item.service_site in own)

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
        return tuple(item for item in self if selector is None or selector.matches(item))

    def matches_server(self, selector: Selector, server: Server) -> bool:
        """Whether a server itself meets a selector that names server attributes."""
        return selector.matches(ServerSubject(server, self.sites))

    def target_of(self, server: Server) -> str | None:
        """Where a server goes when it moves and no step says otherwise."""
        return target_of(server, self.sites)

    def policy_of(self, item: Item) -> Policy:
        """The policy of the item's stream."""
        return self.policies[item.stream]

    def rules_for(self, item: Item) -> tuple[Rule, ...]:
        """Rules with a `match` that holds for the item."""
        return tuple(rule for rule in self.inventory.rules if rule.match is not None and rule.match.matches(item))
