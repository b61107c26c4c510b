"""Any spreadsheet on the command line: a first mapping, the import with it, answers that come back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.command_line import Waveplan
from support.documents import ROOT

from waveplan import api

SHEET = """\
Nom du serveur;Site;Environnement;RAM (Go);Disque To;Application
erp-db;Paris;Production;64;1,5;ERP
sso;Lyon;Recette;8;0,2;SSO
"""
DATES = ("--start", "2027-06-07", "--deadline", "2028-06-30")
EXIT = ROOT / "examples" / "datacentre-exit"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "parc.csv").write_bytes(SHEET.encode("cp1252"))
    return tmp_path


def test_a_suggestion_is_printed_or_written_and_reads_what_it_was_made_from(waveplan: Waveplan, here: Path) -> None:
    printed = waveplan("import", "--suggest-mapping", "parc.csv")
    assert printed.code == 0, printed.err
    assert waveplan("import", "csv", "parc.csv", "--suggest-mapping").out == printed.out

    written = waveplan("import", "--suggest-mapping", "parc.csv", "-o", "mapping.yaml")
    assert (written.code, written.out) == (0, "")
    assert (here / "mapping.yaml").read_text(encoding="utf-8") == printed.out
    again = waveplan("import", "--suggest-mapping", "parc.csv", "-o", "mapping.yaml")
    assert (again.code, "is there already" in again.err) == (2, True)

    done = waveplan("import", "csv", "parc.csv", "--mapping", "mapping.yaml", "-o", "inv", *DATES)
    assert done.code == 0, done.err
    loaded = api.validate(str(here / "inv"))
    assert not [each for each in loaded.findings if each.severity == "error"]
    assert "ram_gb: 64" in (here / "inv" / "servers.yaml").read_text(encoding="utf-8")


def test_a_suggestion_speaks_french(waveplan: Waveplan, here: Path) -> None:
    said = waveplan("--lang", "fr", "import", "--suggest-mapping", "parc.csv").out
    assert "# Une première correspondance" in said
    assert "# sûr\u202f; unité de l’en-tête\u00a0: To" in said


def test_without_a_mapping_the_next_step_is_told(waveplan: Waveplan, here: Path) -> None:
    done = waveplan("import", "csv", "parc.csv", "-o", "inv")
    assert done.code == 2
    assert "waveplan import csv FILE --suggest-mapping" in done.err
    assert waveplan("import", "rvtools", "parc.csv", "--mapping", "m.yaml", "-o", "inv").code == 2
    assert waveplan("import", "--suggest-mapping").code == 2
    assert waveplan("import", "--suggest-mapping", "nowhere.csv").code == 2


def test_a_mapping_with_errors_is_told_at_its_lines_and_nothing_written(waveplan: Waveplan, here: Path) -> None:
    (here / "m.yaml").write_text(
        "waveplan_mapping: 1\nsheets:\n  makes: {kind: server, name: Nom du serveur, fields: {ram: RAM (Go)}}\n"
    )
    done = waveplan("import", "csv", "parc.csv", "--mapping", "m.yaml", "-o", "inv", "--output-format", "concise")
    assert done.code == 1
    assert "m.yaml:3:56: error WP525: of the kind server there is no field 'ram'" in done.out + done.err
    assert not (here / "inv").exists()


def test_findings_of_cells_name_file_row_and_column_in_json(waveplan: Waveplan, here: Path) -> None:
    (here / "bad.csv").write_text("Server,CPU,End\na,many,05/03/2026\nb,2,06/04/2026\n")
    (here / "m.yaml").write_text(
        "waveplan_mapping: 1\nsheets: {makes: {kind: server, name: Server, fields: {vcpu: CPU, end_of_support: End}}}\n"
    )
    done = waveplan("import", "csv", "bad.csv", "--mapping", "m.yaml", "-o", "inv", "--json")
    assert done.code == 0, done.err
    found = {each["code"]: each for each in json.loads(done.out)["findings"] if each["code"] in {"WP528", "WP529"}}
    places = [found[code]["location"] for code in ("WP528", "WP529")]
    assert [(each["file"], each["line"], each["column"]) for each in places] == [
        ("bad.csv", 2, 3),
        ("bad.csv", 2, 8),
    ]  # letters
    options = ("--option", "date_order=dmy")
    answered = waveplan("import", "csv", "bad.csv", "--mapping", "m.yaml", "-o", "inv2", "--json", *options)
    assert "WP529" not in answered.out


def test_hostile_cells_drive_no_terminal(waveplan: Waveplan, here: Path) -> None:
    (here / "bad.csv").write_text("Server,CPU\n\x1b[31mred,\x1b]0;title\x07\n=cmd|' /C calc'!A0,2\n")
    (here / "m.yaml").write_text(
        "waveplan_mapping: 1\nsheets: {makes: {kind: server, name: Server, fields: {vcpu: CPU}}}\n"
    )
    done = waveplan("import", "csv", "bad.csv", "--mapping", "m.yaml", "-o", "inv")
    assert done.code in {0, 1, 2}
    assert "Traceback" not in done.err
    assert "\x1b" not in done.out + done.err


def test_answers_come_back_into_the_inventory(waveplan: Waveplan, here: Path) -> None:
    waveplan("import", "--suggest-mapping", "parc.csv", "-o", "m.yaml")
    assert waveplan("import", "csv", "parc.csv", "--mapping", "m.yaml", "-o", "inv", *DATES).code == 0
    before = {path.name: path.read_text(encoding="utf-8") for path in (here / "inv").iterdir()}
    (here / "answers.csv").write_text(
        "kind,id,field,question,current,answer,owner\n"
        "server,erp-db,ram_gb,How much memory?,64,128,ops\nserver,nobody,ram_gb,?,,1,ops\nserver,sso,vcpu,?,,,ops\n"
    )
    done = waveplan("import", "csv", "answers.csv", "--into", "inv")
    assert done.code == 0, done.err
    assert "the inventory has no server 'nobody'" in done.err
    assert "it is not answered" in done.err
    after = {path.name: path.read_text(encoding="utf-8") for path in (here / "inv").iterdir()}
    assert after == before | {"servers.yaml": before["servers.yaml"].replace("ram_gb: 64", "ram_gb: 128")}

    again = waveplan("import", "csv", "parc.csv", "--mapping", "m.yaml", "--into", "inv")
    assert (again.code, "Nothing changes" in again.err) == (0, True)


@pytest.mark.parametrize(("language", "to"), [("en", "csv"), ("fr", "xlsx")])
def test_what_is_exported_comes_back_with_the_same_values(
    waveplan: Waveplan, tmp_path: Path, language: str, to: str
) -> None:
    plan = ROOT / "examples" / "datacentre-exit.plan.yaml"
    name = "sheets" if to == "csv" else "book.xlsx"
    assert waveplan("--lang", language, "export", str(plan), str(EXIT), "--to", to, "-o", name).code == 0
    files = [f"sheets/{each}.csv" for each in ("items", "servers", "dependencies")] if to == "csv" else [name]
    assert waveplan("import", "--suggest-mapping", *files, "-o", "m.yaml").code == 0
    done = waveplan("import", to, *files, "--mapping", "m.yaml", "-o", "back", *DATES)
    assert done.code == 0, done.err

    there, back = (api.validate(str(each)).inventory for each in (EXIT, tmp_path / "back"))
    assert there is not None
    assert back is not None
    of_servers = ("site", "kind", "os", "environment", "vcpu", "ram_gb", "disk_gb", "method")
    _same_fields(there.servers, back.servers, of_servers)
    of_work = ("criticality", "environment", "domain", "business_owner", "technical_owner", "rto_hours", "rpo_hours")
    planned = [each for each in there.applications if not each.steps and not each.in_batches]
    _same_fields(planned, back.applications, of_work)
    wanted = {(each.id, tie.provider, tie.coupling) for each in planned for tie in each.depends_on if tie.app}
    found = {(each.id, tie.provider, tie.coupling) for each in back.applications for tie in each.depends_on}
    assert wanted - found == set()


def _same_fields(there: list[Any], back: list[Any], fields: tuple[str, ...]) -> None:
    by_id = {each.id: each for each in back}
    for each in there:
        for path in fields:
            assert getattr(by_id[each.id], path) == getattr(each, path), (each.id, path)


def test_a_file_of_sources_names_its_mapping_from_where_it_lies(waveplan: Waveplan, here: Path) -> None:
    sheets = here / "sheets"
    sheets.mkdir()
    (here / "parc.csv").rename(sheets / "parc.csv")
    assert waveplan("import", "--suggest-mapping", "sheets/parc.csv", "-o", "sheets/m.yaml").code == 0
    (sheets / "sources.yaml").write_text(
        "waveplan_sources: 1\nsources: [{format: csv, files: parc.csv, name: parc, options: {mapping: m.yaml}}]\n"
    )
    done = waveplan("import", "sheets/sources.yaml", "-o", "inv", *DATES)
    assert done.code == 0, done.err
    assert "erp-db" in (here / "inv" / "servers.yaml").read_text(encoding="utf-8")
