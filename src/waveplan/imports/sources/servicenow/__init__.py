"""ServiceNow: lists of configuration items, and of the relations between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.sources.servicenow.items import ListedItems
from waveplan.imports.sources.servicenow.relating import relate
from waveplan.imports.sources.servicenow.relations import Relations


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection = Collection("servicenow", reading)
    items = ListedItems(collection)
    relations = Relations(collection, items)
    for sheet, line in collection.lines(files):
        if sheet.layout.form.name == "relations":
            relations.hear(line)
        else:
            items.take(sheet, line)
    relations.conclude()
    items.settle(relations.kinds)
    relate(collection, items, relations)
    return collection.done()


SOURCE = Source(
    "servicenow",
    "ServiceNow: configuration items and their relations",
    _read,
    "both",
    options={"retired": "yes: take what its status says is retired, too"},
)
