"""Sizes of servers for the check: what several servers share as one disk is looked up by its id and counted once."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from waveplan.domain.inventory import Server

ZERO = Decimal(0)


def sent_gb(servers: Iterable[Server]) -> Decimal:
    """GB that a set of servers sends over links, shared disks once each."""
    own = ZERO
    shared: dict[str, Decimal] = {}
    for server in servers:
        if server.transfer_gb is not None:
            own += server.transfer_gb
            continue
        part = {"copy": Decimal(1), "replicate": Decimal(1) / 10}.get(server.method, ZERO)
        own += part * _own(server)
        for name, size in _shared(server).items():
            shared[name] = max(part * size, shared.get(name, ZERO))
    return own + sum(shared.values(), ZERO)


def held_gb(servers: Iterable[Server]) -> Decimal:
    """GB of disks that a set of servers takes on one site, shared disks once each."""
    own = ZERO
    shared: dict[str, Decimal] = {}
    for server in servers:
        own += _own(server)
        for name, size in _shared(server).items():
            shared[name] = max(size, shared.get(name, ZERO))
    return own + sum(shared.values(), ZERO)


def _own(server: Server) -> Decimal:
    return (server.disk_gb or ZERO) - sum(_shared(server).values(), ZERO)


def _shared(server: Server) -> dict[str, Decimal]:
    return {disk.id: disk.gb for disk in server.disks if disk.shared}
