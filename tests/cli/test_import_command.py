"""`waveplan import rvtools`: what people and jobs see, from an export to a first plan."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from support.command_line import Waveplan
from support.rvtools import csv_folder

SAMPLE = Path(__file__).resolve().parents[1] / "unit" / "imports" / "samples" / "rvtools" / "example1.xlsx"
DAYS = ("--start", "2027-02-01", "--deadline", "2027-12-17")
ROWS = [
    {"VM": "erp", "Powerstate": "poweredOn", "Template": "False", "VM ID": "vm-1", "Datacenter": "Lyon", "Cost": "7"},
    {"VM": "image", "Powerstate": "poweredOff", "Template": "True", "VM ID": "vm-2", "Datacenter": "Lyon", "Cost": ""},
]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Two machines, one of them a template."""
    disks = [{"VM": row["VM"], "VM ID": row["VM ID"], "Disk": "1", "Capacity MiB": 1024} for row in ROWS]
    return csv_folder(tmp_path / "export", {"vInfo": ROWS, "vDisk": disks})


def test_three_commands_lead_from_an_export_to_a_checked_plan(waveplan: Waveplan, tmp_path: Path) -> None:
    imported = waveplan("import", "rvtools", SAMPLE, "-o", "inventory", *DAYS)
    validated = waveplan("validate", "inventory")
    solved = waveplan("solve", "inventory", "-o", "plan.yaml", "--reproducible", "--time-limit", "2")

    assert (imported.code, validated.code, solved.code) == (0, 0, 0), (imported.err, validated.out, solved.err)
    assert waveplan("check", "plan.yaml", "inventory").code == 0
    told = re.findall(r"warning (WP\d+)", imported.err)
    assert sorted(told) == ["WP501", "WP507", "WP507", "WP544", "WP544"], "sites, a window, a target, applications"
    assert "# assumed" in (tmp_path / "inventory" / "sites.yaml").read_text(encoding="utf-8")


def test_the_same_export_makes_the_same_bytes_and_a_second_import_changes_none(
    waveplan: Waveplan, tmp_path: Path, export: Path
) -> None:
    for name, seed in (("one", "1"), ("two", "2")):
        assert waveplan("import", "rvtools", export, "-o", name, *DAYS, PYTHONHASHSEED=seed).code == 0
    first = {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()}

    again = waveplan("import", "rvtools", export, "--into", "one")

    assert again.code == 0, again.err
    assert {file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()} == first
    assert {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()} == first


def test_every_row_is_written_with_its_fate_where_that_is_asked_for(
    waveplan: Waveplan, tmp_path: Path, export: Path
) -> None:
    waveplan("import", "rvtools", export, "-o", "inventory", "--accounts", "rows.csv", *DAYS)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text(encoding="utf-8"))))
    assert [(Path(row["file"]).name, row["row"], row["fate"], row["reason"]) for row in rows] == [
        ("RVTools_tabvInfo.csv", "2", "imported", ""),
        ("RVTools_tabvInfo.csv", "3", "skipped", "a template"),
        ("RVTools_tabvDisk.csv", "2", "merged", "added to its machine"),
        ("RVTools_tabvDisk.csv", "3", "skipped", "a template"),
    ]


def test_programs_are_told_the_same_as_json(waveplan: Waveplan, export: Path) -> None:
    told = json.loads(waveplan("import", "rvtools", export, "-o", "inventory", "--json", *DAYS).out)

    (source,) = told["sources"]
    assert [(each["imported"], each["merged"], each["skipped"]) for each in source["tables"]] == [(1, 0, 1), (0, 1, 1)]
    assert {"WP501", "WP506", "WP507", "WP544"} <= {finding["code"] for finding in told["findings"]}


@pytest.mark.parametrize("written", ["github", "gitlab", "junit", "sarif", "json", "concise", "markdown"])
def test_findings_are_written_in_every_format(waveplan: Waveplan, export: Path, written: str) -> None:
    done = waveplan("import", "rvtools", export, "-o", "inventory", "--output-format", written, *DAYS)

    assert done.code == 0
    assert "WP506" in done.out
    assert "tabvInfo.csv" in done.out


def test_a_folder_that_holds_an_inventory_is_not_written_into(waveplan: Waveplan, tmp_path: Path, export: Path) -> None:
    (tmp_path / "mine.yaml").write_text("waveplan: 1\n", encoding="utf-8")

    done = waveplan("import", "rvtools", export, "-o", tmp_path)

    assert done.code == 2
    assert "already holds mine.yaml" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rvtool", "x", "-o", "y"), "did you mean rvtools?"),
        (("rvtools",), "name the files to import"),
        (("rvtools", "x", "-o", "y", "--option", "templates"), "--option takes KEY=VALUE"),
        (("rvtools", "x", "-o", "y", "--start", "2027-12-17", "--deadline", "2027-02-01"), "is not after --start"),
    ],
)
def test_what_cannot_work_is_said(waveplan: Waveplan, export: Path, words: tuple[str, ...], said: str) -> None:
    done = waveplan("import", *(str(export) if word == "x" else word for word in words))

    assert done.code == 2
    assert said in done.err


def test_formats_and_their_options_are_listed(waveplan: Waveplan) -> None:
    assert "rvtools: RVTools" in waveplan("import", "help").out
    assert "templates: yes: import templates too" in waveplan("import", "rvtools", "--option", "help").out
    assert "modèles" in waveplan("import", "rvtools", "--option", "help", "--lang", "fr").out


def test_a_cell_of_delimited_text_is_shown_at_its_first_character(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "vInfo.csv").write_text('VM;VM ID;Folder;CPUs\n"a; b";vm-1;x;many\n', encoding="utf-8")

    told = waveplan("import", "rvtools", "vInfo.csv", "-o", "inventory", *DAYS).err

    assert "vInfo.csv:2:15: warning WP503" in told
    assert f"\n    | {' ' * 14}^\n" in told
