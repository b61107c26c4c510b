"""Sizes of servers taken together: a disk that several of them share is one disk."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from waveplan.domain.servers import Server

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
