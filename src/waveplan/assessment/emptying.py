"""How sites empty and fill: servers that still stand on a source site, and what a target site holds, day by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from waveplan.assessment.placement import PlacedPlan
from waveplan.domain.items import Item, Move
from waveplan.domain.parts import CAPACITY_KEYS
from waveplan.domain.plan import Plan
from waveplan.domain.servers import Server, together_disk_gb
from waveplan.domain.sites import Site

_GIVEN_UP = frozenset({"repurchase", "retire"})


def left_by(item: Item) -> dict[str, str]:
    """Servers that an item leaves, each with the site at which it stood; none for what stays or is taken over."""
    if item.moves_servers:
        return {move.server.id: move.origin for move in item.moves if move.origin != move.target}
    return dict(item.stands) if item.strategy in _GIVEN_UP else {}


Level = tuple[dt.date, Decimal]
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Emptying:
    """Servers that stand on a site at the programme's start, and after each day on which some leave it."""

    site: str
    before: int
    after: tuple[tuple[dt.date, int], ...]

    @property
    def left(self) -> int:
        """What the plan leaves there."""
        return self.after[-1][1] if self.after else self.before


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands on a target site in one measure, and what it has, each from a day on; `key` names the measure."""

    site: str
    key: str
    held: tuple[Level, ...]
    offered: tuple[Level, ...]


def emptying(plan: Plan, placement: PlacedPlan) -> tuple[Emptying, ...]:
    """Every site that something leaves, by name.

    A server leaves with the last of its items, a retired one on its day.
    """
    standing: dict[str, set[str]] = defaultdict(set)
    for server in placement.inventory.servers:
        standing[server.site].add(server.id)
    gone = _days_of_leaving(plan, placement)
    found = []
    for site, servers in sorted(standing.items()):
        days = sorted(gone[site, server] for server in servers if (site, server) in gone)
        if days:
            after = tuple((day, len(servers) - sum(each <= day for each in days)) for day in sorted(set(days)))
            found.append(Emptying(site, len(servers), after))
    return tuple(found)


def _days_of_leaving(plan: Plan, placement: PlacedPlan) -> dict[tuple[str, str], dt.date]:
    """When each server leaves the site on which it stands before the programme."""
    retired = {each.subject: each.date for each in plan.milestones if each.kind == "retire"}
    leaving = [(item, lot.wave.date) for lot in placement.lots for item in lot.items]
    leaving += [(placement.items[name], day) for name, day in retired.items() if name in placement.items]
    day_of = {str(item.id): day for item, day in leaving}
    waiting = _waiting(placement, day_of)
    found: dict[tuple[str, str], dt.date] = {}
    for item, day in sorted(leaving, key=lambda each: each[1]):
        for server, site in left_by(item).items():
            if not waiting[server]:
                found[site, server] = max(day, found.get((site, server), day)) if item.is_first else day
    for name, idle in placement.items.retired_servers.items():
        if name in retired:
            found[idle.site, idle.id] = retired[name]
    return found


def _waiting(placement: PlacedPlan, day_of: Mapping[str, dt.date]) -> dict[str, int]:
    """How many items of each server neither move nor go: as long as there is one, the server stays."""
    found: dict[str, int] = defaultdict(int)
    for item in placement.items:
        for server in item.servers:
            found[server.id] += str(item.id) not in day_of and item.strategy not in {"retain", "takeover"}
    return found


def filling(placement: PlacedPlan) -> tuple[Filling, ...]:
    """Every target with a limit to which something moves, measure by measure, in the order of the inventory."""
    found: list[Filling] = []
    for site in placement.inventory.sites:
        changes = _changes(site.id, placement)
        offers = ((key, _offered(site, key)) for key in CAPACITY_KEYS if changes)
        found += [Filling(site.id, key, tuple(_held(changes, key)), offered) for key, offered in offers if offered]
    return tuple(found)


def _changes(site: str, placement: PlacedPlan) -> dict[dt.date, tuple[list[Server], list[Server]]]:
    """Servers that arrive and that leave again, by day; each once a step, whatever number of items it hosts."""
    moves: dict[tuple[str, int], tuple[dt.date, Move]] = {}
    for lot in placement.lots:
        for item in lot.items:
            for move in item.moves:
                moves.setdefault((move.server.id, _number(item)), (lot.wave.date, move))
    brought = {(server, number) for (server, number), (_, move) in moves.items() if move.target == site}
    found: dict[dt.date, tuple[list[Server], list[Server]]] = defaultdict(lambda: ([], []))
    for (server, number), (day, move) in sorted(moves.items(), key=lambda each: (each[1][0], each[0])):
        if move.target == site:
            found[day][0].append(move.server)
        if move.origin == site and any(name == server and step < number for name, step in brought):
            found[day][1].append(move.server)
    return dict(found)


def _number(item: Item) -> int:
    return item.step.number if item.step else 0


def _held(changes: Mapping[dt.date, tuple[list[Server], list[Server]]], key: str) -> Iterable[Level]:
    total = _NOTHING
    for day, (arriving, leaving) in sorted(changes.items()):
        total += _size(arriving, key) - _size(leaving, key)
        yield day, total


def _size(servers: list[Server], key: str) -> Decimal:
    if key == "disk_tb":
        return together_disk_gb(servers) / 1000
    return sum((getattr(server, key) or _NOTHING for server in servers), _NOTHING)


def _offered(site: Site, key: str) -> tuple[Level, ...]:
    """What a site has from which day on; nothing when no entry gives this measure, which is no limit then."""
    given = ((entry.first or dt.date.min, getattr(entry, key)) for entry in site.capacity)
    return tuple(sorted(((day, amount) for day, amount in given if amount is not None), key=lambda each: each[0]))
