"""The sources `csv`, `xlsx` and `ods`: one reader of any spreadsheet, through a mapping or as answers to questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from waveplan.domain.findings import Phrase
from waveplan.errors import UsageError
from waveplan.imports.harvest import Harvest, Reading, Source
from waveplan.imports.mapping.answers import answers_in, read_answers
from waveplan.imports.mapping.gathering import Gathered
from waveplan.imports.mapping.learning import StatedWays
from waveplan.imports.mapping.loading import load_mapping
from waveplan.imports.mapping.reading import MappedReader
from waveplan.imports.mapping.typed import WayOfWriting
from waveplan.imports.tables.model import Table
from waveplan.imports.tables.opening import opened
from waveplan.imports.values import DATE_ORDERS, DECIMAL_MARKS

OPTIONS = {
    "mapping": "the mapping file; `--suggest-mapping` writes a first one",
    "decimal": "the decimal mark of numbers, . or , where the columns do not tell",
    "date_order": "dmy, mdy or ymd, where the columns do not tell",
}


def spreadsheet_source(name: str, title: str) -> Source:
    """The source under one of its names."""
    return Source(name, title, lambda files, reading: read_spreadsheets(name, files, reading), options=OPTIONS)


def read_spreadsheets(name: str, files: Sequence[Path], reading: Reading) -> Harvest:
    """Read files through the mapping that the options name; without one, only answers to questions are known.

    Raises UsageError without a mapping for anything else, and for options that mean nothing.
    """
    stated = _stated(reading.options)
    harvest = Harvest(reading.name or name)
    mapping_file = reading.options.get("mapping")
    loaded = load_mapping(mapping_file) if mapping_file else None
    if loaded is not None:
        harvest.findings += loaded.findings
        if loaded.mapping is None:
            return harvest
    tables: list[Table] = []
    for file in files:
        found = opened(file)
        tables += found.tables
        harvest.findings += found.findings
    if loaded is None or loaded.mapping is None or mapping_file is None:
        _read_answers(name, tables, stated, harvest)
        return harvest
    reader = MappedReader(loaded.mapping, mapping_file, stated, accounts=harvest.accounts)
    reader.read(tables)
    harvest.source = reading.name or loaded.mapping.name or name
    harvest.as_of = loaded.mapping.as_of
    harvest.records += reader.gathered.records()
    harvest.findings += reader.findings
    return harvest


def _stated(options: Mapping[str, str]) -> StatedWays:
    decimal, order = options.get("decimal"), options.get("date_order")
    if decimal is not None and decimal not in DECIMAL_MARKS:
        raise UsageError("the option decimal is . or , and not {given}", given=decimal)
    if order is not None and order not in DATE_ORDERS:
        raise UsageError("the option date_order is dmy, mdy or ymd, and not {given}", given=order)
    return StatedWays(decimal, order)


def _read_answers(name: str, tables: Sequence[Table], stated: StatedWays, harvest: Harvest) -> None:
    sheets = [answers_in(table) for table in tables]
    if not any(sheets):
        raise UsageError(
            "a spreadsheet is read through a mapping file: `waveplan import {name} FILE --suggest-mapping` "
            "prints a first one, `waveplan import {name} FILE --mapping mapping.yaml -o DIR` reads with it",
            name=name,
        )
    harvest.by_hand = True
    if harvest.source == name:
        harvest.source = "answers"
    gathered = Gathered()
    way = WayOfWriting(
        (stated.decimal,) if stated.decimal else DECIMAL_MARKS,
        (stated.date_order,) if stated.date_order else DATE_ORDERS,
    )
    for table, sheet in zip(tables, sheets, strict=True):
        if sheet is not None:
            read_answers(sheet, way, gathered, harvest.accounts, harvest.findings)
        else:
            for row in table.rows():
                harvest.accounts.tell(row.place, "skipped", Phrase("this sheet has no answers"))
    harvest.records += gathered.records()
    harvest.findings += [*gathered.findings, *gathered.silent()]
