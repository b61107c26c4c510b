"""What servers take of a target's capacity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from waveplan.checking.disks import Thing, held_parts
from waveplan.domain.servers import Server

_ZERO = Decimal(0)


def size_of(servers: Iterable[Server], key: str) -> Decimal:
    """The size of servers that come or go together in the site's measure; a missing one counts 0."""
    return sum((size for _, size in size_parts(servers, key)), _ZERO)


def size_parts(servers: Iterable[Server], key: str) -> Iterator[tuple[Thing, Decimal]]:
    """The same part by part: each server by itself and, of disks, each that is shared."""
    if key == "disk_tb":
        yield from ((thing, gb / 1000) for thing, gb in held_parts(servers))
    else:
        yield from ((("server", server.id), getattr(server, key) or _ZERO) for server in servers)
