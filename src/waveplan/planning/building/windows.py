"""The window: transfer, cutover, tests and rollback fit it; downtime stays under its limit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor

from waveplan.change_calendar import Slot, instant
from waveplan.engine.problem import Position
from waveplan.engine.problem.downtimes import Shared, SharedDowntimes
from waveplan.engine.problem.limits import DowntimeLimit, WindowFit, WindowWork
from waveplan.lots.lot import Lot, SitePair
from waveplan.planning.building.link_rows import rows_of
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts.facts import PlanningFacts

Zone = str | None


@dataclass(frozen=True)
class LotLinkLoad:
    """One link's traffic: a pool of GB for each zone of lots, in `unit`-ths of a GB; `speed` where it is steady."""

    pair: SitePair
    pools: dict[Zone, int]
    users: frozenset[int]
    unit: int
    sent: Fraction  # GB of all lots
    speed: Fraction | None  # GB an hour


def downtime_room(lot: Lot) -> Decimal | None:
    """Hours of transfer that the lot's tightest transferring item can bear; None when none of them is limited."""
    rooms = [
        item.entry.max_downtime_hours - lot.cutover_hours - lot.test_hours
        for item in lot.items
        if item.entry.max_downtime_hours is not None
        and any(server.gigabytes and server.id in lot.moving for server in item.servers)
    ]
    return min(rooms, default=None)


class WindowBuilder:
    """Builds what fits a window. Links that could never matter are left out."""

    def __init__(self, facts: PlanningFacts, pools: Pools) -> None:
        self._facts = facts
        self._slots = facts.slots
        self._unit = self._work_unit()
        self.work = self._work()
        self._links = [load for pair in facts.links.pairs if (load := self._load(pair, pools)) is not None]
        sending = {zone for load in self._links for zone in load.pools}
        self._near = _overlaps(facts, sorted(sending, key=lambda zone: zone or ""))

    def fits(self, allowed: Sequence[Sequence[int]]) -> Iterator[WindowFit]:
        """WP328: one constraint for each link, position and zone that could be too tight.

        `allowed` gives each lot's positions: where no lot that uses a link may stand, there is nothing to fit.
        """
        zones_at = self._zones_at(allowed)
        longest = sum(max(kind.values(), default=0) for kind in (self.work.cutover, self.work.test, self.work.rollback))
        for load in self._links:
            used = {position for lot in load.users for position in allowed[lot]}
            for position in (self._facts.positions[index] for index in sorted(used)):
                for zone in zones_at[position.index]:
                    yield from self._fit(load, position, zone, longest)

    def _fit(self, load: LotLinkLoad, position: Position, zone: Zone, longest: int) -> Iterator[WindowFit]:
        slot = self._slots[position.slot]
        rows = rows_of(
            self._facts.links.stretches(load.pair, slot.span(zone)[0]),
            Fraction(self.work.hours[position.index], self._unit),
            work_unit=self._unit,
            data_unit=load.unit,
            sent=load.sent,
            longest=longest,
        )
        for row in rows:
            yield WindowFit(
                position=position.index,
                zone_lots=self._lots_in[zone] if slot.site_zone else None,
                users=load.users,
                terms=tuple((pool, other, row.per_unit) for pool, other in self._terms(load, position, zone)),
                work=row.work,
                room=row.room,
                least_work=row.least_work,
                most_work=row.most_work,
            )

    def downtimes(self) -> SharedDowntimes:
        """WP329, as far as links matter: one constraint for each lot, link and position that could be too slow."""
        alike: dict[tuple[int, Zone, Decimal], list[int]] = defaultdict(list)
        for index, lot in enumerate(self._facts.lots):
            room = downtime_room(lot)
            if room is not None:
                alike[self._facts.stream_of(lot), self._facts.zone(lot), room].append(index)
        found = []
        for (_, _, room), lots in alike.items():
            for load in self._links:
                if load.speed is None or load.sent > load.speed * Fraction(room):
                    first = self._facts.lots[lots[0]]
                    limits = tuple(self._downtime(lots[0], first, load, max(Fraction(room), Fraction(-1))))
                    if limits:
                        found.append(Shared(tuple(lots), limits))
        return SharedDowntimes(found)

    def _downtime(self, index: int, lot: Lot, load: LotLinkLoad, room: Fraction) -> Iterator[DowntimeLimit]:
        stream, zone = self._facts.stream_of(lot), self._facts.zone(lot)
        for position in self._facts.positions:
            if position.stream == stream:
                slot = self._slots[position.slot]
                # what does not cross within its window breaks another rule
                hours = min(room, slot.hours) if load.speed is None else room
                most = self._facts.links.carried(load.pair, slot.span(zone)[0], hours)
                if most < load.sent:
                    weighted = tuple((pool, other, 1) for pool, other in self._terms(load, position, zone))
                    yield DowntimeLimit(index, position.index, load.users, weighted, floor(most * load.unit))

    def _terms(self, load: LotLinkLoad, position: Position, zone: Zone) -> list[tuple[int, int]]:
        found = []
        for other, other_zone in self._near(position, zone):
            if other_zone in load.pools:
                found.append((load.pools[other_zone], other))
        return found

    def _zones_at(self, allowed: Sequence[Sequence[int]]) -> dict[int, list[Zone]]:
        """By position: the zones whose hours lots there may keep; none in a slot that has hours of its own."""
        found: dict[int, set[Zone]] = defaultdict(set)
        for lot, positions in zip(self._facts.lots, allowed, strict=True):
            zone = self._facts.zone(lot)
            for position in positions:
                slot = self._slots[self._facts.positions[position].slot]
                found[position].add(zone if slot.site_zone else None)
        return {position: sorted(zones, key=lambda zone: zone or "") for position, zones in found.items()}

    @cached_property
    def _lots_in(self) -> dict[Zone, frozenset[int]]:
        found: dict[Zone, set[int]] = defaultdict(set)
        for index, lot in enumerate(self._facts.lots):
            found[self._facts.zone(lot)].add(index)
        return {zone: frozenset(lots) for zone, lots in found.items()}

    # --- hours and GB ----------------------------------------------------------------------------------------------

    def _work_unit(self) -> int:
        hours: list[Decimal | Fraction] = [slot.hours for slot in self._slots]
        for lot in self._facts.lots:
            hours += [lot.cutover_hours, lot.test_hours, lot.rollback_hours, lot.transport_hours]
        return common_denominator(set(hours))

    def _work(self) -> WindowWork:
        def by_lot(hours: Callable[[Lot], Decimal]) -> dict[int, int]:
            found = {index: scaled(hours(lot), self._unit) for index, lot in enumerate(self._facts.lots)}
            return {index: amount for index, amount in found.items() if amount}

        return WindowWork(
            cutover=by_lot(lambda lot: lot.cutover_hours),
            test=by_lot(lambda lot: lot.test_hours),
            rollback=by_lot(lambda lot: lot.rollback_hours),
            transport=by_lot(lambda lot: lot.transport_hours),
            hours=tuple(scaled(self._slots[p.slot].hours, self._unit) for p in self._facts.positions),
        )

    def _load(self, pair: SitePair, pools: Pools) -> LotLinkLoad | None:
        amounts = {i: gb[pair] for i, gb in enumerate(self._facts.transfers) if gb.get(pair)}
        if not amounts:
            return None
        unit = common_denominator(amounts.values())
        zones: dict[Zone, dict[int, int]] = defaultdict(dict)
        for index, gigabytes in amounts.items():
            zones[self._facts.zone(self._facts.lots[index])][index] = scaled(gigabytes, unit)
        name = f"GB {pair[0]} to {pair[1]}"
        return LotLinkLoad(
            pair=pair,
            pools={zone: pools.add(name, group) for zone, group in zones.items()},
            users=frozenset(amounts),
            unit=unit,
            sent=Fraction(sum(amounts.values(), Decimal(0))),
            speed=self._facts.links.steady.get(pair),
        )


def _instants(slot: Slot, zone: Zone) -> tuple[dt.datetime, dt.datetime]:
    start, end = slot.span(zone)
    return instant(start), instant(end)


def _overlaps(facts: PlanningFacts, zones: list[Zone]) -> Callable[[Position, Zone], list[tuple[int, Zone]]]:
    """For a position and a zone: positions and sending zones whose windows overlap; a wave's own lots always do."""
    spans = {(slot, zone): _instants(facts.slots[slot], zone) for slot in range(len(facts.slots)) for zone in zones}
    longest = max((slot.hours for slot in facts.slots), default=Decimal(0))
    days = int(longest // 24) + 3
    known: dict[tuple[int, Zone], list[tuple[int, Zone]]] = {}

    def slots_near(slot: int, zone: Zone) -> list[tuple[int, Zone]]:
        start, end = spans[slot, zone] if (slot, zone) in spans else _instants(facts.slots[slot], zone)
        near = []
        for other in range(len(facts.slots)):
            if abs((facts.slots[other].nominal - facts.slots[slot].nominal).days) <= days:
                near += [(other, z) for z in zones if spans[other, z][0] < end and start < spans[other, z][1]]
        return near

    def find(position: Position, zone: Zone) -> list[tuple[int, Zone]]:
        key = (position.slot, zone)
        if key not in known:
            known[key] = slots_near(*key)
        pairs = {(facts.position(stream, slot), z) for stream in range(len(facts.streams)) for slot, z in known[key]}
        pairs.update((position.index, z) for z in zones)
        return sorted(pairs, key=lambda pair: (pair[0], pair[1] or ""))

    return find
