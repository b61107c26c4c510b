"""Azure Migrate: connections between servers that were seen, in either of its two layouts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.gathering import Gathering
from waveplan.imports.forms.lines import Line
from waveplan.imports.forms.moments import Moments
from waveplan.imports.forms.servers import host_named
from waveplan.imports.forms.traffic import Traffic, added_up
from waveplan.imports.harvest import Flow, FlowEnd, Harvest, Reading, Source
from waveplan.imports.records import Keys, located
from waveplan.imports.values import UnreadableCellError, read_address


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    gathering = Gathering("azure-dependencies", reading)
    flows: list[Flow] = []
    for sheet in gathering.sheets(files):
        moments, traffic = Moments(gathering.telling, "mdy"), Traffic()
        for line in sheet.lines():
            _take(gathering, line, moments, traffic)
        flows += traffic.flows(moments.decided(gathering.source))
    gathering.harvest.flows.extend(added_up(flows))
    gathering.harvest.as_of = max((flow.last.date() for flow in flows if flow.last), default=None)
    return gathering.done()


def _take(gathering: Gathering, line: Line, moments: Moments, traffic: Traffic) -> None:
    source, target = _end(gathering, line, "source"), _end(gathering, line, "target")
    if not (source.server or source.address) or not (target.server or target.address):
        gathering.skip(line.place, "one end of the connection is not named")
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
    gathering.took(line.place)


def _end(gathering: Gathering, line: Line, end: str) -> FlowEnd:
    """One end of a connection; a server that is named becomes one of the inventory's."""
    name, address = line.word(f"@{end}"), _address(gathering, line, f"@{end}_address")
    if name:
        server = gathering.register.refer("server", name, line.place)
        host = host_named(name)
        if server.keys == Keys():
            external = line.word(f"@{end}_id")
            server.keys = Keys(external, fqdn=host if "." in host else "", hostname=host.partition(".")[0])
        if address and server.add("addresses", [address], line.column(f"@{end}_address")):
            addresses = server.given["addresses"].value
            server.keys = Keys(
                server.keys.external,
                addresses=tuple(map(str, addresses)) if isinstance(addresses, tuple) else (),
                fqdn=server.keys.fqdn,
                hostname=server.keys.hostname,
            )
        name = server.name
    return FlowEnd(name, address, line.word(f"@{end}_application"), line.word(f"@{end}_process"))


def _address(gathering: Gathering, line: Line, path: str) -> str:
    try:
        return read_address(line.word(path)) or ""
    except UnreadableCellError as error:
        place = located(line.place, line.column(path))
        gathering.telling.say("WP512", place, "an address is left out: {problem}", {"problem": error.phrase})
        return ""


def _whole(line: Line, path: str) -> int:
    digits = line.word(path).partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 30 else 0


SOURCE = Source("azure-dependencies", "Azure Migrate: connections between servers, either layout", _read, "both")
