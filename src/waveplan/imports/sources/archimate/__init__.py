"""ArchiMate: models as the Open Group's exchange format has them, 2.1 and 3, and as the tool Archi keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.sources.archimate.elements import Elements
from waveplan.imports.sources.archimate.exchange import read_model
from waveplan.imports.sources.archimate.relating import relate


def _read(files: Sequence[Path], reading: Reading) -> Harvest:
    collection = Collection("archimate", reading)
    for path in files:
        model = read_model(path, collection)
        if model is not None:
            elements = Elements(collection, model)
            elements.state()
            relate(collection, elements)
    return collection.done()


SOURCE = Source("archimate", "ArchiMate: models in exchange format 2.1 and 3 (XML)", _read, "both")
