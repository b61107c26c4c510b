"""AWS Application Migration Service: its inventory."""

from __future__ import annotations

from waveplan.imports.forms.collecting import Collection, reader_of
from waveplan.imports.forms.lines import FormSheet, SheetLine
from waveplan.imports.forms.servers import complete_server, goes_to, host_on, label, server_keys
from waveplan.imports.harvest import Source
from waveplan.imports.records import Given


def _take(collection: Collection, _: FormSheet, line: SheetLine) -> None:
    register = collection.register
    name, app = line.word("@name") or line.word("@fqdn"), line.word("@app")
    if line.word("@platform"):
        line.values["os"] = Given(line.word("@platform").capitalize(), line.column("@platform"))
    complete_server(line)
    goes_to(register, line, "@region")
    if register.state("server", name, line.place, line.given, server_keys(line, name)) and app:
        application = register.refer("application", app, line.place)
        host_on(register, application, [name], line)
        for path, given in line.values.items():
            if path.startswith("@app_"):
                application.given.setdefault(label(path.removeprefix("@app_")), given)
        if "labels.wave" in line.values:
            application.given.setdefault("labels.wave", line.values["labels.wave"])


SOURCE = Source("aws-mgn", "AWS Application Migration Service: inventory (CSV)", reader_of("aws-mgn", _take))
