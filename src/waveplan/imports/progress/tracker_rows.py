"""Rows of a tracker's export: whose line it is, in which state, since when, by whom and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waveplan.errors import UsageError
from waveplan.imports.progress.columns import columns_of, words_of
from waveplan.imports.tables.columns import Columns, HeadedTable, cell_of, headed
from waveplan.imports.tables.model import Row, RowPlace, Table
from waveplan.imports.tables.opening import tables_of
from waveplan.imports.values import DATE_ORDERS, DateOrder, DayEvidence, UnreadableCellError, read_day, split_cell
from waveplan.imports.values import text_of as cell_text


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """A line of a tracker; days are None where the row has none, `unread` is what a day could not be read from."""

    place: RowPlace
    names: tuple[str, ...]  # keys and tags
    state: str
    decision: str
    done: dt.date | None
    due: dt.date | None
    by: str
    reason: str
    unread: UnreadableCellError | None = None


def tracker_rows(files: Sequence[Path]) -> Iterator[TrackerRow]:
    """Every row of these exports. Raises UsageError for a file that has no column by which lines are known again."""
    for file in files:
        tables = [table for table in (_headed(each) for each in tables_of(file)) if table is not None]
        if not tables:
            raise UsageError(
                "{name} has no column 'External ID' or 'Tags' with a state beside it: export these columns too, they "
                "tell whose line a row is",
                name=str(file),
            )
        for table in tables:
            yield from _rows(table)


def _headed(table: Table) -> HeadedTable | None:
    found = headed(table, (*words_of("names"), *words_of("tags"), *columns_of("tracker")["state"]), least=2)
    if found is None or found.columns.find(*columns_of("tracker")["state"]) is None or not _name_columns(found.columns):
        return None
    return found


def _name_columns(columns: Columns) -> list[int]:
    """Columns that hold keys or tags; a tracker repeats the column of labels for each label."""
    wanted = {columns.find(name) for name in (*words_of("names"), *words_of("tags"))} - {None}
    named = {columns.names[index] for index in wanted if index is not None}
    return [index for index, name in enumerate(columns.names) if name in named]


def _rows(table: HeadedTable) -> Iterator[TrackerRow]:
    rows = list(table.rows)
    at = {what: table.columns.find(*names) for what, names in columns_of("tracker").items()}
    orders = _orders(rows, [at["done"], at["due"]])
    for row in rows:
        yield _row(row, table.columns, at, orders)


def _orders(rows: Sequence[Row], columns: Sequence[int | None]) -> Sequence[DateOrder]:
    """How the days of a file are written: one tracker writes all of them alike."""
    seen = DayEvidence()
    for row in rows:
        for column in columns:
            seen.see_cell(cell_of(row, column))
    return seen.possible or DATE_ORDERS


def _reason(row: Row, columns: Columns) -> str:
    """The first reason that somebody wrote."""
    for name in columns_of("tracker")["reason"]:
        text = " ".join(cell_text(cell_of(row, columns.find(name))).split())
        if text and text.casefold() not in words_of("made_by_azure_devops"):
            return text
    return ""


def _row(row: Row, columns: Columns, at: Mapping[str, int | None], orders: Sequence[DateOrder]) -> TrackerRow:
    keys = _name_columns(columns)
    words = {what: cell_text(cell_of(row, column)) for what, column in at.items()}
    days: dict[str, dt.date | None] = {"done": None, "due": None}
    unread = None
    for what in days:
        try:
            days[what] = read_day(cell_of(row, at[what]), orders)
        except UnreadableCellError as error:
            unread = error
    return TrackerRow(
        row.place,
        tuple(name.removeprefix("'") for key in keys for name in split_cell(cell_of(row, key), (";", "\n"))),
        words["state"],
        words["decision"] or words["resolution"],
        days["done"],
        days["due"],
        words["by"],
        _reason(row, columns),
        unread,
    )
