"""Tables of files: what is a cell, where it stands, which character divides, which column is which."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from waveplan.imports.tables.columns import Columns, folded, headed, text_of
from waveplan.imports.tables.model import Row, RowPlace
from waveplan.imports.tables.opening import opened, tables_of

MORNING = datetime(2026, 3, 14, 8, 30)  # noqa: DTZ001 - cells of workbooks know no zone


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _rows(path: Path) -> list[tuple[object, ...]]:
    (table,) = tables_of(path)
    return [row.cells for row in table.rows()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_where_quoted_cells_hold_the_others(tmp_path: Path, delimiter: str) -> None:
    rows = [("VM", "Note", "MiB"), ('"a;b,c|d\te"', '"x, y; z"', "1"), ("b", '"1,5;2"', "2")]
    text = "".join(f"{delimiter.join(row)}\n" for row in rows)

    assert _rows(_written(tmp_path / "a.csv", text.encode())) == [
        ("VM", "Note", "MiB"),
        ("a;b,c|d\te", "x, y; z", "1"),
        ("b", "1,5;2", "2"),
    ]


def test_decimal_commas_do_not_outvote_semicolons(tmp_path: Path) -> None:
    text = "VM;GB\n" + "".join(f"vm{n};{n},5\n" for n in range(20))

    assert _rows(_written(tmp_path / "a.csv", text.encode()))[1] == ("vm0", "0,5")


def test_the_line_by_which_spreadsheets_are_told_the_delimiter_is_believed_and_is_no_row(tmp_path: Path) -> None:
    assert _rows(_written(tmp_path / "a.csv", b"sep=;\nVM;Note\na;b,c,d\n")) == [("VM", "Note"), ("a", "b,c,d")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_known_by_their_bytes(tmp_path: Path, encoding: str) -> None:
    text = "VM;Ort\nsrv-é;Köln\nsrv-œ;Zürich\n"

    assert _rows(_written(tmp_path / "a.csv", text.encode(encoding))) == [
        ("VM", "Ort"),
        ("srv-é", "Köln"),
        ("srv-œ", "Zürich"),
    ]


def test_a_byte_of_another_encoding_far_down_keeps_its_letter(tmp_path: Path) -> None:
    rows = "".join(f"vm{n};plain\n" for n in range(120_000))

    (*_, last) = _rows(_written(tmp_path / "a.csv", b"VM;Note\n" + rows.encode() + "x;métier\n".encode("cp1252")))

    assert last == ("x", "métier")


def test_rows_stand_where_the_text_has_them_though_cells_have_several_lines(tmp_path: Path) -> None:
    (table,) = tables_of(_written(tmp_path / "a.csv", b'VM;Note\na;"one\ntwo"\n\nb;x\n'))

    assert [row.place.row for row in table.rows()] == [1, 2, 5]


def test_cells_of_a_workbook_keep_their_kinds_and_places(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("vInfo")
    sheet.write(2, 1, "VM")
    sheet.write(4, 1, 12)
    sheet.write(4, 2, 0.1)
    sheet.write(4, 3, True)
    sheet.write_datetime(4, 4, MORNING, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
    sheet.write_datetime(4, 5, date(2026, 3, 14), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_formula(4, 6, "=1+1", None, 2)
    sheet.write_string(4, 7, "=cmd()")
    book.close()

    (table,) = tables_of(tmp_path / "a.xlsx")

    assert [(row.place, tuple(cell for cell in row.cells if cell is not None)) for row in table.rows()] == [
        (RowPlace(str(tmp_path / "a.xlsx"), "vInfo", 3), ("VM",)),
        (
            RowPlace(str(tmp_path / "a.xlsx"), "vInfo", 5),
            (
                Decimal(12),
                Decimal("0.1"),
                True,
                MORNING,
                date(2026, 3, 14),
                Decimal(2),
                "=cmd()",
            ),
        ),
    ]
    assert next(iter(table.rows())).cells[:2] == (None, "VM")


def test_a_folder_and_an_archive_of_it_have_the_same_tables(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    for name in ("RVTools_tabvInfo", "RVTools_tabvDisk"):
        _written(folder / f"{name}.csv", b"VM,Powerstate\na,poweredOn\n")
    _written(folder / "notes.docx", b"x")
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"export/{file.name}")

    shown = [
        [(Path(table.file).name, [row.cells for row in table.rows()]) for table in tables_of(path)]
        for path in (folder, tmp_path / "export.zip")
    ]

    assert shown[0] == shown[1]
    assert [name for name, _ in shown[0]] == ["RVTools_tabvDisk.csv", "RVTools_tabvInfo.csv"]


def test_macros_are_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("vInfo").write(0, 0, "VM")
    book.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")

    assert [finding.code for finding in opened(tmp_path / "a.xlsx").findings] == ["WP508"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("*Server name", "servername"),
        ("Memory (In MB)", "memoryinmb"),
        ("In Use MiB", "inusemib"),
        ("Mémoire", "memoire"),
    ],
)
def test_headers_are_compared_without_what_differs_between_exports(written: str, key: str) -> None:
    assert folded(written) == key


def test_headers_below_a_title_are_found_and_repeated_ones_are_kept_apart(tmp_path: Path) -> None:
    (table,) = tables_of(_written(tmp_path / "a.csv", b"Export of Monday;;\n;;\nVM;Power state;VM\na;on;b\n"))

    found = headed(table, ["vm", "powerstate"])

    assert found is not None
    assert (found.columns.place.row, found.columns.repeated, len(found.before)) == (3, (2,), 1)
    assert [text_of(row, found.columns.find("VMName", "VM")) for row in found.rows] == ["a"]


def test_a_table_without_any_wanted_header_is_not_headed(tmp_path: Path) -> None:
    (table,) = tables_of(_written(tmp_path / "a.csv", b"a;b\n1;2\n"))

    assert headed(table, ["VM"]) is None


def test_a_column_that_is_not_there_is_empty() -> None:
    row = Row(RowPlace("a"), ("x",))

    assert (text_of(row, None), text_of(row, 5), Columns.of(row).find("y")) == ("", "", None)
