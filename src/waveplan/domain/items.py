"""Items: what gets scheduled, with everything about them looked up once.

The planner and the checker both read items; what they make of them (lots, loads, rules) each computes for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import BaseModel

from waveplan.domain.findings import Path
from waveplan.domain.identifiers import ItemId, SiteId, StreamId
from waveplan.domain.inventory import (
    MOVING_STRATEGIES,
    UNPLANNED_STRATEGIES,
    Application,
    Inventory,
    Server,
    Site,
)
from waveplan.domain.policy import Policy, Rule
from waveplan.domain.selectors import Selector, words_of

MAIN_STREAM = StreamId("main")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class SiteSubject:
    """A site, as `defaults` select it."""

    site: Site

    def values(self, attribute: str) -> frozenset[str]:
        """Words of the site's own field, or of `labels.x`, with or without `site.` before it; `site` is its id."""
        own = attribute.removeprefix("site.")
        if own in {"site", "id"}:
            return frozenset((self.site.id,))
        return entry_words(self.site, own)


@dataclass(frozen=True, eq=False)
class ServerSubject:
    """A server, as `defaults` and counts of servers select it."""

    server: Server
    sites: Mapping[str, Site]

    def values(self, attribute: str) -> frozenset[str]:
        """Words of the server's own field; `site.*` and `target.*` look into its sites."""
        head, _, rest = attribute.partition(".")
        if head == "server":
            return frozenset((self.server.id,)) if not rest else entry_words(self.server, rest)
        if head == "id":
            return frozenset((self.server.id,))
        if head == "target":
            target = target_of(self.server, self.sites)
            return _site_words(self.sites, (target,) if target else (), rest)
        if head == "site":
            return _site_words(self.sites, (self.server.site,), rest)
        return entry_words(self.server, attribute)


@dataclass(frozen=True, eq=False)
class Item:
    """One application in one move (later also one service at one site), ready to be scheduled or shown.

    Sites and servers are sorted tuples of ids; amounts are exact. `path` leads to its entry in the inventory.
    """

    id: ItemId
    kind: Literal["application", "service"]
    entry: Application
    path: Path
    stream: StreamId
    servers: tuple[Server, ...]  # in order of id
    source_sites: tuple[SiteId, ...]
    target_sites: tuple[SiteId, ...]  # only of servers that this item moves
    service_site: SiteId | None
    user_sites: tuple[SiteId, ...]
    effort: Mapping[str, Decimal]  # person-days by team, formulas worked out
    hypercare_hours: Decimal
    sites: Mapping[str, Site] = field(repr=False)

    @property
    def planned(self) -> bool:
        """Whether it cuts over at all: neither retained nor retired."""
        return self.entry.strategy not in UNPLANNED_STRATEGIES

    @property
    def moves_servers(self) -> bool:
        """Whether its servers go to a target (not so for takeover and repurchase)."""
        return self.entry.strategy in MOVING_STRATEGIES

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

    def values(self, attribute: str) -> frozenset[str]:
        """Words that a selector compares; see the format for the attributes."""
        head, _, rest = attribute.partition(".")
        if head in {"app", "service"}:
            wanted = "application" if head == "app" else "service"
            return frozenset((self.entry.id, self.id)) if self.kind == wanted and not rest else _NONE
        if head == "site":
            own = (self.service_site,) if self.service_site else self.source_sites
            return _site_words(self.sites, own, rest)
        if head == "target":
            return _site_words(self.sites, self.target_sites, rest)
        if head == "user":
            return _site_words(self.sites, self.user_sites, rest)
        if head == "server":
            return self._server_words(rest or "id")
        if attribute in {"technology", "cluster"}:
            return self._server_words(attribute)
        if attribute == "stream":
            return frozenset((self.stream,))
        if attribute == "id":
            return frozenset((self.id,))
        return entry_words(self.entry, attribute)

    def _server_words(self, attribute: str) -> frozenset[str]:
        return _NONE.union(*(entry_words(server, attribute) for server in self.servers))


def entry_words(entry: object, attribute: str) -> frozenset[str]:
    """Words of an entry's own field, or of one label under `labels.x`."""
    head, _, rest = attribute.partition(".")
    if head == "labels" and rest:
        return words_of(getattr(entry, "labels", {}).get(rest))
    value = getattr(entry, attribute, None)
    return _NONE if isinstance(value, dict) or callable(value) else words_of(value)


def _site_words(sites: Mapping[str, Site], ids: tuple[str, ...], attribute: str) -> frozenset[str]:
    if not attribute:
        return frozenset(ids)
    return _NONE.union(*(entry_words(sites[site], attribute) for site in ids if site in sites))


def target_of(server: Server, sites: Mapping[str, Site]) -> str | None:
    """Where a server goes when it moves: its own target, else its site's."""
    if server.target:
        return server.target
    site = sites.get(server.site)
    return site.target if site else None


class Items:
    """All items of an inventory and the look-ups around them. References that dangle are left out, not raised."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.sites: dict[str, Site] = {site.id: site for site in inventory.sites}
        self.servers: dict[str, Server] = {server.id: server for server in inventory.servers}
        self.policies = _policies(inventory)
        self._by_id = {item.id: item for item in self._build()}

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

    @cached_property
    def planned(self) -> tuple[Item, ...]:
        """Items that cut over, in inventory order."""
        return tuple(item for item in self if item.planned)

    @cached_property
    def moving_servers(self) -> frozenset[str]:
        """Servers that go to a target: those of at least one planned item whose strategy moves servers."""
        return frozenset(server.id for item in self.planned if item.moves_servers for server in item.servers)

    def select(self, selector: Selector | None) -> tuple[Item, ...]:
        """Items that a selector matches, in inventory order; all without one."""
        return tuple(item for item in self if selector is None or selector.matches(item))

    def matches_server(self, selector: Selector, server: Server) -> bool:
        """Whether a server itself meets a selector that names server attributes."""
        return selector.matches(ServerSubject(server, self.sites))

    def target_of(self, server: Server) -> str | None:
        """Where a server goes when it moves."""
        return target_of(server, self.sites)

    def policy_of(self, item: Item) -> Policy:
        """The policy of the item's stream."""
        return self.policies[item.stream]

    def rules_for(self, item: Item) -> tuple[Rule, ...]:
        """Rules with a `match` that holds for the item."""
        return tuple(rule for rule in self.inventory.rules if rule.match is not None and rule.match.matches(item))

    def _build(self) -> Iterator[Item]:
        for index, entry in enumerate(self.inventory.applications):
            yield self._item(entry, ("applications", index))

    def _item(self, entry: Application, path: Path) -> Item:
        names = sorted(set(entry.servers))
        servers = tuple(self.servers[name] for name in names if name in self.servers)
        targets = {self.target_of(server) for server in servers} if entry.strategy in MOVING_STRATEGIES else set()
        user_sites = tuple(sorted({SiteId(site) for site in entry.user_sites if site in self.sites}))
        draft = Item(
            id=ItemId(entry.id),
            kind="application",
            entry=entry,
            path=path,
            stream=MAIN_STREAM,
            servers=servers,
            source_sites=tuple(sorted({SiteId(server.site) for server in servers})),
            target_sites=tuple(sorted(SiteId(target) for target in targets if target)),
            service_site=None,
            user_sites=user_sites,
            effort=self._effort(entry, len(servers), user_sites),
            hypercare_hours=Decimal(0),
            sites=self.sites,
        )
        placed = replace(draft, stream=self._stream(draft))
        return replace(placed, hypercare_hours=self._hypercare(placed))

    def _effort(self, entry: Application, servers: int, user_sites: tuple[SiteId, ...]) -> dict[str, Decimal]:
        users = sum(self.sites[site].total_users for site in user_sites)
        return {
            team: effort.each + effort.per_server * servers + effort.per_100_users * users / 100
            for team, effort in sorted(entry.effort.items())
        }

    def _stream(self, item: Item) -> StreamId:
        for stream in self.inventory.streams:
            if stream.match.matches(item):
                return StreamId(stream.id)
        return MAIN_STREAM

    def _hypercare(self, item: Item) -> Decimal:
        if item.entry.hypercare_hours is not None:
            return item.entry.hypercare_hours
        hypercare = self.policy_of(item).hypercare
        for override in hypercare.overrides:
            if override.match.matches(item):
                return override.hours
        return hypercare.hours


def _policies(inventory: Inventory) -> dict[str, Policy]:
    policies = {str(MAIN_STREAM): inventory.policy}
    for stream in inventory.streams:
        policies[stream.id] = _merged(inventory.policy, stream.policy)
    return policies


def _laid_over(base: BaseModel, own: BaseModel) -> BaseModel:
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        mine, theirs = getattr(own, name), getattr(base, name)
        update[name] = {**theirs, **mine} if isinstance(mine, dict) else mine
    return base.model_copy(update=update)


def _merged(base: Policy, own: Policy) -> Policy:
    """The programme's policy with what a stream gives laid over it: mappings merge, everything else replaces."""
    update: dict[str, object] = {}
    for name in own.model_fields_set:
        mine, theirs = getattr(own, name), getattr(base, name)
        if name in {"hypercare", "wave_limits", "lot_limits"}:
            mine = _laid_over(theirs, mine)
        elif name == "earliest_wave_by_criticality":
            mine = {**theirs, **mine}
        update[name] = mine
    return base.model_copy(update=update)
