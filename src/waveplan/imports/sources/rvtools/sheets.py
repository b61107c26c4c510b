"""Which sheet is which, and which of its columns is which, in any version of RVTools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from waveplan.imports.tables.columns import Columns, HeadedTable, folded, headed
from waveplan.imports.tables.model import Row, Table

EVERYWHERE = "everywhere"
MACHINES = (
    "vInfo",
    "vCPU",
    "vMemory",
    "vDisk",
    "vPartition",
    "vNetwork",
    "vSnapshot",
    "vUSB",
    "vCD",
    "vFloppy",
    "vTools",
)
"""Sheets with rows of machines, in the order of reading."""
OTHERS = ("vHost", "vCluster", "vMetaData")
_KIND = re.compile(rf"(?:tab|(?<![a-z]))({'|'.join((*MACHINES, *OTHERS))})(?![a-z])", re.IGNORECASE)
_TAB = re.compile(r".*?(?:rvtools)?[_ -]*tab(?=[dv])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of sheet, by folded headers."""

    read: Mapping[str, tuple[str, ...]]  # field → headers
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class ExportedSheet:
    """A table that was recognised, its columns found."""

    kind: str
    headed: HeadedTable
    positions: Mapping[str, int]  # field → index

    @property
    def columns(self) -> Columns:
        """Its headers."""
        return self.headed.columns

    def rows(self) -> Iterator[Row]:
        """The rows below the headers, once."""
        return self.headed.rows


@cache
def layouts() -> dict[str, Layout]:
    """Every kind of sheet that is read."""
    text = files("waveplan.imports.sources.rvtools").joinpath("columns.yaml").read_text(encoding="utf-8")
    tables: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    common = tables[EVERYWHERE]
    found = {}
    for kind in (*MACHINES, *OTHERS):
        own = tables[kind]
        read = {field: tuple(map(folded, names)) for field, names in {**common["read"], **own["read"]}.items()}
        known = frozenset(map(folded, (*_flat(common["known"]), *_flat(own["known"]))))
        found[kind] = Layout(read, known)
    return found


@cache
def never_read() -> frozenset[str]:
    """Sheets of RVTools that say nothing of machines, folded."""
    text = files("waveplan.imports.sources.rvtools").joinpath("columns.yaml").read_text(encoding="utf-8")
    return frozenset(map(folded, yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["never"]))


def _flat(names: list[Any]) -> Iterator[str]:
    for name in names:
        yield from name if isinstance(name, list) else (name,)


def kind_of_table(table: Table) -> str | None:
    """The kind of sheet that a table's name says: `vInfo`, `RVTools_tabvInfo.csv`, `lyon vInfo 2`; None for no kind."""
    match = _KIND.search(table.sheet or name_of(table).rpartition(".")[0])
    return None if match is None else next(kind for kind in layouts() if folded(kind) == folded(match[1]))


def name_of(table: Table) -> str:
    """How a table is called: its sheet, or the last part of its file."""
    return table.sheet or table.file.replace("\\", "/").rpartition("/")[2]


def is_never_read(table: Table) -> bool:
    """Whether RVTools has such a sheet, and it says nothing of machines."""
    return folded(_TAB.sub("", name_of(table).rpartition(".")[0] or name_of(table))) in never_read()


def recognised(table: Table, kind: str | None) -> ExportedSheet | None:
    """A table as a sheet of RVTools; without a kind by its columns: what names machines is taken for vInfo."""
    layout = layouts()[kind or "vInfo"]
    wanted = {name for names in layout.read.values() for name in names}
    prefixed = {f"{folded(kind or 'vInfo')}{name}" for name in wanted}
    found = headed(table, wanted | prefixed, least=1 if kind else 3)
    if found is None:
        return None
    positions = _positions(found.columns, layout, folded(kind or "vInfo"))
    if kind is None and "vm" not in positions:
        return None
    return ExportedSheet(kind or "vInfo", found, positions)


def _positions(columns: Columns, layout: Layout, prefix: str) -> dict[str, int]:
    found = {}
    taken: set[int] = set()
    for field, names in layout.read.items():
        for name in names:
            index = columns.positions.get(name, columns.positions.get(prefix + name))
            if index is not None and (index not in taken or field == "path_too"):
                found[field] = index
                taken.add(index)
                break
    return found


def strangers(sheet: ExportedSheet) -> list[tuple[int, str]]:
    """Columns that RVTools does not write by itself: custom attributes, and what somebody added."""
    layout, prefix = layouts()[sheet.kind], folded(sheet.kind)
    names = {name for each in layout.read.values() for name in each} | layout.known
    known = names | {prefix + name for name in names}
    return [
        (index, name)
        for index, name in sheet.columns.others(known)
        if not folded(name).startswith(prefix) or len(folded(name)) == len(prefix)
    ]
