"""Writes a first mapping of spreadsheets: what is understood as lines, with how sure it is, the rest as remarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

from waveplan.domain.import_mapping import MappedKind
from waveplan.imports.mapping.answers import answers_in
from waveplan.imports.mapping.field_lines import FieldLines
from waveplan.imports.mapping.recognising import RecordGuess, recognised
from waveplan.imports.mapping.sampling import SAMPLED_ROWS, SampledColumn, SampledSheet, sampled
from waveplan.imports.mapping.yaml_lines import YamlLines, scalar
from waveplan.imports.tables.model import Table
from waveplan.imports.tables.opening import tables_of
from waveplan.imports.values import folded

Say = Callable[..., str]
_MOST_SHOWN = 3  # values of a column that is not understood
_LABELLED = frozenset({"server", "application", "service", "site"})
_STATES = frozenset({"status", "statut", "state", "etat", "lifecycle", "life cycle"})
_MOST_STATES = 12
_KINDS: tuple[MappedKind, ...] = ("server", "application", "site", "team", "service", "dependency", "link")


def suggested_mapping(name: str, files: Sequence[Path], say: Say) -> str:
    """A first mapping of all sheets of the files, as a text with remarks in the reader's language.

    Raises UnreadableInputError for files that cannot be read, and UsageError where a package that is needed is missing.
    """
    tables = [table for file in files for table in tables_of(file)]
    lines = YamlLines()
    lines.comment(
        0, say("A first mapping, from the headers and the first {rows} rows of each sheet.", rows=SAMPLED_ROWS)
    )
    lines.comment(0, say("Read every line: behind it stands what it rests on. What was not understood is a remark."))
    shown = " ".join(str(file) for file in files)
    lines.comment(0, f"waveplan import {name} {shown} --mapping mapping.yaml -o inventory")
    lines.comment(0, say("All keys: docs/import-mapping.md, `waveplan schema mapping`."))
    lines.add(0, "waveplan_mapping: 1")
    lines.add(0, "sheets:")
    several = len({table.file for table in tables}) > 1
    found = [_sheet(table, lines, say, several=several) for table in tables]
    if not any(found):
        _example(lines, say)
    return lines.text()


def _sheet(table: Table, lines: YamlLines, say: Say, *, several: bool) -> bool:
    """One sheet's entry, or remarks on why there is none; whether there is one."""
    title = f"{PurePath(table.file).name} {table.sheet}".strip()
    sheet = sampled(table)
    if sheet is None or not sheet.columns:
        lines.comment(2, say("{sheet}: no row looks like headers", sheet=title))
        return False
    if answers_in(table) is not None:
        lines.comment(2, say("{sheet}: answers to questions, which are read without a mapping", sheet=title))
        return False
    guesses = recognised(sheet)
    lines.comment(2, say("{sheet}: headers in row {row}", sheet=title, row=sheet.sheet.header_row))
    if not guesses:
        lines.comment(2, say("nothing here is recognised; its columns:"))
        for column in sheet.columns:
            lines.comment(4, _described(column, say))
        return False
    _entry(sheet, guesses, lines, say, several=several)
    return True


def _entry(sheet: SampledSheet, guesses: list[RecordGuess], lines: YamlLines, say: Say, *, several: bool) -> None:
    first = "- "
    if sheet.table.sheet:
        lines.add(2, f"{first}sheet: {scalar(sheet.table.sheet)}")
        first = "  "
    if several:
        lines.add(2, f"{first}file: {scalar(PurePath(sheet.table.file).name)}")
        first = "  "
    lines.add(2, f"{first}makes:")
    for guess in guesses:
        FieldLines(guess, lines, say).write()
    used = {index for guess in guesses for index in guess.used}
    unknown = [column for column in sheet.columns if column.index not in used]
    if unknown:
        has_labels = guesses[-1].kind in _LABELLED
        lines.comment(10, say("not understood; put them where they belong, or name them under ignore:"))
        for column in unknown:
            label = folded(column.header).replace(" ", "-") or "label"
            lines.comment(10, (f"labels.{label}: " if has_labels else "") + _described(column, say))
    _states(sheet, lines, say)


def _states(sheet: SampledSheet, lines: YamlLines, say: Say) -> None:
    """A column that tells what is live may choose rows: as a remark that becomes a line of the entry."""
    for column in sheet.columns:
        if folded(column.header) in _STATES and 1 < len(column.words()) <= _MOST_STATES:
            when = f"when: {{{scalar(column.header)}: [{', '.join(map(scalar, column.words()))}]}}"
            lines.comment(4, f"{when} # " + say("rows to take: keep the words that count"))


def _described(column: SampledColumn, say: Say) -> str:
    words = column.words()
    if not words:
        return f"{scalar(column.header)}  # " + say("empty")
    shown = ", ".join(word if len(word) <= 40 else word[:39] + "…" for word in words[:_MOST_SHOWN])
    return f"{scalar(column.header)}  # " + (shown + ", …" if len(words) > _MOST_SHOWN else shown)


def _example(lines: YamlLines, say: Say) -> None:
    """What an entry looks like, where none could be written."""
    lines.comment(2, say("Nothing was understood. An entry looks like this:"))
    lines.comment(2, "- makes:")
    lines.comment(2, f"    - kind: {_KINDS[0]}    # {', '.join(_KINDS)}")
    lines.comment(2, "      name: COLUMN")
    lines.comment(2, f"      fields: {{{', '.join(f'{each}: COLUMN' for each in ('site', 'vcpu', 'ram_gb'))}}}")
