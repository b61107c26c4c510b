"""Answers to the questions of `waveplan care`: a sheet of one field a row, which is read without a mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.import_mapping import SheetChoice
from waveplan.domain.wording import finding
from waveplan.imports.accounts import Accounts
from waveplan.imports.mapping.by_team import BY_TEAM, amounts_by_team, is_by_team
from waveplan.imports.mapping.fields import MAPPED_KINDS, FieldType, field_type, known_fields
from waveplan.imports.mapping.gathering import Gathered
from waveplan.imports.mapping.sheets import ReadSheet, read_sheet
from waveplan.imports.mapping.typed import WayOfWriting, read_typed
from waveplan.imports.records import Given, Keys, Kind, Scalar, located
from waveplan.imports.tables.model import CellValue, Row, Table
from waveplan.imports.values import (
    SEPARATORS,
    AmbiguousCellError,
    DayEvidence,
    NumberEvidence,
    UnreadableCellError,
    folded,
    number_part,
    split_cell,
    text_of,
    word_of,
)
from waveplan.loading.report import suggestion

COLUMNS = ("kind", "id", "field", "question", "current", "answer", "owner")
_SAYS_NOTHING = "it says nothing at all"
_NEEDED = ("kind", "id", "field", "answer")
_KINDS: dict[str, Kind] = {
    **{kind: kind for kind in MAPPED_KINDS if kind not in {"dependency", "link"}},
    **{f"{kind}s": kind for kind in MAPPED_KINDS if kind not in {"dependency", "link"}},
    "serveur": "server",
    "serveurs": "server",
    "equipe": "team",
    "equipes": "team",
}


def answers_in(table: Table) -> ReadSheet | None:
    """The sheet, if it is one of answers: it has all the columns that say of what field of what an answer is."""
    sheet = read_sheet(table, SheetChoice(), COLUMNS)
    return sheet if sheet is not None and all(sheet.find(name) for name in _NEEDED) else None


def read_answers(
    sheet: ReadSheet, stated: WayOfWriting, gathered: Gathered, accounts: Accounts, findings: list[Finding]
) -> None:
    """Take every answer in as a value of its field; rows without one, or that name nothing, are told as skipped."""
    reader = _AnswerReader(sheet, stated)
    for row in sheet.titles():
        accounts.tell(row.place, "skipped", Phrase("it stands above the headers"))
    for row in sheet.rows():
        reason = reader.take(row, gathered)
        if reason is None:
            accounts.tell(row.place, "imported")
        else:
            accounts.tell(row.place, "skipped", reason)
    findings += reader.findings


class _AnswerReader:
    def __init__(self, sheet: ReadSheet, stated: WayOfWriting) -> None:
        self.findings: list[Finding] = []
        self._sheet = sheet
        self._at = {name: sheet.find(name) for name in _NEEDED}
        self._way = self._learnt(stated)

    def _learnt(self, stated: WayOfWriting) -> WayOfWriting:
        """How the answers write numbers and days: one person's hand, so all of them together say it."""
        numbers, days = NumberEvidence(), DayEvidence()
        for row in self._sheet.rows():
            cell = self._cells(row)["answer"]
            if isinstance(cell, str):
                numbers.see_cell(number_part(cell))
                days.see_cell(cell)
        marks = tuple(mark for mark in numbers.possible if mark in stated.marks) or tuple(stated.marks)
        orders = tuple(order for order in days.possible if order in stated.orders) or tuple(stated.orders)
        return WayOfWriting(marks, orders)

    def _cells(self, row: Row) -> dict[str, CellValue]:
        cells = self._sheet.widened(row)
        return {name: cells[at.index] for name, at in self._at.items() if at is not None}

    def take(self, row: Row, gathered: Gathered) -> Phrase | None:
        """Take an answer in; why not, where it cannot be."""
        cells = self._cells(row)
        if word_of(cells["answer"]) is None:
            return Phrase("it is not answered")
        kind, name, path = _KINDS.get(folded(text_of(cells["kind"]))), word_of(cells["id"]), text_of(cells["field"])
        if kind is None:
            values = {"kind": text_of(cells["kind"])}
            return self._refuse(row, "kind", "'{kind}' is none of the kinds of thing that have fields", values)
        if name is None:
            return self._refuse(row, "id", "the answer does not say for which {kind} it is", {"kind": kind})
        found = field_type(kind, path)
        if (
            path in BY_TEAM
            and field_type(kind, f"{path}.team")
            and (found is None or is_by_team(text_of(cells["answer"])))
        ):
            return self._take_by_team(row, kind, name, path, gathered)
        if found is None:
            values = {"kind": kind, "field": path}
            template = "of the kind {kind} there is no field '{field}' that an answer can set"
            return self._refuse(row, "field", template, values, **suggestion(path, known_fields(kind)))
        try:
            given = self._value(cells["answer"], found)
        except UnreadableCellError as error:
            hint = "write 2026-03-14 for a date, 1234.5 for a number" if isinstance(error, AmbiguousCellError) else ""
            unread = {"field": path, "name": name, "why": error.phrase}
            return self._refuse(row, "answer", "the answer for '{field}' of {name}: {why}", unread, hint=hint)
        self._give(row, kind, name, path, given, gathered)
        return None

    def _take_by_team(self, row: Row, kind: Kind, name: str, path: str, gathered: Gathered) -> Phrase | None:
        """An answer such as `dba 2; network 1.5`: one amount for each team."""
        at = self._at["answer"]
        given = {}
        try:
            for team, number in amounts_by_team(text_of(self._cells(row)["answer"])):
                taken = field_type(kind, f"{path}.{team}")
                value = read_typed(number, taken, self._way) if taken is not None else None
                if value is not None:
                    given[f"{path}.{team}"] = Given(value, at.column if at else 0)
        except UnreadableCellError as error:
            unread = {"field": path, "name": name, "why": error.phrase}
            return self._refuse(row, "answer", "the answer for '{field}' of {name}: {why}", unread)
        gathered.add(kind, name, row.place, given, Keys())
        return None

    def _value(self, cell: CellValue, kind: FieldType) -> Scalar | tuple[Scalar, ...]:
        parts: Sequence[CellValue] = split_cell(cell, SEPARATORS) if kind.many else (cell,)
        values = tuple(value for part in parts if (value := read_typed(part, kind, self._way)) is not None)
        if not values:
            raise UnreadableCellError(_SAYS_NOTHING)
        return values if kind.many else values[0]

    def _give(
        self, row: Row, kind: Kind, name: str, path: str, value: Scalar | tuple[Scalar, ...], gathered: Gathered
    ) -> None:
        at = self._at["answer"]
        column = at.column if at else 0
        if path != "depends_on":
            gathered.add(kind, name, row.place, {path: Given(value, column)}, Keys())
            return
        for provider in value if isinstance(value, tuple) else (value,):
            ends = {"consumer": Given(name, column), "provider": Given(str(provider), column)}
            gathered.add("dependency", f"{name} → {provider}", row.place, ends, Keys())

    def _refuse(self, row: Row, column: str, template: str, values: Mapping[str, object], **hint: Any) -> Phrase:
        at = self._at[column]
        told = finding("WP534", template, values, **hint)
        self.findings.append(told.at(located(row.place, at.column if at else 0)))
        return Phrase("what it says cannot be taken in")
