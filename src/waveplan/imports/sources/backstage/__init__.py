"""Backstage: the entities of a software catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.sources.backstage.cataloguing import Cataloguing
from waveplan.imports.sources.backstage.entities import entities_of


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection = Collection("backstage", reading)
    cataloguing = Cataloguing(collection)
    for entity in entities_of(files, collection):
        cataloguing.hear(entity)
    cataloguing.conclude()
    return collection.done()


SOURCE = Source("backstage", "Backstage: catalogue of components, resources and interfaces (YAML)", _read)
