"""Systems that run out of support: from when on, and what ends the risk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.assessment.dated import Dated
from waveplan.assessment.emptying import left_by
from waveplan.domain.compliance import Obsolescence, OpenBecause
from waveplan.domain.items import Item, Items
from waveplan.domain.servers import Server


def obsolescence(items: Items, dated: Dated) -> Iterator[Obsolescence]:
    """Servers with a date at which support ends, by that date.

    A server's risk ends when the last item that leaves it where it stands today has cut over or is retired.
    """
    hosted: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for server in item.servers:
            hosted[server.id].append(item)
    aging = [server for server in items.inventory.servers if server.end_of_support is not None]
    for server in sorted(aging, key=lambda each: (each.end_of_support, each.id)):
        yield _of(server, hosted[server.id], items, dated)


def _of(server: Server, hosted: list[Item], items: Items, dated: Dated) -> Obsolescence:
    assert server.end_of_support is not None
    if not hosted and server.retire:
        return _bare(server, items, dated)
    leaving = [item for item in hosted if left_by(item).get(server.id) == server.site]
    ends = [(day, item) for item in leaving if (day := dated.left(item)) is not None]
    because = _open_because(hosted, leaving, all_dated=len(ends) == len(leaving))
    ended_on, last = max(ends, key=lambda end: (end[0], end[1].id)) if because is None else (None, None)
    return Obsolescence(
        server=server.id,
        system=server.os or server.technology,
        site=server.site,
        items=tuple(item.id for item in hosted if item.is_first),
        end_of_support=server.end_of_support,
        already=server.end_of_support < items.inventory.programme.start,
        ended_on=ended_on,
        wave=dated.wave(last) if last is not None else None,
        retired=last.id if last is not None and last.strategy == "retire" else None,
        open_because=because,
        owners=tuple(sorted({str(owner) for item in hosted if (owner := item.entry.business_owner)})),
    )


def _bare(server: Server, items: Items, dated: Dated) -> Obsolescence:
    """A server that hosts nothing and is retired itself."""
    assert server.end_of_support is not None
    name = next(name for name, each in items.retired_servers.items() if each.id == server.id)
    gone = dated.retired.get(name)
    return Obsolescence(
        server=server.id,
        system=server.os or server.technology,
        site=server.site,
        items=(),
        end_of_support=server.end_of_support,
        already=server.end_of_support < items.inventory.programme.start,
        ended_on=gone,
        wave=None,
        retired=name if gone else None,
        open_because=None if gone else "not planned",
    )


def _open_because(hosted: list[Item], leaving: list[Item], *, all_dated: bool) -> OpenBecause | None:
    """Why nothing ends the risk; a server that is moved takes with it whatever is on it."""
    if not hosted:
        return "hosts nothing"
    if not any(item.moves_servers for item in leaving):
        if any(item.strategy == "retain" for item in hosted):
            return "retained"
        if any(item.strategy == "takeover" for item in hosted):
            return "taken over"
    return None if leaving and all_dated else "not planned"
