"""A table of events, one a row, with the words of `waveplan record` in its columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from waveplan.errors import UsageError
from waveplan.imports.progress.columns import columns_of
from waveplan.imports.progress.said import ReadProgress, SaidEntry
from waveplan.imports.tables.columns import HeadedTable, cell_of, headed
from waveplan.imports.tables.model import Row, Table
from waveplan.imports.tables.opening import tables_of
from waveplan.imports.values import (
    DateOrder,
    DayEvidence,
    UnreadableCellError,
    folded,
    read_day,
    read_number,
    read_share,
    split_cell,
    text_of,
    word_meant,
)

_DAYS = ("date", "resolved", "reached", "expected")
_LISTS = {"lot": (";", ",", "\n"), "rolled_back": (";", ",", "\n"), "condition": (";", "\n")}
_WORDS: Mapping[str, Sequence[str]] = {  # of each kind, the columns that are its words, and those it may have beside
    "gate": ("wave", "gate", "result"),
    "cutover": ("wave", "result"),
    "incident": ("wave", "summary"),
    "accept": ("milestone", "result"),
    "milestone": ("milestone",),
    "adoption": ("wave", "id"),
    "task": ("wave", "task", "result", "at"),
    "effort": ("team", "week", "person_days"),
}
_OPTIONS: Mapping[str, Sequence[str]] = {
    "gate": ("date", "by", "reason", "lot", "condition"),
    "cutover": ("date", "by", "reason", "rolled_back"),
    "incident": ("date", "id", "item", "severity", "resolved"),
    "accept": ("date", "by", "reason"),
    "milestone": ("reached", "expected", "reason", "date"),
    "adoption": ("date", "by", "reason", "share"),
    "task": ("by", "reason", "run"),
    "effort": (),
}
_NAMES = {"share": "result"}
_RESULTS = {  # what `record` takes, for what words of trackers mean
    "done": {"accept": "signed"},
    "go": {"accept": "signed"},
    "rolled_back": {},
    "no_go": {"accept": "refused"},
    "refused": {"cutover": "rolled-back", "gate": "no-go"},
}


def read_events(files: Sequence[Path]) -> ReadProgress:
    """An entry of each row. Raises UsageError for a file that has no column that says of what kind a row is."""
    read = ReadProgress()
    for file in files:
        tables = [found for found in map(_headed, tables_of(file)) if found is not None]
        if not tables:
            raise UsageError(
                "{name} has no column 'kind' with wave, milestone or team beside it; kinds are {kinds}",
                name=str(file),
                kinds=", ".join(_WORDS),
            )
        for table in tables:
            _read(table, read)
    return read


def _headed(table: Table) -> HeadedTable | None:
    names = [name for what in ("kind", "wave", "milestone", "team") for name in columns_of("events")[what]]
    found = headed(table, names, least=2)
    return found if found is not None and found.columns.find(*columns_of("events")["kind"]) is not None else None


def _read(table: HeadedTable, read: ReadProgress) -> None:
    at = {what: table.columns.find(*names) for what, names in columns_of("events").items()}
    rows = list(table.rows)
    seen = DayEvidence()
    for row in rows:
        for what in _DAYS:
            seen.see_cell(cell_of(row, at[what]))
    for row in rows:
        read.rows += 1
        _entry(row, at, seen.possible, read)


def _entry(row: Row, at: Mapping[str, int | None], orders: Sequence[DateOrder], read: ReadProgress) -> None:
    said = text_of(cell_of(row, at["kind"]))
    kind = next((each for each, names in columns_of("kinds").items() if folded(said) in names), None)
    if kind is None:
        read.skip(
            row.place, "'{kind}' is no kind of entry: one of {kinds}", unclear=True, kind=said, kinds=", ".join(_WORDS)
        )
        return
    try:
        given = {what: _value(what, row, at, orders) for what in (*_WORDS[kind], *_OPTIONS[kind])}
    except UnreadableCellError as error:
        read.skip(row.place, "{reason}", unclear=True, reason=error.phrase)
        return
    missing = [what for what in _WORDS[kind] if not given[what] and not (kind == "incident" and given["id"])]
    if missing:
        read.skip(row.place, "{kind} needs {columns}", unclear=True, kind=kind, columns=", ".join(missing))
        return
    words = [
        _result(kind, str(given[what])) if what == "result" and kind != "task" else str(given[what])
        for what in _WORDS[kind]
    ]
    options = {_NAMES.get(what, what): given[what] for what in _OPTIONS[kind] if given[what]}
    read.said.append(SaidEntry(row.place, (kind, *words), options))


def _value(what: str, row: Row, at: Mapping[str, int | None], orders: Sequence[DateOrder]) -> str | list[str]:
    cell = cell_of(row, at["result" if what == "share" else what])
    if what in _DAYS:
        day: dt.date | None = read_day(cell, orders)
        return day.isoformat() if day else ""
    if what in _LISTS:
        return list(split_cell(cell, _LISTS[what]))
    if what == "share":  # a survey's stands in the column of results
        share = read_share(cell)
        return "" if share is None else f"{share:f}"
    if what == "person_days":
        number = read_number(cell)
        return "" if number is None else f"{number:f}"
    return " ".join(text_of(cell).split())


def _result(kind: str, word: str) -> str:
    """A word that `record` takes; one that nobody knows stays, and is refused by it with those that it takes."""
    meaning = None if kind == "task" else word_meant(word, "tracker_state")
    if meaning is None:
        return word
    return _RESULTS.get(meaning, {}).get(kind, meaning.replace("_", "-"))
