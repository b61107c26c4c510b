"""The numbers of a set of items that cut over together: what a lot and a wave have in common.

Each stands here as the table of docs/semantics.md has it: what is counted once, what is
added up, of what the longest or the highest counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property, reduce
from typing import TypeVar

from waveplan.checking.disks import ZERO, sent_gb
from waveplan.domain.item import Item, Move
from waveplan.domain.parts import CRITICALITIES, Criticality, Effort, Limits, WeekCounts
from waveplan.domain.servers import Server

Amount = int | Decimal
_Number = TypeVar("_Number", int, Decimal)


def _once(of: Callable[[Item], Iterable[str]]) -> cached_property[tuple[str, ...]]:
    """A union: sites that the inventory has, each counted once, in order of id."""

    def sites(bundle: Bundle) -> tuple[str, ...]:
        known = bundle.items[0].sites.keys()
        return tuple(sorted(known & {site for item in bundle.items for site in of(item)}))

    return cached_property(sites)


def _together(of: Callable[[Item], Mapping[str, _Number]]) -> cached_property[Mapping[str, _Number]]:
    """Sums by team, in order of id; teams of which nothing is asked are left out."""

    def totals(bundle: Bundle) -> Mapping[str, _Number]:
        asked = [of(item) for item in bundle.items]
        teams = sorted({team for each in asked for team, amount in each.items() if amount})
        return {team: reduce(lambda one, other: one + other, (e[team] for e in asked if team in e)) for team in teams}

    return cached_property(totals)


def _longest(of: Callable[[Item], Decimal]) -> cached_property[Decimal]:
    """The longest of all items' hours."""
    return cached_property(lambda bundle: sorted(of(item) for item in bundle.items)[-1])


class Bundle:
    """Items and their numbers: things are counted once, effort and crew are sums, hours are the longest."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = tuple(sorted(items, key=lambda item: item.id))

    # --- unions: each server, site and user once --------------------------------------------------------------------

    places = _once(lambda item: item.places)
    source_sites = _once(lambda item: item.source_sites)
    counted_sites = _once(lambda item: item.counted_sites)
    _user_sites = _once(lambda item: item.counted_user_sites)

    @cached_property
    def servers(self) -> Mapping[str, Server]:
        """Servers of all items, takeover and repurchase included, in order of id."""
        every = sorted((server for item in self.items for server in item.servers), key=lambda server: server.id)
        return {server.id: server for server in every}

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What its items move: each server once, in order of id, from where to where."""
        every = [move for item in self.items for move in item.moves]
        first = {move.server.id: move for move in reversed(every)}  # of several the one that comes first
        return tuple(move for _, move in sorted(first.items()))

    @cached_property
    def moving_servers(self) -> tuple[Server, ...]:
        """Servers that go to a target."""
        return tuple(move.server for move in self.moves)

    @property
    def applications(self) -> int:
        """Items that are applications."""
        return len([item for item in self.items if item.kind == "application"])

    @cached_property
    def users(self) -> int:
        """Users of service sites and user sites, each site once."""
        return sum(self.items[0].sites[site].total_users for site in self._user_sites)

    # --- sums -------------------------------------------------------------------------------------------------------

    effort = _together(lambda item: item.effort)
    crew = _together(lambda item: item.entry.crew)

    @cached_property
    def transfer_gb(self) -> Decimal:
        """GB that cross links, each server and each shared disk once."""
        return sent_gb(self.moving_servers)

    def worked_out(self, formula: Effort) -> Decimal:
        """Person-days that a formula gives for all its servers and users."""
        return formula.each + formula.per_server * len(self.servers) + formula.per_100_users * self.users / 100

    # --- the longest, the highest -----------------------------------------------------------------------------------

    cutover_hours = _longest(lambda item: item.entry.cutover_hours)
    test_hours = _longest(lambda item: item.entry.test_hours)
    rollback_hours = _longest(lambda item: item.entry.rollback_hours)
    hypercare_hours = _longest(lambda item: item.hypercare_hours)

    @cached_property
    def transport_hours(self) -> Decimal:
        """Longest transport of a shipped server."""
        return longest_transport(self.moving_servers)

    @cached_property
    def criticality(self) -> Criticality:
        """Highest criticality."""
        words = {item.entry.criticality for item in self.items}
        return next(word for word in CRITICALITIES if word in words)


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
