"""`waveplan export`, as it is typed: where files go, what is refused, what is told beside them."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from support.command_line import DATACENTRE_EXIT, ROOT, Waveplan

from waveplan.cli.exports import refuse
from waveplan.cli.plan_requests import ExportRequest
from waveplan.errors import UsageError

PLAN = ROOT / "examples" / "datacentre-exit.plan.yaml"
FOLDER = DATACENTRE_EXIT


def test_a_table_goes_to_standard_output_or_to_a_file(waveplan: Waveplan, tmp_path: Path) -> None:
    done = waveplan("export", PLAN, FOLDER, "--to", "csv", "--table", "gates")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("wave,wave_id,gate,date,decides,committee,criteria\nW01,")
    assert waveplan("export", PLAN, FOLDER, "--to", "csv", "--table", "gates", "-o", "-").out == done.out
    waveplan("export", PLAN, FOLDER, "--to", "csv", "--table", "gates", "-o", "gates.csv")
    assert (tmp_path / "gates.csv").read_text(encoding="utf-8") == done.out


def test_several_files_go_to_a_folder_or_an_archive(waveplan: Waveplan, tmp_path: Path) -> None:
    refused = waveplan("export", PLAN, FOLDER, "--to", "csv")
    assert refused.code == 2
    assert "name a folder or a .zip file with -o, or one table with --table" in refused.err
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "old.csv").write_text("left\n", encoding="utf-8")
    done = waveplan("export", PLAN, FOLDER, "--to", "csv", "-o", "tables")
    assert done.code == 0
    assert "tables holds 1 more file that this export did not write: old.csv" in done.err
    files = {file.name: file.read_bytes() for file in (tmp_path / "tables").iterdir() if file.name != "old.csv"}
    assert waveplan("export", PLAN, FOLDER, "--to", "csv", "-o", "tables.zip").code == 0
    with zipfile.ZipFile(tmp_path / "tables.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert waveplan("export", PLAN, FOLDER, "--to", "ics", "-o", "plan.zip").code == 0
    with zipfile.ZipFile(tmp_path / "plan.zip") as archive:
        assert archive.namelist() == ["plan.ics"]
    assert waveplan("export", PLAN, FOLDER, "--to", "forklift", "-o", "w01/", "--wave", "W01").code == 0
    assert len(list((tmp_path / "w01").glob("*.plan.yaml"))) == 2


def test_what_a_format_cannot_hold_is_told_in_the_readers_language(waveplan: Waveplan) -> None:
    told = waveplan("export", PLAN, FOLDER, "--to", "ics", "-o", "plan.ics")
    assert (told.code, told.out) == (0, "")
    assert told.err == "ics: a calendar holds no loads, servers, duties or assumptions; --to xlsx and --to csv do\n"
    french = waveplan("export", PLAN, FOLDER, "--to", "ics", "-o", "plan.ics", "--lang", "fr")
    assert french.err.startswith("ics\u00a0: un agenda ne contient ni charges")
    assert waveplan("export", PLAN, FOLDER, "--to", "ics", "-o", "plan.ics", "--quiet").err == ""


def test_a_plan_sent_before_tells_what_changed(waveplan: Waveplan, tmp_path: Path) -> None:
    text = PLAN.read_text(encoding="utf-8").replace("id: go-no-go, date: 2027-04-07", "id: go-no-go, date: 2027-04-06")
    (tmp_path / "old.yaml").write_text(text, encoding="utf-8")
    done = waveplan("export", PLAN, FOLDER, "--to", "ics", "--since", "old.yaml")
    assert done.code == 0
    assert done.out.count("SEQUENCE:1") == 1
    assert "1 changed, 0 cancelled" in done.err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--to", "ics", "--table", "waves"), "--table goes with --to csv"),
        (("--to", "csv", "--since", str(PLAN)), "--since goes with --to ics"),
        (("--to", "xlsx", "--ids", "x.csv"), "--ids goes with --to jira, azure-devops"),
        (("--to", "ics", "--set", "a=b"), "--to ics takes no --set"),
        (("--to", "jira", "--set", "colour=red"), "with one of these keys: epic, task, subtask"),
        (("--to", "jira", "--ids", "none.csv"), "none.csv cannot be read: No such file or directory"),
        (("--to", "jira", "--ids", str(FOLDER / "teams.yaml")), "it needs the columns ID or Issue key"),
        (("--to", "ics", "--site", "dc-nort"), "the inventory has no site 'dc-nort'; did you mean dc-north?"),
        (("--to", "ics", "--team", "nobody"), "No team called nobody has work in this plan."),
        (("--to", "ics", "--wave", "W99"), "No wave is called W99."),
        (("--to", "csv", "--table", "wave"), "there is no table wave: name one of waves, lots"),
        (("--to", "word"), "word' is none of ics, ms-project, xlsx, csv"),
        (("--to", "ics", "-o", "no/such/plan.ics"), "there is no folder no/such"),
    ],
)
def test_what_cannot_work_is_refused_with_a_reason(
    waveplan: Waveplan, arguments: tuple[str, ...], problem: str
) -> None:
    done = waveplan("export", PLAN, FOLDER, *arguments)
    assert done.code == 2
    assert done.out == ""
    assert problem in done.err
    assert "Traceback" not in done.err


def test_no_binary_for_a_terminal_and_no_format_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(UsageError, match=r"no text for a terminal: name a file, for instance -o plan\.xlsx"):
        refuse(ExportRequest("plan.yaml", ".", "xlsx"))
    refuse(ExportRequest("plan.yaml", ".", "ics"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'waveplan\[xlsx\]'"):
        refuse(ExportRequest("plan.yaml", ".", "xlsx", "plan.xlsx"))


def test_a_plan_of_another_programme_is_no_export(waveplan: Waveplan, tmp_path: Path) -> None:
    other = ROOT / "examples" / "support-outsourcing.plan.yaml"
    done = waveplan("export", other, FOLDER, "--to", "ics", "-o", "plan.ics")
    assert (done.code, done.out) == (1, "")
    assert not (tmp_path / "plan.ics").exists()


def test_a_workbook_goes_through_a_pipe(waveplan: Waveplan, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    assert waveplan("export", PLAN, FOLDER, "--to", "xlsx", "-o", "plan.xlsx").code == 0
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        assert archive.testzip() is None


def test_a_plan_in_json_is_exported_alike(waveplan: Waveplan) -> None:
    """A plan that stands in JSON is exported like one in YAML."""
    plan = waveplan("show", PLAN, "--json")
    assert json.loads(plan.out)
    done = waveplan("export", "-", FOLDER, "--to", "csv", "--table", "waves", stdin=plan.out.encode())
    assert done.code == 0
    assert done.out == waveplan("export", PLAN, FOLDER, "--to", "csv", "--table", "waves").out
