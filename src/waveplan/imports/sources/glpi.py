"""GLPI: its lists of computers and of appliances, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from waveplan.imports.forms.collecting import Collection, reader_of
from waveplan.imports.forms.form import words_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.servers import complete_server, host_on, looked_after, server_keys, stands_at
from waveplan.imports.harvest import Source
from waveplan.imports.records import Given, Keys
from waveplan.imports.values import folded


def _take(collection: Collection, sheet: FormSheet, line: SheetLine) -> None:
    status = line.word("@status")
    if folded(status) in _words("retired") and not collection.wants("retired"):
        collection.skip(line.place, "its status is '{status}'", status=status)
        return
    if status:
        line.values["labels.status"] = Given(status, line.column("@status"))
    if sheet.layout.form.name == "appliances":
        _take_appliance(collection, line)
    else:
        _take_computer(collection, line)


def _take_computer(collection: Collection, line: SheetLine) -> None:
    kind, name, register = line.word("@type"), line.word("@name"), collection.register
    other = next((word for word in (kind, line.word("@item_type")) if folded(word) in _words("no_servers")), "")
    if other and not collection.wants("computers"):
        collection.skip(line.place, "a computer of type '{type}' is no server", type=other)
        return
    if kind:
        line.values["labels.type"] = Given(kind, line.column("@type"))
        is_virtual = bool({folded(kind), *folded(kind).split()} & set(_words("virtual")))
        line.values["kind"] = Given("vm" if is_virtual else "physical", line.column("@type"))
    _stand_at(collection, line)
    complete_server(line)
    if register.state("server", name, line.place, line.given, server_keys(line, name)):
        for each in map(str, line.several("@applications")):
            host_on(register, register.refer("application", each, line.place), [name], line)


def _stand_at(collection: Collection, line: SheetLine) -> None:
    """The first part of `Paris > Building A > Room 2` is its site."""
    place = line.word("@place")
    if place:
        line.values["site"] = Given(place.partition(">")[0].strip() or place, line.column("@place"))
        if ">" in place:
            line.values["labels.location"] = Given(place, line.column("@place"))
        stands_at(collection.register, line)


def _take_appliance(collection: Collection, line: SheetLine) -> None:
    register, name = collection.register, line.word("@name")
    looked_after(register, line)
    application = register.state("application", name, line.place, line.given, Keys(external=line.word("@external")))
    if application:
        host_on(register, application, map(str, line.several("@items")), line, line.column("@items"))


def _words(table: str) -> Mapping[str, str]:
    return words_of("glpi", table)


SOURCE = Source(
    "glpi",
    "GLPI: computers and appliances (CSV)",
    reader_of("glpi", _take),
    options={
        "retired": "yes: take what its status says is retired, too",
        "computers": "all: take workstations, too",
    },
)
