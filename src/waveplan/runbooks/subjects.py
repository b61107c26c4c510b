"""What tasks are about: the wave, a lot, an item or a server of it, as templates select and measure them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.items import Item
from waveplan.domain.runbooks import RunbookTask, TaskScope
from waveplan.domain.servers import Server
from waveplan.domain.subjects import NO_WORDS, ServerSubject
from waveplan.runbooks.ground import LotGround, WaveGround


@dataclass(frozen=True, eq=False)
class TaskSubject:
    """What one task is about. `lot` is None for the wave; `items` are all that it concerns, the first one names it."""

    scope: TaskScope
    name: str
    lot: LotGround | None
    items: tuple[Item, ...]
    servers: tuple[Server, ...]
    start: dt.datetime
    end: dt.datetime

    @property
    def item(self) -> Item | None:
        """The item by which it is named: its own, or the first that a server hosts."""
        return self.items[0] if self.scope in {"item", "server"} else None

    @property
    def server(self) -> Server | None:
        """The server that it is about, if it is about one."""
        return self.servers[0] if self.scope == "server" else None


class WaveSubjects:
    """All subjects of a wave, by scope, in the order of its lots."""

    def __init__(self, ground: WaveGround) -> None:
        self._ground = ground
        self._known: dict[TaskScope, tuple[TaskSubject, ...]] = {}

    def of(self, template: RunbookTask) -> Iterator[TaskSubject]:
        """Subjects that a template is about: those of its scope that it matches; transfers only what moves."""
        for subject in self._all(template.scope):
            if self._matches(template, subject) and self._moves(template, subject):
                yield subject

    def _all(self, scope: TaskScope) -> tuple[TaskSubject, ...]:
        if scope not in self._known:
            made = {"wave": self._wave, "lot": self._lots, "item": self._items, "server": self._servers}
            self._known[scope] = tuple(made[scope]())
        return self._known[scope]

    def _wave(self) -> Iterator[TaskSubject]:
        ground = self._ground
        items = tuple(item for lot in ground.lots for item in lot.items)
        if items:
            start = min((lot.start for lot in ground.lots), key=dt.datetime.timestamp)
            end = max((lot.end for lot in ground.lots), key=dt.datetime.timestamp)
            yield TaskSubject("wave", ground.label, None, items, _servers(items), start, end)

    def _lots(self) -> Iterator[TaskSubject]:
        for lot in self._ground.lots:
            yield TaskSubject("lot", lot.id, lot, lot.items, _servers(lot.items), lot.start, lot.end)

    def _items(self) -> Iterator[TaskSubject]:
        for lot in self._ground.lots:
            for item in lot.items:
                yield TaskSubject("item", item.id, lot, (item,), item.servers, lot.start, lot.end)

    def _servers(self) -> Iterator[TaskSubject]:
        for lot in self._ground.lots:
            for server in _servers(lot.items):
                hosted = tuple(item for item in lot.items if any(each.id == server.id for each in item.servers))
                yield TaskSubject("server", server.id, lot, hosted, (server,), lot.start, lot.end)

    def _matches(self, template: RunbookTask, subject: TaskSubject) -> bool:
        if template.match is None:
            return True
        if subject.server is not None:
            return template.match.matches(_HostingServer(subject.server, subject.items, self._ground))
        return any(template.match.matches(item) for item in subject.items)

    def _moves(self, template: RunbookTask, subject: TaskSubject) -> bool:
        """Whether a transfer has something to carry; whatever is no transfer of a server always has."""
        if template.kind != "transfer" or subject.server is None:
            return True
        move = self._ground.moves.get(subject.server.id)
        return move is not None and move.target != move.origin


@dataclass(frozen=True, eq=False)
class _HostingServer:
    """A server as templates select it: by its own fields, by its sites, and by what it hosts."""

    server: Server
    items: tuple[Item, ...]
    ground: WaveGround

    def values(self, attribute: str) -> frozenset[str]:
        head = attribute.partition(".")[0]
        if head in {"server", "technology", "cluster"}:
            return ServerSubject(self.server, self.ground.items.sites).values(attribute)
        return NO_WORDS.union(*(item.values(attribute) for item in self.items))


def _servers(items: tuple[Item, ...]) -> tuple[Server, ...]:
    found = {server.id: server for item in items for server in item.servers}
    return tuple(found[name] for name in sorted(found))


def gigabytes_of(subject: TaskSubject, ground: WaveGround) -> Decimal:
    """GB that its servers send in the window."""
    sent = (ground.sent[server.id][1] for server in subject.servers if server.id in ground.sent)
    return sum(sent, Decimal(0))


def users_of(subject: TaskSubject, ground: WaveGround) -> int:
    """Users of all sites that its items serve, each site once."""
    sites = {site for item in subject.items for site in item.counted_user_sites}
    return sum(ground.items.sites[site].total_users for site in sites)


def id_of(template: RunbookTask, subject: TaskSubject, ground: WaveGround) -> str:
    """`W04/go`, `W04/erp-7f3a/yes`, `W04/erp/stop`, `W04/erp/copy/erp-db-1`."""
    if subject.scope == "wave":
        return f"{ground.label}/{template.id}"
    if subject.server is not None and subject.item is not None:
        return f"{ground.label}/{subject.item.id}/{template.id}/{subject.server.id}"
    return f"{ground.label}/{subject.name}/{template.id}"


def words_of_subject(subject: TaskSubject, ground: WaveGround) -> dict[str, str]:
    """What placeholders of names stand for."""
    move = ground.moves.get(subject.server.id) if subject.server else None
    items = subject.items
    origins = [move.origin] if move else sorted({site for item in items for site in item.source_sites})
    targets = [move.target or ""] if move else sorted({site for item in items for site in item.target_sites})
    return {
        "subject": subject.name,
        "wave": ground.label,
        "origin": ", ".join(origins),
        "target": ", ".join(targets),
        "method": subject.server.method if subject.server else "",
    }
