"""ServiceNow: lists of configuration items, and of the relations between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.gathering import Gathering
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.sources.servicenow.items import Items
from waveplan.imports.sources.servicenow.relating import relate
from waveplan.imports.sources.servicenow.relations import Relations


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    gathering = Gathering("servicenow", reading)
    items = Items(gathering)
    relations = Relations(gathering, items)
    for sheet, line in gathering.lines(files):
        if sheet.layout.form.name == "relations":
            relations.hear(line)
        else:
            items.take(sheet, line)
    relations.conclude()
    items.settle(relations.kinds)
    relate(gathering, items, relations)
    return gathering.done()


SOURCE = Source(
    "servicenow",
    "ServiceNow: configuration items and their relations",
    _read,
    "both",
    options={"retired": "yes: take what its status says is retired, too"},
)
