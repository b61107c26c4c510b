"""Azure Migrate: connections between servers that were seen, in either of its two layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.flow_sums import FlowSums, added_up
from waveplan.imports.forms.lines import SheetLine
from waveplan.imports.forms.moments import Moments
from waveplan.imports.forms.servers import host_named
from waveplan.imports.harvest import Flow, FlowEnd, Harvest, Reading, Source
from waveplan.imports.records import Keys, located
from waveplan.imports.values import UnreadableCellError, read_address


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection = Collection("azure-dependencies", reading)
    flows: list[Flow] = []
    for sheet in collection.sheets(files):
        moments, traffic = Moments(collection.telling, "mdy"), FlowSums()
        for line in sheet.lines():
            _take(collection, line, moments, traffic)
        flows += traffic.flows(moments.decided(collection.source))
    collection.harvest.flows.extend(added_up(flows))
    collection.harvest.as_of = max((flow.last.date() for flow in flows if flow.last), default=None)
    return collection.done()


def _take(collection: Collection, line: SheetLine, moments: Moments, traffic: FlowSums) -> None:
    source, target = _end(collection, line, "source"), _end(collection, line, "target")
    if not (source.server or source.address) or not (target.server or target.address):
        collection.skip(line.place, "one end of the connection is not named")
        return
    port = line.several("@port")
    traffic.add(
        source,
        target,
        port=int(str(port[0])) if port and port[0] == int(str(port[0]).partition(".")[0]) else None,
        protocol=line.word("@protocol").casefold(),
        connections=_whole(line, "@connections"),
        transferred=_whole(line, "@bytes"),
        seen=moments.read(line.word("@time"), line.place, line.column("@time")),
    )
    collection.took(line.place)


def _end(collection: Collection, line: SheetLine, end: str) -> FlowEnd:
    """One end of a connection; a server that is named becomes one of the inventory's."""
    name, address = line.word(f"@{end}"), _address(collection, line, f"@{end}_address")
    if name:
        server = collection.register.refer("server", name, line.place)
        host = host_named(name)
        if server.keys == Keys():
            external = line.word(f"@{end}_id")
            server.keys = Keys(external, fqdn=host if "." in host else "", hostname=host.partition(".")[0])
        if address and server.add("addresses", [address], line.column(f"@{end}_address")):
            server.keys = replace(server.keys, addresses=tuple(map(str, server.several("addresses"))))
        name = server.name
    return FlowEnd(name, address, line.word(f"@{end}_application"), line.word(f"@{end}_process"))


def _address(collection: Collection, line: SheetLine, path: str) -> str:
    try:
        return read_address(line.word(path)) or ""
    except UnreadableCellError as error:
        place = located(line.place, line.column(path))
        collection.telling.note("WP528", place, "an address is left out: {problem}", {"problem": error.phrase})
        return ""


def _whole(line: SheetLine, path: str) -> int:
    digits = line.word(path).partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 30 else 0


SOURCE = Source("azure-dependencies", "Azure Migrate: connections between servers, either layout", _read, "both")
