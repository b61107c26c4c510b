"""What rows on servers have in common, whatever tool they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from waveplan.imports.forms.lines import SheetLine
from waveplan.imports.forms.register import RecordDraft, Register, one_line
from waveplan.imports.records import Given, Keys
from waveplan.imports.values import UnreadableCellError, folded, read_address, read_fqdn, split_cell

_TAG = re.compile(r"([^=:]{1,64})[=:](.*)\Z", re.DOTALL)


def server_keys(line: SheetLine, name: str) -> Keys:
    """By what a server is recognised elsewhere; its name counts as its host name where nothing else is said."""
    host = line.word("@fqdn") or line.word("hostname") or host_named(name)
    return Keys(
        external=line.word("@external"),
        uuid=line.word("@uuid"),
        macs=tuple(map(str, line.several("@macs"))),
        addresses=tuple(map(str, line.several("addresses"))),
        fqdn=host if "." in host else "",
        hostname=host.partition(".")[0],
    )


def complete_server(line: SheetLine) -> None:
    """Put together what a form reads in parts: addresses of both kinds, the system and its version, the host name."""
    paths = ("addresses", "@ip", "@ip4", "@ip6")
    addresses = tuple(dict.fromkeys(each for path in paths for each in line.several(path)))
    if addresses:
        line.values["addresses"] = Given(addresses, line.column(*paths))
    system, version = line.word("os") or line.word("@os_family"), line.word("@os_version")
    if version and folded(version) not in folded(system):
        system = version if folded(system) in folded(version) else f"{system} {version}"
    if system:
        line.values["os"] = Given(system, line.column("os", "@os_family", "@os_version"))
    if line.word("@fqdn"):
        line.values["hostname"] = Given(line.word("@fqdn"), line.column("@fqdn"))


def tag_labels(line: SheetLine, path: str = "@tags") -> None:
    """Make labels of tags: `key=value` and `key:value` under their keys, what is neither under `tags`."""
    given = line.values.pop(path, None)
    if given is None:
        return
    texts = given.value if isinstance(given.value, tuple) else (given.value,)
    plain = []
    for tag in (tag for text in texts for tag in split_cell(str(text))):
        match = _TAG.match(tag)
        if match and match[2].strip():
            line.values.setdefault(label(match[1]), Given(one_line(match[2]), given.column))
        else:
            plain.append(tag.rstrip("=: "))
    if plain:
        line.values["labels.tags"] = Given(tuple(plain), given.column)


def label(name: str) -> str:
    """The path of a label that is called so: `Cost Center` is `labels.cost_center`."""
    return f"labels.{folded(name).replace(' ', '_')[:64] or 'unnamed'}"


def host_on(
    register: Register, application: RecordDraft, servers: Iterable[str], line: SheetLine, column: int = 0
) -> bool:
    """Say that an application is on these servers; whether that is new."""
    names = [register.refer("server", name, line.place).name for name in servers if one_line(name)]
    return application.add("servers", names, column)


def stands_at(register: Register, line: SheetLine, path: str = "site") -> None:
    """Make a site of the place that a line names, so that it is one of the inventory's."""
    if line.word(path):
        site = register.refer("site", line.word(path), line.place)
        line.values[path] = Given(site.name, line.column(path))


def goes_to(register: Register, line: SheetLine, region: str) -> None:
    """Make a site of the cloud's region that a line names: it is where the server goes."""
    if line.word(region):
        site = register.refer("site", line.word(region), line.place)
        site.put("type", "cloud")
        line.values["target"] = Given(site.name, line.column(region))


def looked_after(register: Register, line: SheetLine, path: str = "technical_owner") -> None:
    """Make a team of who looks after an application, as its technical owner is one."""
    if line.word(path):
        team = register.refer("team", line.word(path), line.place)
        line.values[path] = Given(team.name, line.column(path))


def host_named(name: str) -> str:
    """A name as that of a host; nothing where it is a number or an address, or cannot be one."""
    if not any(each.isalpha() for each in name):
        return ""
    try:
        read_address(name)
    except UnreadableCellError:
        pass
    else:
        return ""
    try:
        return read_fqdn(name) or ""
    except UnreadableCellError:
        return ""
