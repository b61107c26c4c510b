"""What servers take of a target's capacity."""

from __future__ import annotations

from decimal import Decimal

from waveplan.checking.disks import held_gb
from waveplan.domain.inventory import Server

_ZERO = Decimal(0)


def size_of(servers: list[Server], key: str) -> Decimal:
    """The size of servers that come or go together in the site's measure; a missing one counts 0."""
    if key == "disk_tb":
        return held_gb(servers) / 1000
    return sum((getattr(server, key) or _ZERO for server in servers), _ZERO)
