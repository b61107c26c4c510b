"""Cells of delimited text as places in a text file: editors count characters, where an import counts cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from waveplan.cli.findings import line_of
from waveplan.domain.findings import Finding
from waveplan.imports.tables.delimiters import delimiter_of

_DELIMITED = frozenset({".csv", ".tsv", ".tab", ".txt"})


def at_characters(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose column, in delimited text, is the first character of the cell that they are about."""
    return [_at_character(finding) for finding in findings]


def _at_character(finding: Finding) -> Finding:
    place = finding.location
    if place is None or place.sheet or place.column == 1 or PurePath(place.file).suffix.lower() not in _DELIMITED:
        return finding
    line = line_of(place)
    starts = [] if line is None else _starts(line)
    column = starts[place.column - 1] if place.column <= len(starts) else 1
    return finding.at(replace(place, column=column))


def _starts(line: str) -> list[int]:
    """Where each cell of a line begins, from 1; a delimiter between quotation marks parts nothing."""
    delimiter = delimiter_of(line)
    starts, is_quoted = [1], False
    for position, character in enumerate(line, start=1):
        if character == '"':
            is_quoted = not is_quoted
        elif character == delimiter and not is_quoted:
            starts.append(position + 1)
    return starts
