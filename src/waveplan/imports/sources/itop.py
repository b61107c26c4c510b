"""iTop: its lists of machines, of application solutions, and of what links them, in English and French."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.form import words_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.register import one_line, same
from waveplan.imports.forms.servers import complete_server, host_on, server_keys, stands_at
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.records import Given, Keys
from waveplan.imports.values import folded

NO_ITEM = "an item of class '{kind}' is neither server nor application"
_ORDER = ("machines", "software", "applications", "hosting", "processes")


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection = Collection("itop", reading)
    systems: dict[str, str] = {}  # software → the machine it is on
    sheets = sorted(collection.sheets(files), key=lambda sheet: _ORDER.index(sheet.layout.form.name))
    for sheet in sheets:  # links last, once it is known what is linked
        for line in sheet.lines():
            _take(collection, sheet, line, systems)
    return collection.done()


def _take(collection: Collection, sheet: FormSheet, line: SheetLine, systems: dict[str, str]) -> None:
    form, status = sheet.layout.form.name, line.word("@status")
    kind = _class_of(line)
    if form == "hosting":
        _take_hosting(collection, line, systems)
    elif form == "processes":
        _take_process(collection, line)
    elif folded(status) in words_of("itop", "retired") and not collection.wants("retired"):
        collection.skip(line.place, "its status is '{status}'", status=status)
    elif kind in words_of("itop", "others"):
        collection.skip(line.place, NO_ITEM, kind=kind)
    else:
        if status:
            line.values["labels.status"] = Given(status, line.column("@status"))
        if kind in words_of("itop", "machines") or (form == "machines" and kind not in words_of("itop", "solutions")):
            _take_machine(collection, sheet, line)
        else:
            _take_application(collection, line, systems)


def _class_of(line: SheetLine) -> str:
    """The class of a row, folded: as it says, else as its file is called."""
    if line.word("@class"):
        return folded(line.word("@class"))
    stem = folded(PurePath(line.place.file).stem)
    known = (words_of("itop", table) for table in ("machines", "others", "software", "solutions"))
    return stem if any(stem in words for words in known) else ""


def _take_machine(collection: Collection, sheet: FormSheet, line: SheetLine) -> None:
    name = line.word("@name")
    kind = words_of("itop", "machines").get(_class_of(line))
    for path in ("organisation", "criticality"):  # of a list with too few columns to be one of machines
        if path in line.values:
            line.values[f"labels.{path}"] = line.values.pop(path)
    if kind is None and sheet.has("labels.host"):
        kind = "vm"
    elif kind is None and sheet.has("labels.rack", "labels.serial"):
        kind = "physical"
    if kind:
        line.values["kind"] = Given(kind, line.column("@class"))
    complete_server(line)
    stands_at(collection.register, line)
    collection.register.state("server", name, line.place, line.given, server_keys(line, name))


def _take_application(collection: Collection, line: SheetLine, systems: dict[str, str]) -> None:
    if "labels.organisation" in line.values:
        line.values["organisation"] = line.values.pop("labels.organisation")
    register, name, system = collection.register, line.word("@name"), line.word("@system")
    keys = Keys(external=line.word("@external"))
    application = register.state("application", name, line.place, line.given, keys)
    if application and system:
        systems[same(name)] = system
        host_on(register, application, [system], line, line.column("@system"))


def _take_hosting(collection: Collection, line: SheetLine, systems: dict[str, str]) -> None:
    """A link between an application and what it needs: a machine hosts it, software is something it depends on."""
    register, app, item = collection.register, line.word("@app"), line.word("@ci")
    kind = folded(line.word("@class"))
    if not one_line(app) or not one_line(item):
        collection.skip(line.place, "one end of the link is not named")
    elif kind in words_of("itop", "others") or kind in words_of("itop", "no_names"):
        collection.skip(line.place, NO_ITEM, kind=line.word("@class"))
    elif kind in words_of("itop", "software") or (not kind and same(item) in systems):
        application, software = (
            register.refer("application", app, line.place),
            register.refer("application", item, line.place),
        )
        if register.depend(application.name, software.name, line.place):
            collection.took(line.place)
        else:
            collection.merged(line.place, "the same link was read before")
    elif host_on(register, register.refer("application", app, line.place), [item], line, line.column("@ci")):
        collection.took(line.place)
    else:
        collection.merged(line.place, "the same link was read before")


def _take_process(collection: Collection, line: SheetLine) -> None:
    app, process = line.word("@app"), line.word("@process")
    if not app or not process:
        collection.skip(line.place, "one end of the link is not named")
    elif collection.register.refer("application", app, line.place).add("processes", [process], line.column("@process")):
        collection.took(line.place)
    else:
        collection.merged(line.place, "the same link was read before")


SOURCE = Source(
    "itop",
    "iTop: machines, application solutions and their links (CSV)",
    _read,
    options={"retired": "yes: take what is obsolete, inactive or in stock, too"},
)
