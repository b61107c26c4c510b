"""NetBox: its tables of virtual machines and devices."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from waveplan.imports.forms.collecting import Collection, reader_of
from waveplan.imports.forms.form import words_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.servers import complete_server, server_keys, stands_at
from waveplan.imports.harvest import Source
from waveplan.imports.records import Given, located
from waveplan.imports.values import MB, DecimalMark, UnreadableCellError, folded, header_size_unit, read_gigabytes

_POINT: tuple[DecimalMark, ...] = (".",)
_LEAST_IN_MB = Decimal(8_000)  # a disk of so many GB is rare, one of fewer MB too


def _take(collection: Collection, sheet: FormSheet, line: SheetLine) -> None:
    is_device = sheet.layout.form.name == "devices"
    name = line.word("@name") or line.word("labels.asset_tag") or line.word("labels.serial")
    other = _no_server(line) if is_device and not collection.wants("devices", "servers") else ""
    if other:
        collection.skip(line.place, "a device whose role is '{role}' is no server", role=other)
        return
    if is_device:
        line.values["kind"] = Given("physical")
    status = line.word("@status")
    if status:
        line.values["labels.status"] = Given(folded(status), line.column("@status"))
    if folded(status) in words_of("netbox", "off"):
        line.values["power"] = Given("off", line.column("@status"))
    _add_disk(collection, sheet, line)
    complete_server(line)
    stands_at(collection.register, line)
    collection.register.state("server", name, line.place, line.given, server_keys(line, name))


def _no_server(line: SheetLine) -> str:
    """The role of a device that is no server, as its words say; empty where it is one, or may be."""
    role = line.word("labels.role")
    words = folded(role).split()
    pairs = {" ".join(pair) for pair in pairwise(words)}
    if set(words) & set(words_of("netbox", "servers")):
        return ""
    return role if (set(words) | pairs) & set(words_of("netbox", "no_servers")) else ""


def _add_disk(collection: Collection, sheet: FormSheet, line: SheetLine) -> None:
    """Its disk: older versions count in GB and newer ones in MB, and not every heading says which."""
    given = line.values.pop("@disk", None)
    if given is None:
        return
    heading = next(each for each in sheet.layout.headings if each.index == given.column - 1)
    place = located(line.place, given.column)
    try:
        size = read_gigabytes(str(given.value), header_size_unit(heading.text) or heading.unit, _POINT)
        if size and header_size_unit(heading.text) is None and size >= _LEAST_IN_MB:
            size = read_gigabytes(str(given.value), MB, _POINT)
            template = "'{value}' of '{heading}' is taken as MB: it would be much in GB, and newer versions count in MB"
            collection.telling.note("WP520", place, template, {"value": str(given.value), "heading": heading.text})
    except UnreadableCellError as error:
        values = {"heading": heading.text, "problem": error.phrase}
        collection.telling.note("WP528", place, "'{heading}' is left out: {problem}", values)
    else:
        if size is not None:
            line.values["disk_gb"] = Given(size, given.column)


SOURCE = Source(
    "netbox",
    "NetBox: virtual machines and devices (CSV)",
    reader_of("netbox", _take),
    options={"devices": "all: take devices whose role says that they are no servers, too"},
)
