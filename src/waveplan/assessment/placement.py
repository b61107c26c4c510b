"""A plan on its inventory: which items cut over in which lot and wave, and what moves from where to where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from waveplan.change_calendar import ChangeCalendar, instant
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items, Move
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.servers import Server

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True, eq=False)
class LotPlacement:
    """A lot of the plan with its items, its wave, and when its window runs, in UTC."""

    items: tuple[Item, ...]
    wave: Wave
    span: Span

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What it takes from where to where: each server once, in order of id."""
        found: dict[str, Move] = {}
        for item in self.items:
            for move in item.moves:
                found.setdefault(move.server.id, move)
        return tuple(found[name] for name in sorted(found))

    def moved_servers(self, item: Item) -> tuple[Server, ...]:
        """Servers of one of its items that move, with it or with an item that shares them."""
        moved = {move.server.id for move in self.moves}
        return tuple(server for server in item.servers if server.id in moved)


class PlacedPlan:
    """A plan and its inventory. What the one names and the other does not have is left out."""

    def __init__(self, plan: Plan, inventory: Inventory) -> None:
        self.inventory = inventory
        self.items = Items(inventory)
        self.loads = plan.teams
        self._plan = plan
        self._calendar = ChangeCalendar(inventory)

    @cached_property
    def lots(self) -> tuple[LotPlacement, ...]:
        """Lots in order of their waves."""
        known = self._plan.lots_by_id()
        found = []
        for wave in self._plan.waves_in_order():
            for name in wave.lots:
                items = (
                    tuple(self.items[item] for item in known[name].items if item in self.items) if name in known else ()
                )
                if items:
                    found.append(LotPlacement(items, wave, self._span(wave, items)))
        return tuple(found)

    def _span(self, wave: Wave, items: tuple[Item, ...]) -> Span:
        """The wave's window, or the lot's own hours in a window that lets each lot keep those of its sites."""
        slot = self._calendar.slots_by_id.get(wave.id.removeprefix(f"{wave.stream}/"))
        zones = (self.items.sites[site].timezone for item in items for site in item.counted_sites)
        zone = next((zone for zone in zones if zone), None)
        start, end = (wave.slot.start, wave.slot.end) if slot is None else slot.span(zone)
        return (instant(start), instant(end))
