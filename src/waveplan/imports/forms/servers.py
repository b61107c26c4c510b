"""What rows on servers have in common, whatever tool they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from waveplan.imports.forms.lines import Line
from waveplan.imports.forms.register import Draft, Register, one_line
from waveplan.imports.records import Given, Keys
from waveplan.imports.values import UnreadableCellError, folded, read_address, read_fqdn, split_cell

_TAG = re.compile(r"([^=:]{1,64})[=:](.*)\Z", re.DOTALL)


def server_keys(line: Line, name: str) -> Keys:
    """By what a server is recognised elsewhere; its name counts as its host name where nothing else is said."""
    host = line.word("@fqdn") or line.word("hostname") or _host(name)
    return Keys(
        external=line.word("@external"),
        uuid=line.word("@uuid"),
        macs=tuple(map(str, line.several("@macs"))),
        addresses=tuple(map(str, line.several("addresses"))),
        fqdn=host if "." in host else "",
        hostname=host.partition(".")[0],
    )


def complete_server(line: Line) -> None:
    """Put together what a form reads in parts: addresses of both kinds, the system and its version, the host name."""
    addresses = (*line.several("addresses"), *line.several("@ip4"), *line.several("@ip6"))
    if addresses:
        column = line.column("addresses", "@ip4", "@ip6")
        line.values["addresses"] = Given(tuple(dict.fromkeys(addresses)), column)
    system, version = line.word("os"), line.word("@os_version")
    if version and folded(version) not in folded(system):
        whole = version if folded(system) in folded(version) else f"{system} {version}"
        line.values["os"] = Given(whole, line.column("os", "@os_version"))
    if line.word("@fqdn"):
        line.values["hostname"] = Given(line.word("@fqdn"), line.column("@fqdn"))


def tag_labels(line: Line, path: str, otherwise: str = "labels.tags") -> None:
    """Make labels of tags: `key=value` and `key:value` under their keys, what is neither under one of its own."""
    given = line.values.pop(path, None)
    if given is None:
        return
    plain = []
    for tag in line_tags(given):
        match = _TAG.match(tag)
        if match and match[2].strip():
            line.values.setdefault(label(match[1]), Given(one_line(match[2]), given.column))
        else:
            plain.append(tag.rstrip("=: "))
    if plain:
        line.values[otherwise] = Given(tuple(plain), given.column)


def line_tags(given: Given) -> tuple[str, ...]:
    """Tags of a cell, however they are parted."""
    texts = given.value if isinstance(given.value, tuple) else (given.value,)
    return tuple(tag for text in texts for tag in split_cell(str(text)))


def label(name: str) -> str:
    """The path of a label that is called so: `Cost Center` is `labels.cost_center`."""
    return f"labels.{folded(name).replace(' ', '_')[:64] or 'unnamed'}"


def host_on(register: Register, application: Draft, servers: Iterable[str], line: Line, column: int = 0) -> bool:
    """Say that an application is on these servers; whether that is new."""
    names = [register.refer("server", name, line.place).name for name in servers if one_line(name)]
    return application.add("servers", names, column)


def place_at(register: Register, line: Line, path: str = "site") -> None:
    """Make a site of the place that a line names, so that it is one of the inventory's."""
    name = line.word(path)
    if name:
        register.refer("site", name, line.place)
        line.values[path] = Given(register.refer("site", name, line.place).name, line.column(path))


def owned_by(register: Register, line: Line, path: str = "technical_owner") -> None:
    """Make a team of who looks after an application, as its technical owner is one."""
    name = line.word(path)
    if name:
        line.values[path] = Given(register.refer("team", name, line.place).name, line.column(path))


def _host(name: str) -> str:
    try:
        read_address(name)
    except UnreadableCellError:
        try:
            return read_fqdn(name) or ""
        except UnreadableCellError:
            return ""
    return ""
