"""Capacity of target sites: too small for what must arrive (WP113), or not to be judged for want of sizes (WP120)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from decimal import Decimal

from waveplan.domain.findings import Finding
from waveplan.domain.parts import CAPACITY_KEYS
from waveplan.domain.servers import Server, together_disk_gb
from waveplan.domain.sites import Site
from waveplan.review.context import ReviewContext
from waveplan.review.one_place import torn_servers
from waveplan.review.wording import finding, listed, plain

_SIZE_FIELDS = {"vcpu": "vcpu", "ram_gb": "ram_gb", "disk_tb": "disk_gb"}
Steps = list[tuple[dt.date | None, Decimal]]


def capacities(context: ReviewContext) -> Iterator[Finding]:
    """Every key of capacity of every site that something moves to."""
    arriving: dict[str, dict[str, Server]] = defaultdict(dict)  # by site; a server once, however many steps end there
    last: dict[str, str] = {}  # server → where it ends up
    torn = {server for server, _ in torn_servers(context)}  # where these go is told once, and not counted twice
    for move in context.items.moves:
        if move.target and move.server.id not in torn:
            arriving[move.target][move.server.id] = move.server
            last[move.server.id] = move.target
    for site in context.inventory.sites:
        for key in CAPACITY_KEYS:
            steps = _steps(site, key)
            if steps and site.id in arriving:
                everything = list(arriving[site.id].values())
                staying = [server for server in everything if last[server.id] == site.id]
                yield from _too_small(context, site, key, steps, staying, torn)
                yield from _sizes_missing(context, site, key, everything)


def _steps(site: Site, key: str) -> Steps:
    """From which day the site has how much of a key; nothing when the key is not limited."""
    given = [(entry.first, getattr(entry, key)) for entry in site.capacity if getattr(entry, key) is not None]
    return sorted(given, key=lambda step: step[0] or dt.date.min)


def _size(servers: Collection[Server], key: str) -> Decimal:
    if key == "disk_tb":
        return together_disk_gb(servers) / 1000
    return sum((getattr(server, key) or Decimal(0) for server in servers), Decimal(0))


def _too_small(
    context: ReviewContext, site: Site, key: str, steps: Steps, staying: list[Server], torn: AbstractSet[str]
) -> Iterator[Finding]:
    deadline = context.inventory.programme.deadline
    most = max((amount for first, amount in steps if first is None or first <= deadline), default=Decimal(0))
    # once everything has moved it must fit whatever the site has then
    following = [*(first for first, _ in steps[1:]), None]
    last = min(amount for (_, amount), end in zip(steps, following, strict=True) if end is None or end > deadline)
    need, lot = _largest_lot(context, key, site.id, torn)
    path = (*context.site_paths[site.id], "capacity")
    values = {"site": site.id, "key": key, "most": plain(most), "lot": lot, "need": plain(need)}
    if need > most:
        template = "lot {lot} takes {need} {key} at {site}, which never has more than {most}"
        hint = "raise {key} in the capacity of {site}, give some of the lot's servers another target, or split the lot"
        yield finding("WP113", template, values, path, (site.id, lot), hint)
        return
    total = _size(staying, key)
    if total > last:
        values |= {"total": plain(total), "last": plain(last), "count": str(len(staying))}
        template = "all that moves to {site} takes {total} {key}; once it is there {site} has {last} (servers: {count})"
        hint = "raise {key} in the capacity of {site} to {total}, or give some of its servers another target"
        yield finding("WP113", template, values, path, (site.id,), hint)


def _largest_lot(context: ReviewContext, key: str, site: str, torn: AbstractSet[str]) -> tuple[Decimal, str]:
    """The most that one lot has at a site once it has cut over, and that lot: what its own items take there.

    Where a day has several slots, a later step may take a server away again before the day, which counts, is over.
    """
    passing = len(context.slot_dates) < len(context.calendar.slots)
    last = {move.server.id: move.target for move in context.items.moves} if passing else {}
    totals: dict[str, Decimal] = {}
    for lot in context.lots:
        moves = (move for item in lot.items for move in item.moves if move.target == site)
        brought = {move.server.id: move.server for move in moves if last.get(move.server.id, site) == site}
        totals[lot.id] = _size([server for name, server in brought.items() if name not in torn], key)
    return max(((total, name) for name, total in sorted(totals.items())), default=(Decimal(0), ""))


def _sizes_missing(context: ReviewContext, site: Site, key: str, arriving: list[Server]) -> Iterator[Finding]:
    field = _SIZE_FIELDS[key]
    unsized = [server.id for server in arriving if getattr(server, field) is None]
    if unsized:
        values = {"count": len(unsized), "all": len(arriving), "site": site.id, "field": field, "key": key}
        values |= {"servers": listed(unsized)}
        template = "servers that move to {site} without {field} count 0 of its {key} ({count} of {all}): {servers}"
        hint = "give them {field}, or fill it by a line in defaults"
        path = context.server_paths[unsized[0]]
        yield finding("WP120", template, values, path, (site.id, *unsized), hint)
