"""A lot: the items that cut over together, and their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from waveplan.domain.identifiers import LotId, StreamId
from waveplan.domain.items import Item, Move
from waveplan.domain.parts import CRITICALITIES, Criticality
from waveplan.domain.plan_lots import Tie
from waveplan.domain.servers import Server, together_gigabytes

SitePair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Lot:
    """The indivisible set of items that cut over together, and its numbers.

    Servers, sites and users are unions, counted once; effort, crew and transfer are sums; on-call is per team the
    largest of its items'; hours are the longest; criticality is the highest. Hours and person-days are exact.
    """

    id: LotId
    items: tuple[Item, ...]  # in order of id
    ties: tuple[Tie, ...]

    @cached_property
    def stream(self) -> StreamId:
        """Its stream; validation refuses lots that mix them."""
        return self.items[0].stream

    @cached_property
    def tranche(self) -> str | None:
        """The tranche of its items that have one; validation refuses lots that mix them."""
        return next((item.tranche for item in self.items if item.tranche), None)

    @cached_property
    def servers(self) -> tuple[Server, ...]:
        """Servers of its items, in order of id."""
        found = {server.id: server for item in self.items for server in item.servers}
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What its items move, each server once, in order of id."""
        found = {move.server.id: move for item in self.items for move in item.moves}
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def moving(self) -> frozenset[str]:
        """Ids of the servers that it moves."""
        return frozenset(move.server.id for move in self.moves)

    @cached_property
    def moving_servers(self) -> tuple[Server, ...]:
        """Those of its servers that go to a target."""
        return tuple(move.server for move in self.moves)

    @cached_property
    def criticality(self) -> Criticality:
        """The highest of its items'."""
        return min((item.entry.criticality for item in self.items), key=CRITICALITIES.index)

    @cached_property
    def hypercare_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.hypercare_hours for item in self.items)

    @cached_property
    def cutover_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.entry.cutover_hours for item in self.items)

    @cached_property
    def test_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.entry.test_hours for item in self.items)

    @cached_property
    def rollback_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.entry.rollback_hours for item in self.items)

    @cached_property
    def effort(self) -> Mapping[str, Decimal]:
        """Person-days of preparation by team; teams with none are left out."""
        total: dict[str, Decimal] = defaultdict(Decimal)
        for item in self.items:
            for team, days in item.effort.items():
                total[team] += days
        return {team: total[team] for team in sorted(total) if total[team]}

    @cached_property
    def crew(self) -> Mapping[str, int]:
        """People in the window by team."""
        total: dict[str, int] = defaultdict(int)
        for item in self.items:
            for team, people in item.entry.crew.items():
                total[team] += people
        return {team: total[team] for team in sorted(total) if total[team]}

    @cached_property
    def on_call(self) -> Mapping[str, int]:
        """People through hypercare by team: the largest of its items'."""
        most: dict[str, int] = defaultdict(int)
        for item in self.items:
            for team, people in item.entry.on_call.items():
                most[team] = max(most[team], people)
        return {team: most[team] for team in sorted(most) if most[team]}

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Source, target and service sites."""
        return tuple(sorted({place for item in self.items for place in item.places}))

    @cached_property
    def counted_sites(self) -> tuple[str, ...]:
        """Source and service sites: what a wave's sites count."""
        return tuple(sorted({site for item in self.items for site in item.counted_sites}))

    @cached_property
    def user_sites(self) -> tuple[str, ...]:
        """Service and user sites, whose users a wave counts."""
        return tuple(sorted({site for item in self.items for site in item.counted_user_sites}))

    @cached_property
    def source_sites(self) -> tuple[str, ...]:
        """Sites that its items leave."""
        return tuple(sorted({site for item in self.items for site in item.source_sites}))

    @cached_property
    def zones(self) -> tuple[str | None, ...]:
        """Time zones of its source and service sites; None stands for the programme's."""
        found = {item.sites[site].timezone for item in self.items for site in item.counted_sites}
        return tuple(sorted(found, key=lambda zone: zone or ""))

    @property
    def zone(self) -> str | None:
        """The zone in which it keeps its own hours; None for the programme's."""
        return self.zones[0] if self.zones else None

    @cached_property
    def transport_hours(self) -> Decimal:
        """The longest transport of its shipped servers."""
        shipped = (s.transport_hours or Decimal(0) for s in self.moving_servers if s.method == "ship")
        return max(shipped, default=Decimal(0))

    @cached_property
    def transfers(self) -> Mapping[SitePair, Decimal]:
        """GB that cross between each pair of sites (sorted ids)."""
        sending: dict[SitePair, list[Server]] = defaultdict(list)
        for move in self.moves:
            if move.target and move.server.gigabytes:
                sending[site_pair(move.origin, move.target)].append(move.server)
        return {pair: together_gigabytes(servers) for pair, servers in sorted(sending.items())}

    @cached_property
    def transfer_gb(self) -> Decimal:
        """GB that its servers transfer, each server and each disk once."""
        return together_gigabytes(self.moving_servers)


def site_pair(one: str, other: str) -> SitePair:
    """Two sites in order of id: links know no direction."""
    return (one, other) if one <= other else (other, one)
