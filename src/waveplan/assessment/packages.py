"""Packages of lots and waves: what moves, for how long it is down, who works, who watches, whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from waveplan.assessment.communication import communication
from waveplan.assessment.outage import item_outage
from waveplan.assessment.placement import LotPlacement, PlacedPlan
from waveplan.assessment.traffic import Traffic, in_hundredths
from waveplan.domain.communication import HeldEntry
from waveplan.domain.compliance import WaveRef
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item
from waveplan.domain.packages import ItemPackage, LotPackage, MovedServer, WavePackage
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.work import Application
from waveplan.errors import UsageError


def lot_packages(plan: Plan, inventory: Inventory, lot: str | None = None) -> tuple[LotPackage, ...]:
    """Of each lot in a wave, in order of waves; of one lot when it, or an item in it, is named.

    Raises UsageError for a name that no wave of the plan has.
    """
    maker = _PackageMaker(plan, inventory)
    found = [
        maker.lot(each, wave)
        for wave in plan.waves_in_order()
        for name in wave.lots
        if (each := maker.lots.get(name)) is not None and (lot is None or lot == each.id or lot in each.items)
    ]
    if lot is not None and not found:
        raise UsageError("no wave of the plan has a lot or an item {name}", name=lot)
    return tuple(found)


def wave_packages(plan: Plan, inventory: Inventory, wave: str | None = None) -> tuple[WavePackage, ...]:
    """Of each wave in order; of one when its id is given."""
    maker = _PackageMaker(plan, inventory)
    return tuple(maker.wave(each) for each in plan.waves_in_order() if wave in (None, each.id))


class _PackageMaker:
    def __init__(self, plan: Plan, inventory: Inventory) -> None:
        self.lots = plan.lots_by_id()
        self._plan = plan
        self._placement = PlacedPlan(plan, inventory)
        self._traffic = Traffic(self._placement)
        self._placed = {str(item.id): lot for lot in self._placement.lots for item in lot.items}
        self._several = len({wave.stream for wave in plan.waves}) > 1
        self._wave_of = {item: wave for wave in plan.waves for item in self._items(wave)}

    def _items(self, wave: Wave) -> list[str]:
        return [item for lot in wave.lots if lot in self.lots for item in self.lots[lot].items]

    def lot(self, lot: PlanLot, wave: Wave) -> LotPackage:
        """One lot."""
        placed = [self._placed[item] for item in lot.items if item in self._placed]
        items = placed[0].items if placed else ()
        return LotPackage(
            lot=lot,
            wave=wave,
            label=wave.label(self._several),
            items=tuple(self._package(item, placed[0]) for item in items),
            teams=dict(sorted(lot.effort.items())),
            on_call=_teams(items, "on_call"),
            others=tuple(self._others(lot, wave)),
            communication=tuple(each for each in self._communication.get(wave.id, ()) if lot.id in each.lots),
        )

    def _others(self, lot: PlanLot, wave: Wave) -> Iterator[tuple[str, WaveRef]]:
        """What lies at the other end of a dependency and moves at another time."""
        found = {other for item in lot.items for other in self._neighbours.get(item, ())} - set(lot.items)
        for name in sorted(found):
            other = self._wave_of.get(name)
            if other is not None and other.id != wave.id:
                yield name, WaveRef(other.id, other.label(self._several), other.date)

    @cached_property
    def _neighbours(self) -> dict[str, set[str]]:
        """What each item depends on, and what depends on it."""
        found: dict[str, set[str]] = {}
        items = self._placement.items
        for consumer in items.planned:
            for dependency in consumer.entry.depends_on:
                for provider in items.providers(consumer, dependency):
                    found.setdefault(str(consumer.id), set()).add(str(provider.id))
                    found.setdefault(str(provider.id), set()).add(str(consumer.id))
        return found

    def wave(self, wave: Wave) -> WavePackage:
        """One wave."""
        lots = tuple(self.lots[name] for name in wave.lots if name in self.lots)
        placed = [lot for lot in self._placement.lots if lot.wave is wave]
        items = tuple(item for lot in placed for item in lot.items)
        return WavePackage(
            wave=wave,
            label=wave.label(self._several),
            lots=lots,
            items=tuple(self._package(item, lot) for lot in placed for item in lot.items),
            servers=tuple(_server(lot, number) for lot in placed for number in range(len(lot.moves))),
            organisations={team: self._organisation(team) for team in sorted(wave.totals.effort)},
            crew=_teams(items, "crew"),
            on_call=_teams(items, "on_call"),
            communication=tuple(self._communication.get(wave.id, ())),
        )

    @cached_property
    def _communication(self) -> Mapping[str, list[HeldEntry]]:
        """What each wave holds for people."""
        found: dict[str, list[HeldEntry]] = {}
        for each in communication(self._plan, self._placement.inventory):
            found.setdefault(each.wave.id, []).append(each)
        return found

    def _organisation(self, team: str) -> str | None:
        return self._plan.teams[team].organisation if team in self._plan.teams else None

    def _package(self, item: Item, lot: LotPlacement) -> ItemPackage:
        entry = item.entry
        return ItemPackage(
            id=str(item.id),
            name=entry.name,
            strategy=item.strategy,
            outage_hours=in_hundredths(item_outage(self._traffic, lot, item)) or Decimal(0),
            most_hours=entry.max_downtime_hours,
            test_hours=entry.test_hours,
            business_owner=entry.business_owner,
            technical_owner=entry.technical_owner,
            personas=tuple(entry.personas),
            processes=tuple(entry.processes),
            user_sites=item.counted_user_sites if isinstance(entry, Application) else item.counted_sites,
        )


def _teams(items: tuple[Item, ...], kind: str) -> tuple[str, ...]:
    return tuple(sorted({team for item in items for team, people in getattr(item.entry, kind).items() if people}))


def _server(lot: LotPlacement, number: int) -> MovedServer:
    move = lot.moves[number]
    hosted = [str(item.id) for item in lot.items if any(each.id == move.server.id for each in item.servers)]
    server = move.server
    return MovedServer(
        server.id, server.name, move.origin, move.target, server.method, server.gigabytes, tuple(sorted(hosted))
    )
