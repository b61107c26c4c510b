"""The numbers of a set of items that cut over together: what a lot and a wave have in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from waveplan.checking.disks import ZERO, sent_gb
from waveplan.domain.inventory import Server
from waveplan.domain.items import Item, Move
from waveplan.domain.parts import CRITICALITY_POINTS, Criticality, Effort, Limits, WeekCounts

Amount = int | Decimal


class Bundle:
    """Items and their numbers: things are counted once, effort and crew are sums, hours are the longest."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(sorted(items, key=lambda item: item.id))

    @cached_property
    def servers(self) -> Mapping[str, Server]:
        """Servers of all items, takeover and repurchase included, in order of id."""
        found = {server.id: server for item in self.items for server in item.servers}
        return dict(sorted(found.items()))

    @cached_property
    def moving_servers(self) -> tuple[Server, ...]:
        """Servers that go to a target."""
        return tuple(move.server for move in self.moves)

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What its items move: each server once, in order of id, from where to where."""
        found: dict[str, Move] = {}
        for item in self.items:
            for move in item.moves:
                found.setdefault(move.server.id, move)
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def applications(self) -> int:
        """Items that are applications."""
        return sum(item.kind == "application" for item in self.items)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Source, target and service sites known to the inventory, in order of id."""
        return self._known(place for item in self.items for place in item.places)

    @cached_property
    def source_sites(self) -> tuple[str, ...]:
        """Sites on which its items' servers stand before the move."""
        return self._known(site for item in self.items for site in item.source_sites)

    @cached_property
    def counted_sites(self) -> tuple[str, ...]:
        """Source and service sites."""
        return self._known(site for item in self.items for site in item.counted_sites)

    @cached_property
    def users(self) -> int:
        """Users of service sites and user sites, each site once."""
        sites = self._known(site for item in self.items for site in item.counted_user_sites)
        return sum(self.items[0].sites[site].total_users for site in sites)

    def _known(self, sites: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({site for site in sites if site in self.items[0].sites}))

    @cached_property
    def transfer_gb(self) -> Decimal:
        """GB that cross links, each server and each shared disk once."""
        return sent_gb(self.moving_servers)

    @cached_property
    def transport_hours(self) -> Decimal:
        """Longest transport of a shipped server."""
        return longest_transport(self.moving_servers)

    @cached_property
    def effort(self) -> Mapping[str, Decimal]:
        """Person-days of preparation by team."""
        total: dict[str, Decimal] = defaultdict(Decimal)
        for item in self.items:
            for team, days in item.effort.items():
                total[team] += days
        return {team: total[team] for team in sorted(total) if total[team]}

    def worked_out(self, formula: Effort) -> Decimal:
        """Person-days that a formula gives for all its servers and users."""
        return formula.each + formula.per_server * len(self.servers) + formula.per_100_users * self.users / 100

    @cached_property
    def crew(self) -> Mapping[str, int]:
        """People in the window by team."""
        total: Counter[str] = Counter()
        for item in self.items:
            total.update(item.entry.crew)
        return {team: total[team] for team in sorted(total) if total[team]}

    @cached_property
    def cutover_hours(self) -> Decimal:
        """Longest work in the window beside the transfer."""
        return max(item.entry.cutover_hours for item in self.items)

    @cached_property
    def test_hours(self) -> Decimal:
        """Longest test."""
        return max(item.entry.test_hours for item in self.items)

    @cached_property
    def rollback_hours(self) -> Decimal:
        """Longest rollback."""
        return max(item.entry.rollback_hours for item in self.items)

    @cached_property
    def hypercare_hours(self) -> Decimal:
        """Longest hypercare."""
        return max(item.hypercare_hours for item in self.items)

    @cached_property
    def criticality(self) -> Criticality:
        """Highest criticality."""
        return max((item.entry.criticality for item in self.items), key=lambda word: CRITICALITY_POINTS[word])


def longest_transport(servers: Iterable[Server]) -> Decimal:
    """Longest transport of those servers that are shipped; 0 without any."""
    return max((server.transport_hours or ZERO for server in servers if server.method == "ship"), default=ZERO)


def held_against(part: Bundle, lots: int, limits: Limits | WeekCounts) -> Iterator[tuple[str, Amount, Amount]]:
    """What is held against each limit that is given: name, used, limit."""
    for name, used in held(part, lots).items():
        limit = getattr(limits, name, None)
        if limit is not None:
            yield name, used, limit
    for team, limit in sorted(getattr(limits, "effort", {}).items()):
        yield f"effort.{team}", part.effort.get(team, ZERO), limit


def held(part: Bundle, lots: int) -> dict[str, Amount]:
    """What a part holds of everything but effort."""
    return {
        "servers": len(part.servers),
        "applications": part.applications,
        "lots": lots,
        "sites": len(part.counted_sites),
        "users": part.users,
        "data_tb": part.transfer_gb / 1000,
    }
