"""What readers of foreign files yield, in words that tests can compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.registry import known_sources

SAMPLES = Path(__file__).parent.parent / "unit" / "imports" / "samples"

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "\u202egnp.exe",
    "\u200b\u2066x\u2069",
    "e\u0301" * 150,
    "x" * 300,
    "🚀",
    "one\ntwo",
    "a;b|c,d",
    "'; DROP TABLE servers; --",
    "../../etc/passwd",
    "NaN",
    "1e999",
    "-1",
    "99999999999999999999",
    "{name}",
    "\x1b[31mred",
    "${jndi:ldap://x}",
    "*alias",
    "&anchor",
    "!tag",
    "# no comment",
    "- item",
    "key: value",
)
"""Texts that harm readers which take them for more than texts."""


def harvest_of(source: str, *files: Path | str, options: Mapping[str, str] | None = None) -> Harvest:
    """What a source yields of files; names without a folder are samples of that source."""
    paths = [file if isinstance(file, Path) else SAMPLES / source / file for file in files]
    return known_sources()[source].read(paths, Reading(options=options or {}))


def told(harvest: Harvest, kind: str) -> dict[str, dict[str, object]]:
    """Name → values by path, of the records of a kind; numbers as text, so that they are short to write."""
    return {
        record.name: {path: _shown(given.value) for path, given in record.given.items()}
        for record in harvest.records
        if record.kind == kind
    }


def dependencies(harvest: Harvest) -> list[tuple[str, str]]:
    """Consumer and provider of each dependency."""
    found = [record.given for record in harvest.records if record.kind == "dependency"]
    return [(str(given["consumer"].value), str(given["provider"].value)) for given in found]


def fates(harvest: Harvest) -> dict[str, int]:
    """How many rows were imported, merged, skipped."""
    counts: dict[str, int] = {}
    for entry in harvest.accounts.entries():
        counts[entry.fate] = counts.get(entry.fate, 0) + 1
    return counts


def reasons(harvest: Harvest, file: str = "") -> dict[int, str]:
    """Row → why it was merged or skipped, in the file that ends so."""
    return {
        entry.place.row: str(entry.reason)
        for entry in harvest.accounts.entries()
        if entry.reason and entry.place.file.endswith(file)
    }


def said(harvest: Harvest) -> list[tuple[str, str, str]]:
    """Code, place from its row on, and sentence of each finding."""
    return [
        (each.code, f"{each.location.line}:{each.location.column}" if each.location else "", each.message)
        for each in harvest.findings
    ]


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_shown, value))
    return value if isinstance(value, str | bool) else str(value)
