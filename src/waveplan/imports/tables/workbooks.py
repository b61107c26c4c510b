"""Workbooks (xlsx, xlsm, ods): each sheet a table, looked at for traps before it is read."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from waveplan.imports.tables.archives import DAMAGED, Unpacking, archive_of
from waveplan.imports.tables.cells import cells_of
from waveplan.imports.tables.extents import claimed, declares_entities, overlapping, reach
from waveplan.imports.tables.limits import LIMITS, ReadingLimits
from waveplan.imports.tables.model import Row, RowPlace
from waveplan.imports.tables.refusals import not_read
from waveplan.imports.tables.repeats import Repeats
from waveplan.imports.tables.stored import Stored

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ENTITIES = "its XML declares entities of its own, which no spreadsheet does: it may be meant to do harm"
_ABSURD = (
    "sheet {sheet} has cells as far as row {rows} and column {columns}: delete the empty rows and columns "
    "behind its data, or export it as CSV"
)
_SHEETS = "xl/worksheets/"
_CONTENT = "content.xml"
_PANIC = "PanicException"  # how a failed assertion of the reader's own language arrives: it is no Exception


@dataclass(slots=True)
class Workbook:
    """A workbook whose parts, sheets apart, were looked at; it is opened at the first row that is asked for."""

    stored: Stored
    parts: dict[str, str]  # a sheet's name → its part of the archive; empty for OpenDocument
    names: list[str]
    limits: ReadingLimits
    has_macros: bool = False
    opened: CalamineWorkbook | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A sheet of a workbook."""

    workbook: Workbook
    sheet: str

    @property
    def file(self) -> str:
        """The file as it was named."""
        return self.workbook.stored.name

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty. Raises UnreadableInputError for a sheet that is absurd or damaged."""
        _refuse_absurd(self.workbook, self.sheet)
        try:
            sheet = _open(self.workbook).get_sheet_by_name(self.sheet)
            start = sheet.start
            before = (None,) * (start[1] if start else 0)
            for number, values in enumerate(sheet.iter_rows(), 1):
                if any(value != "" for value in values):
                    yield Row(RowPlace(self.file, self.sheet, number), cells_of(values, before))
        except BaseException as error:
            if _is_of_reader(error):
                raise not_read(self.file, "sheet {sheet} is damaged: {why}", sheet=self.sheet, why=str(error)) from None
            raise


def workbook_of(stored: Stored, limits: ReadingLimits = LIMITS) -> Workbook:
    """A workbook, once all of it but its sheets was found harmless. Raises UnreadableInputError otherwise."""
    with archive_of(stored, limits) as (archive, opened):
        unpacking = Unpacking(stored, opened, limits)
        members = {_key(member.filename): member for member in archive.infolist()}
        if len(members) < len(archive.infolist()):  # whoever reads it may take the other one
            raise not_read(stored.name, "it holds two parts of one name: it may be meant to do harm")
        if _CONTENT in members:
            _refuse_repeats(stored, unpacking, members[_CONTENT], limits)
            workbook = Workbook(stored, {}, [], limits, has_macros=any(each.startswith("basic/") for each in members))
        else:
            _refuse_entities(stored, unpacking, members)
            parts = _sheet_parts(stored, archive, members)
            workbook = Workbook(stored, parts, [], limits, has_macros="xl/vbaproject.bin" in members)
    workbook.names = _sheet_names(workbook)
    return workbook


def _open(workbook: Workbook) -> CalamineWorkbook:
    if workbook.opened is None:
        from python_calamine import load_workbook

        workbook.opened = load_workbook(workbook.stored.path or workbook.stored.open())
    return workbook.opened


def _sheet_names(workbook: Workbook) -> list[str]:
    from python_calamine import SheetTypeEnum

    try:
        sheets = _open(workbook).sheets_metadata
    except BaseException as error:
        if not _is_of_reader(error):
            raise
        protected = type(error).__name__ == "PasswordError"
        reason = "it is protected by a password: save it without one" if protected else "it is damaged: {why}"
        raise not_read(workbook.stored.name, reason, why=str(error)) from None
    return [sheet.name for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet]


def _is_of_reader(error: BaseException) -> bool:
    from python_calamine import CalamineError

    return isinstance(error, CalamineError | OSError) or type(error).__name__ == _PANIC


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse_entities(stored: Stored, unpacking: Unpacking, members: dict[str, zipfile.ZipInfo]) -> None:
    for name, member in members.items():
        if name.endswith((".xml", ".rels")) and not name.startswith(_SHEETS):
            for _ in _harmless(stored, unpacking.chunks(member)):
                pass


def _refuse_repeats(stored: Stored, unpacking: Unpacking, member: zipfile.ZipInfo, limits: ReadingLimits) -> None:
    try:
        cells = Repeats().read(_harmless(stored, unpacking.chunks(member)))
    except ExpatError:
        raise not_read(stored.name, DAMAGED) from None
    if cells > limits.cells:
        raise not_read(stored.name, "a sheet repeats its cells until there are more than {most}", most=limits.cells)


def _refuse_absurd(workbook: Workbook, sheet: str) -> None:
    """Refuse a sheet whose cells would fill the memory; one that only names far cells is looked at once more."""
    if not workbook.parts:
        return
    with archive_of(workbook.stored, workbook.limits) as (archive, opened):
        members = {_key(member.filename): member for member in archive.infolist()}
        member = members.get(workbook.parts.get(sheet, ""))
        if member is None:
            raise not_read(workbook.stored.name, "sheet {sheet} is not in the file", sheet=sheet)
        for measured in (claimed, reach):
            unpacking = Unpacking(workbook.stored, opened, workbook.limits)
            rows, columns = measured(_harmless(workbook.stored, unpacking.chunks(member)))
            if rows * columns <= workbook.limits.cells:
                return
    raise not_read(workbook.stored.name, _ABSURD, sheet=sheet, rows=rows, columns=columns)


def _harmless(stored: Stored, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Chunks of XML; refused when they declare entities."""
    for chunk in overlapping(chunks):
        if declares_entities(chunk):
            raise not_read(stored.name, _ENTITIES)
        yield chunk


def _sheet_parts(stored: Stored, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The part in which each sheet stands, as the workbook and its relationships say."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        book = fromstring(archive.read(members["xl/workbook.xml"]))
        links = fromstring(archive.read(members["xl/_rels/workbook.xml.rels"]))
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, EOFError, zlib.error):
        raise not_read(stored.name, DAMAGED) from None
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            linked = next((value for key, value in sheet.items() if key.endswith("}id")), "")
            found[sheet.get("name", "")] = _key(posixpath.normpath(posixpath.join("/xl", targets.get(linked, ""))))
    return found
