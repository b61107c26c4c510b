"""One reading of a source's files: its harvest, what is told, and what is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from waveplan.domain.findings import Phrase
from waveplan.imports.forms.form import data_of
from waveplan.imports.forms.lines import FormSheet, Reads, SheetLine
from waveplan.imports.forms.recognising import layouts_of
from waveplan.imports.forms.register import Register
from waveplan.imports.forms.telling import Telling
from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.tables.model import RowPlace


class Collection:
    """What a reader works with."""

    def __init__(self, source: str, reading: Reading) -> None:
        self.source = source
        self.options = reading.options
        self.harvest = Harvest(reading.name or source)
        self.telling = Telling(self.harvest.findings)
        self.register = Register(self.harvest, self.telling)

    def sheets(self, files: Sequence[Path]) -> list[FormSheet]:
        """The tables of all files that are read."""
        data = data_of(self.source)
        reads = Reads(data.get("decimal", "."), data.get("dates", "mdy"))
        layouts = layouts_of(files, self.source, self.harvest, self.telling)
        return [FormSheet(layout, self.harvest, self.telling, reads) for layout in layouts]

    def lines(self, files: Sequence[Path]) -> Iterator[tuple[FormSheet, SheetLine]]:
        """Every line of every table, with its table."""
        for sheet in self.sheets(files):
            for line in sheet.lines():
                yield sheet, line

    def skip(self, place: RowPlace, reason: str, **values: object) -> None:
        """Account for a row that is not imported; `reason` is a sentence whose placeholders stand for the values."""
        self.harvest.accounts.tell(place, "skipped", Phrase(reason, values))

    def took(self, place: RowPlace) -> None:
        """Account for a row that was imported."""
        self.harvest.accounts.tell(place, "imported")

    def merged(self, place: RowPlace, reason: str, **values: object) -> None:
        """Account for a row that says what is known, or something of what other rows tell of."""
        self.harvest.accounts.tell(place, "merged", Phrase(reason, values))

    def done(self) -> Harvest:
        """The harvest, whole."""
        self.register.end()
        return self.harvest

    def wants(self, option: str, usually: str = "no") -> bool:
        """Whether an option is set to yes."""
        return self.options.get(option, usually).casefold() in {"yes", "true", "1", "all", "oui"}


def reader_of(
    source: str, take: Callable[[Collection, FormSheet, SheetLine], None]
) -> Callable[[Sequence[Path], Reading], Harvest]:
    """A reader that takes one line after the other."""

    def read(files: Sequence[Path], reading: Reading) -> Harvest:
        collection = Collection(source, reading)
        for sheet, line in collection.lines(files):
            take(collection, sheet, line)
        return collection.done()

    return read
