"""Cloud Migration Factory on AWS: its intake form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.lines import SheetLine
from waveplan.imports.forms.servers import complete_server, goes_to, host_on, server_keys, tag_labels
from waveplan.imports.forms.strategies import Strategies
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.records import Given


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection, strategies = Collection("aws-cmf", reading), Strategies()
    for _, line in collection.lines(files):
        _take(collection, strategies, line)
    strategies.decide(collection)
    return collection.done()


def _take(collection: Collection, strategies: Strategies, line: SheetLine) -> None:
    register, name, app = collection.register, line.word("@name"), line.word("@app")
    complete_server(line)
    tag_labels(line)
    goes_to(register, line, "@region")
    strategies.hear(collection, app, line, "@r_type")
    if register.state("server", name, line.place, line.given, server_keys(line, name)) and app:
        application = register.refer("application", app, line.place)
        host_on(register, application, [name], line)
        wave = line.word("labels.wave")
        if wave:
            application.given.setdefault("labels.wave", Given(wave, line.column("labels.wave")))


SOURCE = Source("aws-cmf", "Cloud Migration Factory on AWS: intake form (CSV)", _read)
