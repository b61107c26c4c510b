"""What the inventory says of one server beside what it hosts: name, addresses, power, disks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from waveplan.domain.servers import Server
from waveplan.render.language import Language, Shown, marked, safe
from waveplan.render.styles import PALETTE

_POWER = {"on": marked("powered on"), "off": marked("powered off")}


def server_table(server: Server, sharing: Mapping[str, Sequence[str]], language: Language) -> Table | None:
    """A row for each thing that is known; None when nothing is. `sharing` gives the other servers of a disk."""
    rows = list(_rows(server, sharing, language))
    drawn = Table.grid(padding=(0, 2, 0, 0))
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    for name, text in rows:
        drawn.add_row(Text(f"  {name}", style=PALETTE["quiet"]), Text(text))
    return drawn if rows else None


def _rows(server: Server, sharing: Mapping[str, Sequence[str]], language: Language) -> Iterable[tuple[Shown, Shown]]:
    say = language.say
    if server.name:
        yield say("name"), safe(server.name)
    if server.addresses:
        yield say("addresses"), _listed(server.addresses)
    if server.power:
        yield say("power"), say(_POWER[server.power])
    if server.cluster:
        yield say("clusters"), _listed(server.cluster)
    for disk in server.disks:
        size = say("{disk}: {gb} GB", disk=safe(disk.id), gb=language.number(disk.gb))
        others = sharing.get(disk.id, ())
        shared = say(", shared with {servers}", servers=_listed(others)) if others else Shown("")
        yield say("disk"), Shown(size + shared)


def _listed(words: Iterable[str]) -> Shown:
    return Shown(", ".join(safe(word) for word in words))
