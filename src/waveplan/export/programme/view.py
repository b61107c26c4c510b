"""The neutral view: plain records in a fixed order.

Texts stand in one line each and hold no control characters; moments are in the programme's zone, to the second; days
are calendar days of the programme; amounts are exact. `key` is an identity that stays when other things change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from waveplan.export.programme.records import (
    AssumptionView,
    CommunicationView,
    EvidenceView,
    FreezeView,
    HardDateView,
    LoadView,
    MilestoneView,
    RaciView,
    TeamView,
)

Amounts = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class GateView:
    """A gate of a wave. `committee` is its name where it has one."""

    key: str
    wave: str
    wave_label: str
    id: str
    date: dt.date
    decides: bool
    committee: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RehearsalView:
    """A rehearsal of one lot on its nominal day."""

    key: str
    wave: str
    wave_label: str
    id: str
    lot: str
    date: dt.date
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class ServerMove:
    """A server in a lot: where it stands before, and where it goes (nowhere when it does not move)."""

    server: str
    item: str
    lot: str
    wave: str
    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of a lot, or one that is in no lot (`lot` and `wave` are empty, `gone` is when a retired one goes)."""

    key: str
    id: str
    name: str
    kind: str
    strategy: str
    lot: str
    wave: str
    wave_label: str
    date: dt.date | None
    gone: dt.date | None
    criticality: str
    environment: str
    organisation: str
    domain: str
    technical_owner: str
    business_owner: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    user_sites: tuple[str, ...]
    servers: tuple[str, ...]
    teams: tuple[str, ...]  # with effort, in windows or in hypercare
    crew: Mapping[str, int]
    on_call: Mapping[str, int]
    effort: Amounts
    max_downtime_hours: Decimal | None
    rto_hours: Decimal | None
    rpo_hours: Decimal | None

    @property
    def sites(self) -> frozenset[str]:
        """Every site that it has to do with."""
        return frozenset((*self.sources, *self.targets, *self.user_sites))

    @property
    def title(self) -> str:
        """Its name, its id where it has none."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class ServerView:
    """A server of the inventory. `wave` and `target` are those of its last move; `gone` is when a retired one goes."""

    key: str
    id: str
    name: str
    hostname: str
    addresses: tuple[str, ...]
    kind: str
    os: str
    environment: str
    vcpu: Decimal | None
    ram_gb: Decimal | None
    disk_gb: Decimal | None
    method: str
    site: str
    target: str
    items: tuple[str, ...]
    wave: str
    wave_label: str
    date: dt.date | None
    gone: dt.date | None
    moves: tuple[ServerMove, ...]
    labels: Mapping[str, str]

    @property
    def title(self) -> str:
        """Its name, its id where it has none."""
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot; `start` and `end` are its own hours. One that is in no wave has none, and says why in `left_out`."""

    key: str
    id: str
    title: str
    stream: str
    wave: str
    wave_label: str
    start: dt.datetime | None
    end: dt.datetime | None
    items: tuple[ItemView, ...]
    servers: tuple[str, ...]
    criticality: str
    hypercare_hours: Decimal
    transfer_gb: Decimal
    effort: Amounts
    left_out: str = ""

    @property
    def teams(self) -> frozenset[str]:
        """Teams with any part in it."""
        return frozenset((*self.effort, *(team for item in self.items for team in item.teams)))

    @property
    def sites(self) -> frozenset[str]:
        """Every site that it has to do with."""
        return frozenset(site for item in self.items for site in item.sites)


@dataclass(frozen=True, slots=True)
class HoursView:
    """The hours of the lots of one zone where sites keep their own; moments in that zone."""

    zone: str
    sites: tuple[str, ...]
    lots: tuple[str, ...]
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class WaveView:
    """A wave. `start` is the first moment of any of its lots, `end` the last; hypercare runs from there."""

    key: str
    id: str
    label: str
    number: int
    stream: str
    tranche: str
    window: str
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    hours: tuple[HoursView, ...]
    point_of_no_return: dt.datetime
    preparation_start: dt.date
    hypercare_end: dt.datetime
    hypercare_last_day: dt.date
    gates: tuple[GateView, ...]
    rehearsals: tuple[RehearsalView, ...]
    lots: tuple[LotView, ...]
    servers: int
    applications: int
    sites: int
    users: int
    transfer_gb: Decimal
    effort: Amounts

    @property
    def deciding_gate(self) -> GateView | None:
        """The last gate that decides, if any does."""
        return max((gate for gate in self.gates if gate.decides), key=lambda gate: gate.date, default=None)


@dataclass(frozen=True, slots=True)
class DependencyView:
    """One item consumes another. With an order, one end cuts over so many days before the other at least.

    Lots are empty for what is in none. Steps of one application follow each other as an order of their own.
    """

    consumer: str
    provider: str
    consumer_lot: str
    provider_lot: str
    coupling: str
    order: str
    gap_days: int
    weight: Decimal

    @property
    def lots_in_order(self) -> tuple[str, str] | None:
        """The lot that goes first and the one after it; none without an order, or within one lot, or outside lots."""
        if self.order == "any" or not self.consumer_lot or not self.provider_lot:
            return None
        if self.consumer_lot == self.provider_lot:
            return None
        pair = (self.provider_lot, self.consumer_lot)
        return pair if self.order == "provider_first" else pair[::-1]


@dataclass(frozen=True)
class ProgrammeView:
    """The whole of it. Waves and lots are in order of their start; lots in no wave come last."""

    slug: str
    name: str
    start: dt.date
    deadline: dt.date
    zone: str
    currency: str
    several_streams: bool
    waves: tuple[WaveView, ...]
    left_out: tuple[LotView, ...]
    other_items: tuple[ItemView, ...]  # retained, retired, in no lot
    servers: tuple[ServerView, ...]
    dependencies: tuple[DependencyView, ...]
    milestones: tuple[MilestoneView, ...]
    freezes: tuple[FreezeView, ...]
    hard_dates: tuple[HardDateView, ...]
    teams: tuple[TeamView, ...]
    loads: tuple[LoadView, ...]
    raci: tuple[RaciView, ...]
    evidence: tuple[EvidenceView, ...]
    assumptions: tuple[AssumptionView, ...]
    communication: tuple[CommunicationView, ...] = ()

    @property
    def lots(self) -> Iterator[LotView]:
        """Every lot in a wave, in order of waves."""
        return (lot for wave in self.waves for lot in wave.lots)

    @property
    def gates(self) -> Iterator[GateView]:
        """Every gate, in order of waves."""
        return (gate for wave in self.waves for gate in wave.gates)

    @property
    def rehearsals(self) -> Iterator[RehearsalView]:
        """Every rehearsal, in order of waves."""
        return (rehearsal for wave in self.waves for rehearsal in wave.rehearsals)

    @property
    def items(self) -> Iterator[ItemView]:
        """Every item in a wave, in order of waves and lots."""
        return (item for lot in self.lots for item in lot.items)
