"""A table whose headings are known, line by line, each with the values that could be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from waveplan.domain.findings import Phrase
from waveplan.imports.forms.cells import READERS, WORDS, Convention, PartlyUnreadableError, Value
from waveplan.imports.forms.form import FormColumn
from waveplan.imports.forms.recognising import FormLayout, Heading
from waveplan.imports.forms.telling import Telling
from waveplan.imports.harvest import Harvest
from waveplan.imports.records import Given, Scalar, located
from waveplan.imports.tables.model import CellValue, Row, RowPlace
from waveplan.imports.values import AmbiguousCellError, DateOrder, DecimalMark, UnreadableCellError, word_of

_MOST_KNOWN = 20_000
EMPTY = Phrase("the row is empty")
HEADINGS_AGAIN = Phrase("the row repeats the headings")
ABOVE = Phrase("the row stands above the headings")


_ORDERS: dict[DateOrder, str] = {
    "ymd": "with the year first",
    "dmy": "with the day first",
    "mdy": "with the month first",
}


@dataclass(slots=True)
class SheetLine:
    """A row with what was read of it, by path; `@…` are for the reader."""

    place: RowPlace
    values: dict[str, Given] = field(default_factory=dict)

    def word(self, path: str) -> str:
        """A value as a word; empty where there is none, the first where there are several."""
        value = self.several(path)
        return str(value[0]) if value else ""

    def several(self, path: str) -> tuple[Scalar, ...]:
        """A value as several; none where there is none."""
        given = self.values.get(path)
        if given is None:
            return ()
        return given.value if isinstance(given.value, tuple) else (given.value,)

    def column(self, *paths: str) -> int:
        """The column of the first of these that was given, else 0."""
        return next((self.values[path].column for path in paths if path in self.values), 0)

    @property
    def given(self) -> dict[str, Given]:
        """What is for the format."""
        return {path: given for path, given in self.values.items() if not path.startswith("@")}


@dataclass(frozen=True, slots=True)
class Reads:
    """What a source's cells mean where they may mean two things."""

    mark: DecimalMark = "."
    order: DateOrder = "mdy"


class FormSheet:
    """A table with its layout."""

    def __init__(self, layout: FormLayout, harvest: Harvest, telling: Telling, reads: Reads | None = None) -> None:
        self.layout = layout
        self._harvest = harvest
        self._telling = telling
        self._by = reads or Reads()
        self._known: dict[tuple[int, str | None], Given] = {}
        self._fields: dict[str, list[tuple[int, Heading]]] = {}
        for heading in layout.headings:
            self._fields.setdefault(heading.path, []).append((heading.rank, heading))
        for each in self._fields.values():
            each.sort(key=lambda pair: (pair[0], pair[1].index))

    def has(self, *paths: str) -> bool:
        """Whether any of these has a heading."""
        return any(path in self._fields for path in paths)

    def lines(self) -> Iterator[SheetLine]:
        """Every line below the headings that is one; what is none is accounted for."""
        skip = self._harvest.accounts.tell
        for row in self.layout.table.rows():
            if row.place.row < self.layout.row:
                skip(row.place, "skipped", ABOVE)
            elif row.place.row > self.layout.row:
                if all(word_of(cell) is None for cell in row.cells):
                    skip(row.place, "skipped", EMPTY)
                elif row.cells == self.layout.cells:
                    skip(row.place, "skipped", HEADINGS_AGAIN)
                else:
                    yield self._line(row)

    def _line(self, row: Row) -> SheetLine:
        line = SheetLine(row.place)
        for path, headings in self._fields.items():
            for _, heading in headings:
                cell = row.cells[heading.index] if heading.index < len(row.cells) else None
                given = None if cell is None else self._given(cell, heading, line)
                if given is not None:
                    line.values[path] = given
                    break
        return line

    def _given(self, cell: CellValue, heading: Heading, line: SheetLine) -> Given | None:
        """What a cell says; texts that were read before are not read again, as most stand in many rows."""
        key = (heading.index, cell if isinstance(cell, str) else None)
        known = self._known.get(key)
        if known is not None:
            return known
        try:
            value = READERS[heading.column.read](cell, Convention(heading.unit))
        except UnreadableCellError as error:
            value = self._doubtful(cell, heading, line, error)
            return None if value is None else Given(value, heading.index + 1)
        if value is None:
            return None
        given = Given(value, heading.index + 1)
        if key[1] is not None and len(self._known) < _MOST_KNOWN:
            self._known[key] = given
        return given

    def _doubtful(self, cell: CellValue, heading: Heading, line: SheetLine, error: UnreadableCellError) -> Value:
        """What is taken of a cell that cannot be read, or not all of it, or in two ways; it is told."""
        if isinstance(error, AmbiguousCellError):
            self._say_taken(heading, line, error)
            by = Convention(heading.unit, (self._by.mark,), (self._by.order,))
            return READERS[heading.column.read](cell, by)
        if heading.column.read in WORDS:
            self._keep_as_label(cell, heading, line)
            return None
        place = located(line.place, heading.index + 1)
        values = {"heading": heading.text, "problem": error.phrase}
        self._telling.note("WP528", place, "'{heading}' is left out: {problem}", values)
        return error.value or None if isinstance(error, PartlyUnreadableError) else None

    def _say_taken(self, heading: Heading, line: SheetLine, error: AmbiguousCellError) -> None:
        place = located(line.place, heading.index + 1)
        values = {"heading": heading.text, "problem": error.phrase, "source": self._harvest.source}
        if error.asks == "decimal":
            template = "'{heading}': {problem} Here '{mark}' is taken for it, as {source} usually writes numbers."
            self._telling.note("WP519", place, template, {**values, "mark": self._by.mark})
        else:
            template = "'{heading}': {problem} Here it is read as {source} usually writes days, {order}."
            self._telling.note("WP519", place, template, {**values, "order": Phrase(_ORDERS[self._by.order])})

    def _keep_as_label(self, cell: CellValue, heading: Heading, line: SheetLine) -> None:
        place = located(line.place, heading.index + 1)
        label = label_of(heading.column)
        line.values[label] = Given(word_of(cell) or "", heading.index + 1)
        values = {"heading": heading.text, "word": word_of(cell), "label": label}
        self._telling.note(
            "WP513",
            place,
            "'{heading}': it is not known what '{word}' means in the format; it is kept as {label}",
            values,
            hint="set the field by hand, or by an entry of defaults that matches this label",
        )


def label_of(column: FormColumn) -> str:
    """The label under which a word is kept that is none of the format's."""
    return f"labels.{column.path.removeprefix('labels.').removeprefix('@')}"
