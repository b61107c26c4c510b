"""What is handed to those who take part in a wave: a lot for its business team, a wave for partners. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.communication import HeldEntry
from waveplan.domain.compliance import WaveRef
from waveplan.domain.plan import Wave
from waveplan.domain.plan_lots import PlanLot


@dataclass(frozen=True, slots=True)
class ItemPackage:
    """An item: how long it is down (hours, from the window's start to the end of tests), and who answers for it."""

    id: str
    name: str | None
    strategy: str
    outage_hours: Decimal
    most_hours: Decimal | None  # that it may be down
    test_hours: Decimal
    business_owner: str | None
    technical_owner: str | None
    personas: tuple[str, ...]
    processes: tuple[str, ...]
    user_sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LotPackage:
    """A lot of a plan with its wave and what its people should know. `others` depend on it and move in other waves."""

    lot: PlanLot
    wave: Wave
    label: str
    items: tuple[ItemPackage, ...]
    teams: Mapping[str, Decimal]  # person-days
    on_call: tuple[str, ...]  # teams that watch in hypercare
    others: tuple[tuple[str, WaveRef], ...]  # an item elsewhere, and the wave in which it moves
    communication: tuple[HeldEntry, ...] = ()  # what its users are told, taught and asked


@dataclass(frozen=True, slots=True)
class MovedServer:
    """A server: from where to where, how, how much crosses in the window (GB), and what it hosts of the wave."""

    server: str
    name: str | None
    origin: str
    target: str | None
    method: str
    gigabytes: Decimal
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WavePackage:
    """A wave of a plan with what partners need: its servers, its lots, who works and who watches."""

    wave: Wave
    label: str
    lots: tuple[PlanLot, ...]
    items: tuple[ItemPackage, ...]
    servers: tuple[MovedServer, ...]
    organisations: Mapping[str, str | None]  # by team
    crew: tuple[str, ...]
    on_call: tuple[str, ...]
    communication: tuple[HeldEntry, ...] = ()
