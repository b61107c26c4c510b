"""What a plan says of its lots: their items, what ties them, what people look for of items and servers."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from waveplan.domain.base import PlanModel
from waveplan.domain.parts import Criticality
from waveplan.domain.scalars import Amount, Total, Word


class Tie(PlanModel):
    """What ties two items into one lot. `of` are the items; the other keys name the cause."""

    tie: Literal["shared server", "cluster", "shared disk", "hard dependency", "together rule", "order circle"]
    of: list[Word]
    server: Word | None = None
    cluster: Word | None = None
    disk: Word | None = None
    rule: Word | None = None


class ItemFacts(PlanModel):
    """What people want to know of an item beside its dates: hours to recover in, data lost at most, whose it is."""

    id: Word
    name: Word | None = None
    business_owner: Word | None = None
    rto_hours: Amount | None = None
    rpo_hours: Amount | None = None
    service_hours: Word | None = None


class ServerFacts(PlanModel):
    """What people look for of a server: what it is called, where it answers, whether it runs."""

    id: Word
    name: Word | None = None
    hostname: Word | None = None
    addresses: list[Word] = []
    power: Literal["on", "off"] | None = None


class PlanLot(PlanModel):
    """An indivisible set of items. Its id keeps while the set is the same."""

    id: Word
    stream: Word = "main"
    items: list[Word]
    servers: list[Word] = []
    criticality: Criticality = "medium"
    hypercare_hours: Amount = Decimal(0)
    transfer_gb: Total = Decimal(0)
    effort: dict[Word, Total] = {}
    because: list[Tie] = []
    about: list[ItemFacts] = []
    about_servers: list[ServerFacts] = []
