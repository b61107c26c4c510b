"""AWS Migration Hub: its import template, and the lists of its discovery."""

from __future__ import annotations

from waveplan.imports.forms.collecting import Collection, reader_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.servers import complete_server, host_on, server_keys, tag_labels
from waveplan.imports.harvest import Source
from waveplan.imports.records import Given


def _take(collection: Collection, _: FormSheet, line: SheetLine) -> None:
    register = collection.register
    name = line.word("@name") or line.word("@host") or line.word("@external")
    if line.word("@host"):
        line.values["hostname"] = Given(line.word("@host"), line.column("@host"))
    complete_server(line)
    tag_labels(line)
    for path in ("@logical", "@cores", "@sockets"):
        if path in line.values:
            line.values.setdefault("vcpu", line.values[path])
    if register.state("server", name, line.place, line.given, server_keys(line, name)):
        for app in map(str, line.several("@applications")):
            application = register.refer("application", app, line.place)
            host_on(register, application, [name], line)
            if "labels.wave" in line.values:
                application.given.setdefault("labels.wave", line.values["labels.wave"])


SOURCE = Source("aws-migration-hub", "AWS Migration Hub: import template (CSV)", reader_of("aws-migration-hub", _take))
