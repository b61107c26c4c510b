"""Items: what gets scheduled, with everything about them looked up once.

An item is an application, a service at one site, or one step of either. The planner and the checker both read items;
what they make of them (lots, loads, rules) each computes for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from waveplan.domain.findings import Path
from waveplan.domain.identifiers import ItemId, SiteId, StreamId
from waveplan.domain.inventory import MAIN
from waveplan.domain.parts import Environment
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site
from waveplan.domain.subjects import NO_WORDS, entry_words, site_words
from waveplan.domain.work import MOVING_STRATEGIES, UNPLANNED_STRATEGIES, Application, Service, Strategy

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
