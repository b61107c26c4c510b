"""Sizes of servers for the check: what several servers share as one disk is looked up by its id and counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from waveplan.domain.servers import Server

Thing = tuple[str, str]  # a server, or a shared disk, by id
ZERO = Decimal(0)


def sent_gb(servers: Iterable[Server]) -> Decimal:
    """GB that a set of servers sends over links, shared disks once each."""
    return sum(sent_parts(servers).values(), ZERO)


def sent_parts(servers: Iterable[Server]) -> dict[Thing, Decimal]:
    """The same for each server by itself and for each shared disk."""
    found: dict[Thing, Decimal] = {}
    for server in servers:
        if server.transfer_gb is not None:
            found["server", server.id] = server.transfer_gb
            continue
        part = {"copy": Decimal(1), "replicate": Decimal(1) / 10}.get(server.method, ZERO)
        found["server", server.id] = part * _own(server)
        for name, size in _shared(server).items():
            found["disk", name] = max(part * size, found.get(("disk", name), ZERO))
    return found


def held_parts(servers: Iterable[Server]) -> Iterator[tuple[Thing, Decimal]]:
    """GB of disks that servers take on one site: of each by itself, then of each shared disk, which counts once."""
    shared: dict[str, Decimal] = {}
    for server in servers:
        yield ("server", server.id), _own(server)
        for name, size in _shared(server).items():
            shared[name] = max(size, shared.get(name, ZERO))
    yield from ((("disk", name), size) for name, size in shared.items())


def _own(server: Server) -> Decimal:
    return (server.disk_gb or ZERO) - sum(_shared(server).values(), ZERO)


def _shared(server: Server) -> dict[str, Decimal]:
    return {disk.id: disk.gb for disk in server.disks if disk.shared}
