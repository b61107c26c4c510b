"""A first mapping from headers and values: it says how sure it is, loads, and reads what it was made from."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from support.mapped import MappedFolder, fates, values

from waveplan.imports.harvest import Harvest, Reading
from waveplan.imports.mapping.loading import load_mapping
from waveplan.imports.mapping.spreadsheets import read_spreadsheets
from waveplan.imports.mapping.suggesting import suggested_mapping
from waveplan.render.language import translator

SAY = translator("en").say


def suggested(folder: Path, language: str = "en", **sheets: str) -> tuple[str, Harvest]:
    """The mapping of CSV texts, and what it reads from them."""
    files = []
    for name, text in sheets.items():
        files.append(folder / f"{name}.csv")
        files[-1].write_text(text, encoding="utf-8")
    return read_with_suggestion("csv", files, folder, translator(language).say)


def read_with_suggestion(name: str, files: list[Path], folder: Path, say: Callable[..., str]) -> tuple[str, Harvest]:
    text = suggested_mapping(name, files, say)
    mapping = folder / "suggested.yaml"
    mapping.write_text(text, encoding="utf-8")
    loaded = load_mapping(str(mapping))
    assert loaded.mapping is not None, (loaded.findings, text)
    return text, read_spreadsheets(name, files, Reading(options={"mapping": str(mapping)}))


FRENCH = """\
Parc serveurs au 1er mars;;;;;;;;
Nom du serveur;Site;Environnement;Nb CPU;RAM (Go);Disque To;Adresses IP;Application;Criticité
erp-db-1;Paris;Production;8;64;1,5;10.0.0.1, 10.0.0.2;ERP;Très haute
erp-app-1;Paris;Production;4;16;0,2;10.0.0.3;ERP;Très haute
sso-1;Lyon;Recette;2;8;0,1;10.1.0.3;SSO;Moyenne
"""


def test_a_french_sheet_of_servers_and_their_applications(tmp_path: Path) -> None:
    text, harvest = suggested(tmp_path, "fr", parc=FRENCH)
    assert values(harvest)["server", "erp-db-1"] == {
        "site": "Paris", "environment": "prod", "vcpu": "8", "ram_gb": "64", "disk_gb": "1500",
        "addresses": ("10.0.0.1", "10.0.0.2"),
    }  # fmt: skip
    assert values(harvest)["application", "ERP"] == {
        "servers": ("erp-db-1", "erp-app-1"), "environment": "prod", "criticality": "critical",
    }  # fmt: skip
    assert fates(harvest) == {"imported": 3, "skipped": 1}
    assert not harvest.findings
    assert "          ram_gb: RAM (Go)                       # sûr\u202f; unité de l’en-tête\u00a0: Go\n" in text
    assert "              Recette: preprod\n" in text


def test_an_english_sheet_of_applications(tmp_path: Path) -> None:
    sheet = """\
Application name,Business owner,Criticality,Strategy,RTO (h),Depends on,Max. downtime (min),Notes
ERP,CFO,Mission critical,Lift & shift,4,SSO; DNS,90,keep
SSO,CIO,Gold,Rehost,2,,30,
"""
    text, harvest = suggested(tmp_path, apps=sheet)
    assert values(harvest)["application", "ERP"] == {
        "business_owner": "CFO", "criticality": "critical", "strategy": "rehost", "rto_hours": "4",
        "max_downtime_hours": "1.5",
    }  # fmt: skip
    assert ("dependency", "ERP → DNS") in values(harvest)
    assert "# labels.notes: Notes # keep\n" in text
    assert [each.code for each in harvest.findings] == ["WP530"]


def test_what_stands_in_brackets_may_be_left_out(tmp_path: Path) -> None:
    _, harvest = suggested(tmp_path, servers="Server (short name),CPU (vCPU),RAM (total) [MB]\na,2,2048\n")
    assert values(harvest) == {("server", "a"): {"vcpu": "2", "ram_gb": "2"}}


def test_near_headers_say_how_near_they_are(tmp_path: Path) -> None:
    text, harvest = suggested(tmp_path, servers="Server name;Enviroment;Operating sytem\na;PROD;RHEL 8\n")
    assert values(harvest) == {("server", "a"): {"environment": "prod", "os": "RHEL 8"}}
    assert "% like 'environment'" in text


@pytest.mark.parametrize(
    "head", ["Source,Target", "Application source;Application cible", "Consommateur;Fournisseur", "From;To"]
)
def test_sheets_of_dependencies(tmp_path: Path, head: str) -> None:
    separator = ";" if ";" in head else ","
    _, harvest = suggested(tmp_path, deps=f"{head}{separator}Comment\nERP{separator}SSO{separator}login\n")
    assert values(harvest) == {("dependency", "ERP → SSO"): {"consumer": "ERP", "provider": "SSO", "reason": "login"}}


def test_sheets_of_sites_and_teams(tmp_path: Path) -> None:
    _, harvest = suggested(
        tmp_path,
        sites="Site,Country,Users,Lease end\nParis,France,1200,2026-12-31\n",
        teams="Équipe;Jours par semaine;Pays\nDBA;7,5;FR\n",
    )
    assert values(harvest) == {
        ("site", "Paris"): {"country": "FR", "users": "1200", "exit_by": "2026-12-31"},
        ("team", "DBA"): {"person_days_per_week": "7.5", "country": "FR"},
    }


def test_sizes_without_a_unit_are_judged_by_their_values(tmp_path: Path) -> None:
    text, harvest = suggested(tmp_path, servers="VM,Memory,Disk\na,16384,120\nb,8192,80\n")
    assert values(harvest)["server", "a"] == {"ram_gb": "16", "disk_gb": "120"}
    assert "unit: MB                             # the header has none; values such as 16384 look like MB" in text


def test_several_disks_are_added_up_and_addresses_put_together(tmp_path: Path) -> None:
    head = "Server name,Disk 1 size (In GB),Disk 2 size (In GB),IP 1,IP 2"
    _, harvest = suggested(tmp_path, servers=f"{head}\na,100,50,10.0.0.1,10.0.0.2\n")
    assert values(harvest)["server", "a"] == {"disk_gb": "150", "addresses": ("10.0.0.1", "10.0.0.2")}


def test_what_nobody_can_decide_is_asked_in_a_remark(tmp_path: Path) -> None:
    text, harvest = suggested(tmp_path, servers="Server,End of support\na,05/03/2026\nb,06/07/2026\n")
    assert "# 05/03/2026 may mean two days: take the # away from the line below, with dmy or mdy\n" in text
    answered = text.replace("# date_order: dmy", "date_order: dmy")
    (tmp_path / "suggested.yaml").write_text(answered, encoding="utf-8")
    options = {"mapping": str(tmp_path / "suggested.yaml")}
    again = read_spreadsheets("csv", [tmp_path / "servers.csv"], Reading(options=options))
    assert [each.code for each in harvest.findings] == ["WP529"]
    assert values(again)["server", "a"] == {"end_of_support": "2026-03-05"}


def test_words_that_are_not_known_are_listed(tmp_path: Path) -> None:
    text, _ = suggested(tmp_path, servers="Server,Environment\na,Production\nb,Moonbase\n")
    assert "# not known, to be added under values, or give 'otherwise': Moonbase\n" in text


def test_what_rows_of_one_application_say_differently_is_a_remark(tmp_path: Path) -> None:
    sheet = "Server,Application,Owner\na,ERP,CFO\nb,ERP,CIO\n"
    text, harvest = suggested(tmp_path, servers=sheet)
    assert "# business_owner: Owner # rows of one application differ\n" in text
    assert values(harvest)["application", "ERP"] == {"servers": ("a", "b")}


def test_rows_of_several_states_are_shown_as_a_choice(tmp_path: Path) -> None:
    text, harvest = suggested(tmp_path, apps="Application;Statut\nERP;Actif\nOld;Hors service\n")
    assert "    # when: {Statut: [Actif, Hors service]} # rows to take: keep the words that count\n" in text
    assert len(harvest.records) == 2
    chosen = text.replace("# when: {Statut: [Actif, Hors service]}", "when: {Statut: [Actif]}")
    (tmp_path / "suggested.yaml").write_text(chosen, encoding="utf-8")
    options = {"mapping": str(tmp_path / "suggested.yaml")}
    assert len(read_spreadsheets("csv", [tmp_path / "apps.csv"], Reading(options=options)).records) == 1


def test_nothing_understood_shows_what_an_entry_looks_like(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("alpha,beta\n1,2\n")
    text = suggested_mapping("csv", [file], SAY)
    assert "# nothing here is recognised; its columns:\n    # alpha # 1\n    # beta # 2\n" in text
    assert "#       fields: {site: COLUMN, vcpu: COLUMN, ram_gb: COLUMN}\n" in text


def test_sheets_of_a_workbook_are_entries_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name, rows in (
            ("Applications", [("Nom", "Criticité"), ("ERP", "haute")]),
            ("Notes", [("whatever",), ("else",)]),
            ("Flux", [("Application source", "Application cible"), ("ERP", "SSO")]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    text, harvest = read_with_suggestion("xlsx", [file], tmp_path, SAY)
    assert "  - sheet: Applications\n" in text
    assert values(harvest) == {
        ("application", "ERP"): {"criticality": "high"},
        ("dependency", "ERP → SSO"): {"consumer": "ERP", "provider": "SSO"},
    }


def test_answers_need_no_entry(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("kind,id,field,question,current,answer,owner\nserver,a,vcpu,?,,2,x\n")
    assert "answers to questions, which are read without a mapping" in suggested_mapping("csv", [file], SAY)


def test_hostile_headers_stay_text(here: MappedFolder) -> None:
    header = 'Server;#: "x";- a;\'b;{c};\x1b[31m;yes;@d;%e'
    text, harvest = suggested(here.folder, servers=f"{header}\na;1;2;3;4;5;6;7;8\n")
    assert list(values(harvest)) == [("server", "a")]
    assert "\x1b" not in text


def test_what_the_export_writes_comes_back(tmp_path: Path) -> None:
    """Columns of an exported table of servers, in English and French, with the values that stand there."""
    row = "erp-db-1,ERP database,vm,RHEL 8,prod,8,64,1500.5,replicate,north,host-a,erp"
    for language in ("en", "fr"):
        say = translator(language).say
        head = [say(each) for each in ("Server", "Name", "Kind", "System", "Environment", "vCPU", "Memory in GB")]
        head += [say(each) for each in ("Disks in GB", "Method", "Site", "Target", "Items")]
        file = tmp_path / "servers.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([head, row.split(",")])
        _, harvest = read_with_suggestion("csv", [file], tmp_path, SAY)
        assert values(harvest)["server", "erp-db-1"] == {
            "name": "ERP database", "kind": "vm", "os": "RHEL 8", "environment": "prod", "vcpu": "8", "ram_gb": "64",
            "disk_gb": str(Decimal("1500.5")), "method": "replicate", "site": "north", "target": "host-a",
        }, language  # fmt: skip
        assert values(harvest)["application", "erp"]["servers"] == ("erp-db-1",)
