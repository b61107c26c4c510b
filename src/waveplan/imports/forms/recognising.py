"""Which layout a table has, and where its headings stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from waveplan.domain.findings import Phrase
from waveplan.imports.forms.form import Form, FormColumn, forms_of
from waveplan.imports.forms.telling import Telling, listed
from waveplan.imports.harvest import Harvest
from waveplan.imports.records import located
from waveplan.imports.tables.model import CellValue, Row, RowPlace, Table
from waveplan.imports.tables.opening import opened
from waveplan.imports.values import GB, SizeUnit, folded, header_size_unit, size_unit, text_of

_SEARCHED = 25
NO_HEADINGS = Phrase("the table has none of the columns that are read")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that is known."""

    text: str
    index: int
    column: FormColumn
    rank: int  # among the headings that its field may have
    path: str
    unit: SizeUnit


@dataclass(frozen=True, slots=True)
class FormLayout:
    """A table, its form, and where its headings stand; row 0: above the first one."""

    table: Table
    form: Form
    row: int
    cells: tuple[CellValue, ...]
    headings: tuple[Heading, ...]

    @property
    def fits(self) -> int:
        """How many fields it has."""
        return len({heading.path for heading in self.headings})


def layouts_of(files: Sequence[Path], source: str, harvest: Harvest, telling: Telling) -> Iterator[FormLayout]:
    """The layouts of all tables; a file none of whose tables has one is told, and a table of another file."""
    for path in files:
        given = opened(path)
        harvest.findings.extend(given.findings)
        found = [(table, _layout(table, forms_of(source))) for table in given.tables]
        read = [layout for _, layout in found if layout]
        for table, layout in found:
            if layout:
                _tell_unread(layout, telling)
            else:
                _tell_unknown(table, source, harvest, telling, is_error=not read)
        yield from read


def _layout(table: Table, forms: Sequence[Form]) -> FormLayout | None:
    for row in islice(table.rows(), _SEARCHED):
        fitting = [layout for form in forms if (layout := _fitted(table, row, form))]
        if fitting:
            return max(fitting, key=lambda layout: layout.fits)
    return None


def _fitted(table: Table, row: Row, form: Form) -> FormLayout | None:
    headings = []
    for index, cell in enumerate(row.cells):
        text = text_of(cell) if isinstance(cell, str) else ""
        known = form.column_of(text) if 0 < len(text) <= 200 else None
        if known:
            column, rank = known
            unit = header_size_unit(text) or size_unit(column.unit) or GB
            headings.append(Heading(text, index, column, rank, column.path_of(folded(text)), unit))
    paths = {heading.column.path for heading in headings}
    if all(any(path in paths for path in options) for options in form.needs):
        return FormLayout(table, form, row.place.row, row.cells, tuple(headings))
    return None


def _tell_unread(layout: FormLayout, telling: Telling) -> None:
    read = {heading.index for heading in layout.headings}
    unread = [(index, text_of(cell)) for index, cell in enumerate(layout.cells) if index not in read and text_of(cell)]
    if unread:
        place = located(RowPlace(layout.table.file, layout.table.sheet, layout.row), unread[0][0] + 1)
        names = listed([text for _, text in unread], 40)
        telling.note("WP530", place, "columns that are not read: {names}", {"names": names})


def _tell_unknown(table: Table, source: str, harvest: Harvest, telling: Telling, *, is_error: bool) -> None:
    first: Row | None = None
    for row in table.rows():
        first = first or row
        harvest.accounts.tell(row.place, "skipped", NO_HEADINGS)
    if first is not None:
        tell_other(first, source, telling, is_error=is_error)


def tell_other(first: Row, source: str, telling: Telling, *, is_error: bool) -> None:
    """Say that a table is none of a source's, by its first row; an error where the file has no other."""
    values = {"source": source, "names": listed([text_of(cell) for cell in first.cells if text_of(cell)])}
    if is_error:
        template = "this is none of the exports of {source} that are read; its first row is {names}"
        hint = "see docs/import-sources.md for the files and columns of each source, or import it with a mapping file"
        telling.note("WP510", located(first.place), template, values, hint=hint)
    else:
        telling.note("WP508", located(first.place), "a table that is not read; its first row is {names}", values)
