"""Which server of the inventory an end of a flow is, and which applications stand on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from waveplan.domain.inventory import Inventory
from waveplan.domain.servers import Server
from waveplan.domain.work import Application
from waveplan.imports.flows.addresses import address_of, kind_of, written_address
from waveplan.imports.harvest import FlowEnd

Strangeness = Literal["public", "private", "name", "ambiguous", "nothing"]


@dataclass(frozen=True, slots=True)
class FoundEnd:
    """Who an end is: a server, an application where the capture names one, or why neither."""

    server: str = ""
    application: str = ""
    shown: str = ""  # as the capture has it
    strange: Strangeness | None = None
    ignored: str = ""  # the kind of address that no server has

    @property
    def key(self) -> str:
        """What tells this end from others."""
        return self.server or self.application or self.shown


class Directory:
    """The servers of an inventory by all that they are called."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.servers: dict[str, Server] = {server.id: server for server in inventory.servers}
        self.applications: dict[str, Application] = {each.id: each for each in inventory.applications}
        self._named: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)  # of servers of which no domain is known
        self._known: dict[FlowEnd, FoundEnd] = {}
        for server in inventory.servers:
            self._enter(server)
        self._app_names: dict[str, set[str]] = defaultdict(set)
        for application in inventory.applications:
            for name in (application.id, application.name or application.id):
                self._app_names[name.casefold()].add(application.id)

    def _enter(self, server: Server) -> None:
        for name in _names_of(server):
            self._named[name].add(server.id)
        names = [_plain(name) for name in (server.id, server.name, server.hostname) if name]
        for name in names:
            self._short[_short(name)].add(server.id)
            if all(_short(each) == each for each in names):
                self._bare[name].add(server.id)

    @cached_property
    def applications_of(self) -> dict[str, list[str]]:
        """Server → the applications that it hosts, in the order of the inventory."""
        hosted: dict[str, list[str]] = {server: [] for server in self.servers}
        for application in self.inventory.applications:
            for server in application.servers:
                hosted.setdefault(server, []).append(application.id)
        return hosted

    def clusters_of(self, server: str) -> frozenset[str]:
        """The clusters that a server is in, by the disks that it shares too."""
        found = self.servers[server]
        return frozenset((*found.cluster, *(f"disk {disk.id}" for disk in found.shared_disks)))

    def called(self, end: FoundEnd) -> list[str]:
        """All that an end is called: its server's names and addresses, its applications."""
        if not end.server:
            return [end.application] if end.application else []
        server = self.servers[end.server]
        names = [name for name in (server.id, server.name, server.hostname) if name]
        return [*names, *server.addresses, *self.applications_of.get(server.id, ())]

    def find(self, end: FlowEnd) -> FoundEnd:
        """Who an end is: by name before address, by full name before short name."""
        known = self._known.get(end)
        if known is None:
            known = self._known[end] = self._find(end)
        return known

    def _find(self, end: FlowEnd) -> FoundEnd:
        shown = end.server or end.address or end.application
        application = self._application(end.application)
        ambiguous = False
        for word in (end.server, end.address):
            bearers = self._bearers(word)
            if len(bearers) == 1:
                return FoundEnd(min(bearers), application, shown)
            ambiguous = ambiguous or len(bearers) > 1
        if not end.server and application and not end.address:
            return FoundEnd("", application, shown)
        alone = self._application(end.server)
        if alone and not ambiguous:
            return FoundEnd("", alone, shown)
        return self._stranger(end, shown, ambiguous=ambiguous)

    def _stranger(self, end: FlowEnd, shown: str, *, ambiguous: bool) -> FoundEnd:
        if ambiguous:
            return FoundEnd(shown=shown, strange="ambiguous")
        kind = kind_of(end.address or end.server)
        if kind == "private" and end.server and kind_of(end.server) is None:
            return FoundEnd(shown=shown, strange="name")
        if kind in {"public", "private"}:
            return FoundEnd(shown=shown, strange=kind)
        if kind is not None:
            return FoundEnd(shown=shown, ignored=kind)
        return FoundEnd(shown=shown, strange="name" if shown else "nothing")

    def _bearers(self, word: str) -> set[str]:
        if not word:
            return set()
        if address_of(word) is not None:
            return self._named.get(written_address(word), set())
        name = _plain(word)
        short = _short(name)
        found = self._short if short == name else self._bare  # one of a known domain is in no other domain
        return self._named.get(name) or found.get(short, set())

    def _application(self, word: str) -> str:
        found = self._app_names.get(word.casefold(), set()) if word else set()
        return min(found) if len(found) == 1 else ""

    def clashes(self) -> Iterator[tuple[str, list[str]]]:
        """Names and addresses that several servers bear, with the servers."""
        for name, bearers in sorted(self._named.items()):
            if len(bearers) > 1 and not _is_of_nobody(name):
                yield name, sorted(bearers)


def _is_of_nobody(name: str) -> bool:
    return kind_of(name) in {"loopback", "unspecified"}


def _plain(name: str) -> str:
    return name.strip().rstrip(".$").lower()


def _names_of(server: Server) -> Iterator[str]:
    """All that a server is surely called."""
    for name in (server.id, server.name, server.hostname):
        if name:
            yield _plain(name)
    yield from (written_address(address) for address in server.addresses)


def _short(name: str) -> str:
    """A name without its domain."""
    first, _, domain = name.partition(".")
    return first if any(letter.isalpha() for letter in domain) and address_of(name) is None else name
