"""Servers that lose their maker's support before they can move (WP116)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from waveplan.domain.findings import Finding
from waveplan.domain.rules import Rule
from waveplan.domain.servers import Server
from waveplan.domain.work import Work
from waveplan.lots.lot import Lot
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def support_ends(context: ReviewContext) -> Iterator[Finding]:
    """One finding for all servers of one system whose support ends on one day: it is one fact."""
    late: dict[tuple[str, dt.date], list[tuple[dt.date, Server]]] = defaultdict(list)
    for lot in context.lots:
        if any(server.end_of_support for server in lot.moving_servers):
            earliest = _earliest(context, lot)
            for server in lot.moving_servers:
                if server.end_of_support and server.end_of_support < earliest:
                    system = server.os or server.technology or server.kind
                    late[system, server.end_of_support].append((earliest, server))
    for (system, end), found in sorted(late.items()):
        earliest = min(day for day, _ in found)
        names = sorted(server.id for _, server in found)
        values = {
            "count": len(names),
            "system": system,
            "servers": listed(names),
            "end": end.isoformat(),
            "earliest": earliest.isoformat(),
            "days": (earliest - end).days,
        }
        template = (
            "support of {system} ends on {end}, before the earliest possible cutover on {earliest}"
            " (days in between: {days}; servers: {servers})"
        )
        hint = (
            "extend the support, move them earlier (programme start, preparation_days, not_before), or accept the risk"
        )
        path = (*context.server_paths[names[0]], "end_of_support")
        yield finding("WP116", template, values, path, names, hint)


def _earliest(context: ReviewContext, lot: Lot) -> dt.date:
    """The first day on which a lot can cut over, by its stream's lead times and its items' own dates."""
    days = [context.earliest_cutover[lot.items[0].stream]]
    for item in lot.items:
        entries: list[Work | Rule] = [item.entry, *(rule for _, rule in context.rules_of.get(item.id, ()))]
        days += [day for entry in entries for day in (entry.not_before, entry.slot) if day]
    return max(days)
