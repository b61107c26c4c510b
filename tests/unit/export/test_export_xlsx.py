"""Workbooks, read by calamine (and by LibreOffice where it is): same waves, lots, gates, dates; words stay words."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from typing import Any

import pytest
from support.exports import EXAMPLES, PLANS, expected, exported, hostile, planned, view_of

from waveplan.export.formats.xlsx_names import LONGEST, SheetNames

BOOKS = (*EXAMPLES, "hostile")

calamine = pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")


def sheets(content: bytes | None) -> dict[str, list[list[Any]]]:
    """The cells of each sheet as calamine reads them."""
    assert content is not None
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def column(rows: list[list[Any]], head: str, count: int) -> list[Any]:
    place = rows[0].index(head)
    return [row[place] for row in rows[1 : count + 1]]


def moment(cell: dt.date) -> dt.datetime:
    """The reader makes a day of a moment at midnight."""
    return cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())


@pytest.mark.parametrize("name", PLANS)
def test_a_workbook_holds_waves_lots_and_gates_at_their_moments(name: str) -> None:
    case = planned(name)
    wanted, view = expected(case[0]), view_of(case)
    found = sheets(exported(case, "xlsx").joined)
    waves, number = found["Waves"], len(wanted.waves)
    zone = view.waves[0].start.tzinfo
    heads = ("Window opens", "Window closes", "Hypercare ends")
    moments = zip(*([moment(each) for each in column(waves, head, number)] for head in heads), strict=True)
    local = {
        wave: tuple(each.astimezone(zone).replace(tzinfo=None) for each in spans)
        for wave, spans in wanted.waves.items()
    }
    assert dict(zip(column(waves, "Id", number), moments, strict=True)) == local
    lots, places = (column(found["Lots"], head, len(wanted.lots)) for head in ("Lot", "Id of the wave"))
    assert dict(zip(lots, places, strict=True)) == wanted.lots
    gates = [column(found["Gates"], head, len(wanted.gates)) for head in ("Id of the wave", "Gate", "Date")]
    assert set(zip(*gates, strict=True)) == wanted.gates
    assert all(isinstance(day, dt.date) for day in gates[2])


def test_values_stand_beside_formulas() -> None:
    case = planned("datacentre-exit")
    content = exported(case, "xlsx").joined
    found = sheets(content)
    counts = {row[0]: row[1] for row in found["Summary"] if isinstance(row[1], float)}
    assert (counts["Waves"], counts["Lots"], counts["Servers"]) == (13, 49, 124)
    peak = max(cell for row in found["Load by week"][1:] for cell in row[1:] if isinstance(cell, float))
    shares = [load.used / load.offered for load in view_of(case).loads if load.offered]
    assert peak == pytest.approx(float(max(shares)))
    with zipfile.ZipFile(io.BytesIO(content or b"")) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name}
    formulas = [cell for part in parts.values() for cell in re.findall(r"<c [^>]*><f>.*?</c>", part)]
    assert formulas
    assert all("<v>" in cell for cell in formulas)
    tables = [part for part in parts.values() if "<tablePart " in part]
    assert len(tables) >= 10
    assert all('state="frozen"' in part for part in tables)


def test_the_same_plan_gives_the_same_bytes_without_a_clock() -> None:
    case = planned("clock-changes")
    content = exported(case, "xlsx").joined or b""
    assert content == exported(case, "xlsx").joined
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2026-01-05T00:00:00Z" in archive.read("docProps/core.xml")


def test_hostile_words_stay_words() -> None:
    content = exported(hostile(), "xlsx").joined or b""
    cells = {cell for rows in sheets(content).values() for row in rows for cell in row if isinstance(cell, str)}
    assert {"=cmd|' /C calc'!A0", "<script>alert(1)</script>", "-2+3"} <= cells
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        text = "".join(archive.read(name).decode() for name in names if name.endswith((".xml", ".rels")))
    assert not re.search(r"<f>[^<]*(cmd|calc|alert)", text)
    assert not [name for name in names if "externalLink" in name]
    assert 'TargetMode="External"' not in text


def test_names_of_sheets_are_safe_short_and_differ() -> None:
    names = SheetNames()
    found = [
        names.new(name) for name in ("a[b]:*?/\\c", "x" * 80, "X" * 80, "'quoted'", "", "History", "\U0001f680" * 30)
    ]
    assert len({name.casefold() for name in found}) == len(found)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= LONGEST for name in found)
    assert not any(re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in found)
    assert "history" not in {name.casefold() for name in found}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Every workbook, and what LibreOffice makes of it: read, computed and written anew, all in one run."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("books")
    books = {name: exported(hostile() if name == "hostile" else planned(name), "xlsx").joined or b"" for name in BOOKS}
    for name, content in books.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / f"{name}.xlsx") for name in books]
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "again"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return {name: (content, (folder / "again" / f"{name}.xlsx").read_bytes()) for name, content in books.items()}


@pytest.mark.parametrize("name", BOOKS)
def test_libreoffice_opens_it_and_computes_the_same(name: str, converted: dict[str, tuple[bytes, bytes]]) -> None:
    ours, theirs = map(sheets, converted[name])
    assert list(ours) == list(theirs)
    for sheet, rows in ours.items():
        assert len(theirs[sheet]) >= len(rows)
        for one, other in zip(rows, theirs[sheet], strict=False):
            for mine, their in zip(one, other, strict=False):
                assert mine == (pytest.approx(their) if isinstance(mine, float) else their), sheet
