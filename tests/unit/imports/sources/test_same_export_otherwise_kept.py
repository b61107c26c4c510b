"""One export kept in other ways: as a workbook, in other encodings, with titles above its headings, as a folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter
from support.foreign_exports import SAMPLES, fates, harvest_of, told

from waveplan.imports.harvest import Harvest

FILES = {
    "aws-cmf": "server-list.csv",
    "azure-migrate": "import.csv",
    "glpi": "ordinateurs.csv",
    "itop": "VirtualMachine.csv",
    "konveyor": "tackle2-hub_template_application_import.csv",
    "netbox": "virtual_machines.csv",
    "servicenow": "cmdb_ci.csv",
}
KINDS = ("server", "application", "dependency", "site", "team")


def rows_of(source: str) -> list[list[str]]:
    text = (SAMPLES / source / FILES[source]).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if source in {"glpi", "itop"} else ","))


def all_told(harvest: Harvest) -> dict[str, object]:
    return {kind: told(harvest, kind) for kind in KINDS}


@pytest.mark.parametrize("source", FILES)
def test_a_workbook_says_the_same_with_numbers_as_numbers(source: str, tmp_path: Path) -> None:
    file = tmp_path / "export.xlsx"
    workbook = xlsxwriter.Workbook(file)
    workbook.add_worksheet("Notes").write_row(0, 0, ["made by", "somebody"])
    sheet = workbook.add_worksheet("Export")
    for number, row in enumerate(rows_of(source)):
        for column, cell in enumerate(row):
            if cell.isascii() and cell.isdigit() and len(cell) < 10 and not cell.startswith("0"):
                sheet.write_number(number, column, int(cell))
            elif cell:
                sheet.write_string(number, column, cell)
    workbook.close()

    harvest = harvest_of(source, file)

    expected = harvest_of(source, FILES[source])
    assert all_told(harvest) == all_told(expected)
    assert fates(harvest)["imported"] == fates(expected)["imported"]
    assert not [finding for finding in harvest.findings if finding.severity == "error"]
    place = next(record.place for record in harvest.records if record.kind in {"server", "application"})
    assert place.sheet == "Export"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("source", ["glpi", "itop"])
def test_other_encodings_say_the_same(source: str, encoding: str, tmp_path: Path) -> None:
    text = (SAMPLES / source / FILES[source]).read_text(encoding="utf-8-sig")
    file = tmp_path / "export.csv"
    file.write_text(text, encoding=encoding)

    assert all_told(harvest_of(source, file)) == all_told(harvest_of(source, FILES[source]))


@pytest.mark.parametrize("source", ["netbox", "servicenow", "aws-cmf"])
def test_titles_above_the_headings_are_accounted_for(source: str, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    width = len(rows_of(source)[0])
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["Export of 1 March", *[""] * (width - 1)])
        writer.writerows(rows_of(source))

    harvest = harvest_of(source, file)

    expected = harvest_of(source, FILES[source])
    assert all_told(harvest) == all_told(expected)
    assert harvest.accounts.rows() == expected.accounts.rows() + 1


def test_a_folder_is_all_its_files(tmp_path: Path) -> None:
    for name in ("cmdb_ci.csv", "relations.csv"):
        (tmp_path / name).write_bytes((SAMPLES / "servicenow" / name).read_bytes())

    harvest = harvest_of("servicenow", tmp_path)

    expected = harvest_of("servicenow", "cmdb_ci.csv", "relations.csv")
    assert all_told(harvest) == all_told(expected)
    assert harvest.accounts.rows() == expected.accounts.rows()
