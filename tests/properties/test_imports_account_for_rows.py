"""Whatever stands in the cells: every row is accounted for once, and the same files make the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support.rvtools import read

from waveplan.imports.writing import ImportWishes, renewed, standing_inventory

HEADERS = {
    "vInfo": [
        "VM",
        "Powerstate",
        "Template",
        "VM ID",
        "VM UUID",
        "CPUs",
        "Memory",
        "Datacenter",
        "VI SDK Server",
        "Odd",
    ],
    "vDisk": ["VM", "Disk", "Capacity MiB", "Raw", "Path", "VM ID", "VI SDK Server"],
    "vNetwork": ["VM", "Mac Address", "IPv4 Address", "VM ID"],
    "vHost": ["Host", "Datacenter"],
    "vSwitchX": ["Switch", "Ports"],
}
CELLS = st.one_of(
    st.sampled_from(["", "VM", "a", "b", "A", "vm-1", "vm-2", "True", "False", "poweredOn", "poweredOff", "DC", "vc"]),
    st.sampled_from(
        ["1", "1,024", "-5", "1e400", "9" * 40, "[ds] a/a.vmdk", "10.0.0.1", "\u202e", "a\nb", "=1+1", "é" * 300]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
)


@st.composite
def exports(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Sheets with rows of any cells, some shorter or longer than their headers."""
    kinds = draw(st.lists(st.sampled_from(list(HEADERS)), min_size=1, max_size=4, unique=True))
    return {
        kind: [
            HEADERS[kind],
            *draw(st.lists(st.lists(CELLS, max_size=len(HEADERS[kind]) + 1), max_size=8)),
        ]
        for kind in kinds
    }


def _write(folder: Path, sheets: dict[str, list[list[str]]]) -> int:
    """Write them as CSV; returns how many rows below the headers hold anything."""
    rows = 0
    for kind, cells in sheets.items():
        with (folder / f"RVTools_tab{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(cells)
        rows += sum(any(row) for row in cells[1:]) if kind != "vSwitchX" else 0
    return rows


def _imported(folder: Path) -> tuple[int, dict[str, str]]:
    harvest = read(folder)
    wishes = ImportWishes(dt.date(2027, 1, 1), {"name": "p", "start": "2027-02-01", "deadline": "2027-12-17"})
    with tempfile.TemporaryDirectory() as target:
        return harvest.accounts.rows(), renewed([harvest], standing_inventory(target), wishes).files


@settings(max_examples=60)
@given(sheets=exports())
def test_every_row_is_accounted_for_and_bytes_are_the_same(sheets: dict[str, list[list[str]]]) -> None:
    infos = sheets.get("vInfo", [HEADERS["vInfo"]])
    sheets = {**sheets, "vInfo": [*infos, ["anchor", "poweredOn", "False", "vm-0"]]}
    with tempfile.TemporaryDirectory() as name:
        rows = _write(Path(name), sheets)

        accounted, files = _imported(Path(name))

        assert accounted == rows
        assert _imported(Path(name)) == (accounted, files)
