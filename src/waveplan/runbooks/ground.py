"""One wave on its inventory, as a runbook looks at it: lots with their hours, items, servers, what crosses links."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar, instant
from waveplan.change_calendar.link_hours import LinkClock
from waveplan.change_calendar.slots import zone_named
from waveplan.domain.calendar_rules import SITE_ZONE
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items, Move
from waveplan.domain.people import Team
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.servers import Server, together_gigabytes

Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class LotGround:
    """A lot of the wave: its items, and when its window runs by the clocks of its zone."""

    id: str
    items: tuple[Item, ...]
    start: dt.datetime
    end: dt.datetime


class SharedGround:
    """What the runbooks of all waves of an inventory share, each worked out when it is first asked for."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory

    @cached_property
    def items(self) -> Items:
        """Its items."""
        return Items(self._inventory)

    @cached_property
    def links(self) -> LinkClock:
        """What its links carry."""
        return LinkClock(self._inventory)

    @cached_property
    def calendar(self) -> ChangeCalendar:
        """Its calendar."""
        return ChangeCalendar(self._inventory)


class WaveGround:
    """What a runbook needs to know of a wave. What the plan names and the inventory does not have is left out."""

    def __init__(self, plan: Plan, inventory: Inventory, wave: Wave, shared: SharedGround | None = None) -> None:
        self.plan, self.inventory, self.wave = plan, inventory, wave
        self.shared = shared or SharedGround(inventory)
        self.items = self.shared.items
        self.teams: Mapping[str, Team] = {team.id: team for team in inventory.teams}
        self.label = wave.label(len({each.stream for each in plan.waves}) > 1)

    @cached_property
    def zone(self) -> str:
        """The zone whose clocks the window keeps: its own, else the programme's."""
        windows = {window.id: window.timezone for window in self.inventory.calendar.windows}
        own = windows.get(self.wave.slot.window)
        return own if own and own != SITE_ZONE else self.inventory.programme.timezone

    @cached_property
    def lots(self) -> tuple[LotGround, ...]:
        """Lots of the wave in its order."""
        return tuple(self._lots(self.wave))

    def _lots(self, wave: Wave) -> Iterator[LotGround]:
        known = self.plan.lots_by_id()
        own = {lot: hours for hours in wave.site_hours for lot in hours.lots}
        for name in wave.lots:
            items = tuple(self.items[item] for item in known[name].items if item in self.items) if name in known else ()
            hours = own.get(name)
            start, end = (hours.start, hours.end) if hours else (wave.slot.start, wave.slot.end)
            zone = zone_named(hours.zone if hours else self.zone)
            if items:
                yield LotGround(name, items, start.astimezone(zone), end.astimezone(zone))

    @cached_property
    def seats(self) -> dict[str, int]:
        """People whom each team seats in the window; where the items seat none, as many as it ever can."""
        found: dict[str, int] = defaultdict(int)
        for lot in self.lots:
            for item in lot.items:
                for team, people in item.entry.crew.items():
                    found[team] += people
        limits = {team.id: team.crew for team in self.inventory.teams if team.crew is not None}
        return {team: found.get(team) or limits[team] for team in sorted({*found, *limits}) if team in self.teams}

    @cached_property
    def moves(self) -> dict[str, Move]:
        """What the wave takes from where to where, each server once."""
        found: dict[str, Move] = {}
        for lot in self.lots:
            for item in lot.items:
                for move in item.moves:
                    found.setdefault(move.server.id, move)
        return found

    @cached_property
    def sent(self) -> Mapping[str, tuple[Pair, Decimal]]:
        """GB that each server adds to a linked pair of sites; a shared disk is counted for the first that has it."""
        by_pair: dict[Pair, dict[str, Server]] = defaultdict(dict)
        for lot in self.lots:
            for server in _of(lot.items, self.moves):
                pair = _pair(self.moves[server.id])
                if pair in self.links.pairs:
                    by_pair[pair].setdefault(server.id, server)
        added = ((pair, server, more) for pair, own in by_pair.items() for server, more in _added([*own.values()]))
        return {server.id: (pair, more) for pair, server, more in added if more}

    @property
    def links(self) -> LinkClock:
        """What the links carry."""
        return self.shared.links

    @cached_property
    def occupied(self) -> dict[Pair, Decimal]:
        """GB that other waves, whose windows meet this one's, send over the links that it uses."""
        used = {pair for pair, _ in self.sent.values()}
        found: dict[Pair, list[Server]] = defaultdict(list)
        for wave in self.plan.waves:
            if wave.id != self.wave.id and used and self._meet(wave):
                for lot in self._lots(wave):
                    if any(_overlap(lot, own) for own in self.lots):
                        for move in (move for item in lot.items for move in item.moves):
                            if (pair := _pair(move)) in used and move.server not in found[pair]:
                                found[pair].append(move.server)
        sums = {pair: together_gigabytes(found[pair]) for pair in sorted(found)}
        return {pair: gigabytes for pair, gigabytes in sums.items() if gigabytes}

    def _meet(self, other: Wave) -> bool:
        """Whether windows may meet: a lot that keeps its own hours runs within a day of the wave's."""
        day = dt.timedelta(days=1)
        return (
            instant(other.slot.start) - day < instant(self.wave.slot.end) + day
            and instant(self.wave.slot.start) - day < instant(other.slot.end) + day
        )

    @cached_property
    def transfer_minutes(self) -> Mapping[str, int]:
        """Minutes of each server's transfer, one after the other at the links' speed from the start of the window.

        Each is the whole minutes that all up to it take, less those before: together they are what the link needs.
        """
        found: dict[str, int] = {}
        sums: dict[Pair, Decimal] = defaultdict(Decimal)
        done: dict[Pair, int] = defaultdict(int)
        for server, (pair, more) in self.sent.items():
            sums[pair] += more
            hours = self.links.hours(pair, instant(self.wave.slot.start), Fraction(sums[pair]))
            total = -(-hours * 60 // 1)
            found[server], done[pair] = int(total) - done[pair], int(total)
        return found


def _of(items: Iterable[Item], moves: Mapping[str, Move]) -> list[Server]:
    found = {server.id: server for item in items for server in item.servers if server.id in moves}
    return [found[name] for name in sorted(found)]


def _pair(move: Move) -> Pair:
    target = move.target or move.origin
    return (min(move.origin, target), max(move.origin, target))


def _overlap(one: LotGround, other: LotGround) -> bool:
    return instant(one.start) < instant(other.end) and instant(other.start) < instant(one.end)


def _added(servers: list[Server]) -> Iterator[tuple[Server, Decimal]]:
    """What each server adds to the GB of those before it."""
    if not any(server.shared_disks for server in servers):
        yield from ((server, server.gigabytes) for server in servers)
        return
    before = Decimal(0)
    for number, server in enumerate(servers, 1):
        total = together_gigabytes(servers[:number])
        yield server, total - before
        before = total
