"""What goes wrong in the cells of one sheet: each told with its place, the same over and over only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding, Location
from waveplan.domain.wording import finding, names
from waveplan.imports.mapping.sheets import ColumnAt, ReadSheet
from waveplan.imports.mapping.uses import Unread
from waveplan.imports.records import located
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.values import AmbiguousCellError

_MOST_TOLD = 20  # cells of one column


@dataclass(slots=True)
class _Doubt:
    """A column whose cells mean two things: the first of them, and how many."""

    at: Location
    error: AmbiguousCellError
    header: str
    count: int = 1


@dataclass(slots=True)
class CellTroubles:
    """Cells of one sheet that could not be read."""

    sheet: ReadSheet
    findings: list[Finding] = field(default_factory=list)
    _told: Counter[str] = field(default_factory=Counter)
    _doubts: dict[str, _Doubt] = field(default_factory=dict)

    def note(self, unread: Unread, place: RowPlace, path: str, subject: str) -> None:
        """A cell that could not be read for a field."""
        at = unread.at
        header = at.header if at else path
        location = located(place, at.column if at else 0)
        if isinstance(unread.error, AmbiguousCellError):
            doubt = self._doubts.setdefault(header, _Doubt(location, unread.error, header, 0))
            doubt.count += 1
            return
        self._told[header] += 1
        if self._told[header] <= _MOST_TOLD:
            values = {"field": path, "why": unread.error.phrase}
            hint = "mend the cell, or give the mapping 'values', 'otherwise' or 'extract' for this field"
            subjects = (subject,) if subject else ()
            told = finding("WP528", "'{field}' is left out: {why}", values, subjects=subjects, hint=hint)
            self.findings.append(told.at(location))

    def summed_up(self) -> Iterator[Finding]:
        """Everything, with what was only counted at the end."""
        yield from self.findings
        for doubt in self._doubts.values():
            yield _asked(doubt)
        header = self.sheet.columns.place
        for name, number in self._told.items():
            if number > _MOST_TOLD:
                values = {"more": number - _MOST_TOLD, "name": name}
                at = self.sheet.find(name)
                template = "{more} more cells of '{name}' cannot be read either"
                yield finding("WP528", template, values).at(located(header, at.column if at else 0))


def _asked(doubt: _Doubt) -> Finding:
    """What the column leaves open, and how to say it."""
    template = "'{name}' is left out where it is not clear: {why}"
    if doubt.count > 1:
        template = "'{name}' is left out in {count} rows where it is not clear: {why}"
    values = {"name": doubt.header, "why": doubt.error.phrase, "count": doubt.count}
    hint = "add 'decimal: \",\"' or 'decimal: \".\"' to the column or the sheet in the mapping"
    if doubt.error.asks == "date_order":
        hint = "add 'date_order: dmy' or 'date_order: mdy' to the column or the sheet in the mapping"
    return finding("WP529", template, values, hint=hint).at(doubt.at)


def missing_columns(sheet: ReadSheet, missing: list[str]) -> Iterator[Finding]:
    """Columns that the mapping names and the sheet does not have, each once."""
    from waveplan.loading.report import suggestion

    known = [*filter(None, sheet.columns.names), *sheet.added]
    for name in dict.fromkeys(missing):
        hint = suggestion(name, known, "take it out of the mapping, or look at how the sheet names it")
        yield finding("WP526", "there is no column '{name}' in this sheet", {"name": name}, **hint).at(
            located(sheet.columns.place)
        )


def unused_columns(sheet: ReadSheet, used: list[ColumnAt], ignored: list[str]) -> Iterator[Finding]:
    """Columns that nothing reads, told once for the sheet."""
    known = {at.index for at in used} | {at.index for name in ignored if (at := sheet.find(name)) is not None}
    headers = sheet.columns.names
    unread = [name for index, name in enumerate(headers) if name and index not in known]
    if unread:
        first = next(index for index, name in enumerate(headers) if name and index not in known)
        template = "columns that the mapping does not read: {names}"
        if len(unread) == 1:
            template = "a column that the mapping does not read: {names}"
        hint = "map them to a field or a label, or name them under 'ignore'"
        told = finding("WP530", template, {"names": names(unread, most=30)}, hint=hint)
        yield told.at(located(sheet.columns.place, first + 1))
