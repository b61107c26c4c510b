"""Servers: what hosts, what they carry over the link, how they move."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator

from waveplan.domain.base import Model
from waveplan.domain.parts import Costs, Disk, Environment, Labels
from waveplan.domain.scalars import Amount, Day, Flag, Hours, Id, PositiveDayCount, Word, as_list


class Server(Model):
    """Anything that hosts: physical machine, virtual machine, partition, appliance."""

    id: Id
    name: Word | None = None
    site: Word
    target: Word | None = None
    kind: Literal["physical", "vm", "partition", "appliance"] = "vm"
    technology: Word | None = None
    os: Word | None = None
    end_of_support: Day | None = None
    environment: Environment = "prod"
    vcpu: Amount | None = None
    ram_gb: Amount | None = None
    disk_gb: Amount | None = None
    disks: list[Disk] = []
    method: Literal["replicate", "copy", "ship", "rebuild"] = "copy"
    transfer_gb: Amount | None = None
    seed_gb: Amount | None = None
    seed_days: PositiveDayCount | None = None
    change_gb_per_day: Amount | None = None
    transport_hours: Hours | None = None
    cluster: Annotated[list[Word], BeforeValidator(as_list)] = []
    hostname: Word | None = None
    addresses: Annotated[list[Word], BeforeValidator(as_list)] = []
    power: Literal["on", "off"] | None = None
    retire: Flag = False
    not_before: Day | None = None
    verified_on: Day | None = None
    costs: Costs | None = None
    labels: Labels = {}

    @model_validator(mode="after")
    def _sum_of_disks(self) -> Server:
        """`disk_gb` is all its disks; given less than its shared ones, it is what stands beside them."""
        shared = sum((disk.gb for disk in self.shared_disks), Decimal(0))
        if self.disks and self.disk_gb is None:
            self.disk_gb = sum((disk.gb for disk in self.disks), Decimal(0))
        elif self.disk_gb is not None and self.disk_gb < shared:
            self.disk_gb += shared
        return self

    @property
    def shared_disks(self) -> tuple[Disk, ...]:
        """Disks that it may have in common with other servers, each once."""
        return tuple({disk.id: disk for disk in self.disks if disk.shared}.values())

    @property
    def carried(self) -> Decimal:
        """Share of its disks that crosses the link in the window: all for copy, a tenth for replicate."""
        return {"copy": Decimal(1), "replicate": Decimal("0.1")}.get(self.method, Decimal(0))

    @property
    def seed_gigabytes(self) -> Decimal:
        """What is sent before the window when it is replicated, in GB: as given, else the disk."""
        return self.seed_gb if self.seed_gb is not None else self.disk_gb or Decimal(0)

    @property
    def gigabytes(self) -> Decimal:
        """What crosses the link in the window for it alone, in GB, its shared disks included."""
        return (self.disk_gb or Decimal(0)) * self.carried if self.transfer_gb is None else self.transfer_gb


_NOTHING = Decimal(0)


def together_gigabytes(servers: Iterable[Server]) -> Decimal:
    """GB that cross links when these servers move together; of a shared disk, the most that one of them sends of it."""
    total = _NOTHING
    shared: dict[str, Decimal] = {}
    for server in servers:
        total += server.gigabytes
        for disk in server.shared_disks if server.transfer_gb is None else ():
            sent, before = disk.gb * server.carried, shared.get(disk.id, _NOTHING)
            shared[disk.id] = max(sent, before)
            total -= min(sent, before)
    return total


def together_disk_gb(servers: Iterable[Server]) -> Decimal:
    """GB that these servers take where they stand together; sizes that are not given count 0."""
    total = _NOTHING
    shared: dict[str, Decimal] = {}
    for server in servers:
        total += server.disk_gb or _NOTHING
        for disk in server.shared_disks:
            before = shared.get(disk.id, _NOTHING)
            shared[disk.id] = max(disk.gb, before)
            total -= min(disk.gb, before)
    return total
