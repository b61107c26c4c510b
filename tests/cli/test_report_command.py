"""`waveplan report`, as it is typed; and `check`, when a milestone of compliance is edited by hand."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pytest
from support.command_line import DATACENTRE_EXIT, ROOT, Waveplan

PLAN = ROOT / "examples" / "datacentre-exit.plan.yaml"
FOLDER = DATACENTRE_EXIT


@pytest.mark.parametrize("kind", ["flash", "steering", "lot-package", "wave-package"])
def test_reports_for_meetings_are_json_in_any_language(waveplan: Waveplan, kind: str) -> None:
    asked = ("--as-of", "2027-05-20") if kind in {"flash", "steering"} else ()
    done = waveplan("report", PLAN, FOLDER, "--kind", kind, "--json", *asked, "--lang", "fr")
    assert next(iter(json.loads(done.out))) == f"waveplan_{kind.replace('package', 'packages').replace('-', '_')}"
    assert waveplan("report", PLAN, FOLDER, "--kind", kind, "--format", "json", *asked).out == done.out


def test_compliance_as_json_holds_register_purges_and_systems(waveplan: Waveplan) -> None:
    done = waveplan("report", PLAN, FOLDER, "--kind", "compliance", "--json")
    assert (done.code, done.err) == (0, "")
    data = json.loads(done.out)
    payroll = next(each for each in data["personal_data"] if each["item"] == "payroll")
    assert payroll["before"] == [{"site": "dc-north", "country": "FR"}]
    assert payroll["after"] == [{"site": "host-b", "country": "LU"}]
    assert payroll["wave"]["label"] == "W06"
    assert payroll["acknowledgement_by"] == "2027-07-07"
    assert len(data["purge_orders"]) == 124
    assert [each["server"] for each in data["obsolescence"]] == ["fas-1", "mes-1"]
    assert data["obsolescence"][0]["days_without_support"] == 179
    french = waveplan("report", PLAN, FOLDER, "--kind", "compliance", "--format", "json", "--lang", "fr")
    assert french.out == done.out


@pytest.mark.parametrize("kind", ["compliance", "workload"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_text_fits_and_speaks_the_language(waveplan: Waveplan, kind: str, language: str) -> None:
    done = waveplan("report", PLAN, FOLDER, "--kind", kind, "--width", "80", "--lang", language)
    assert done.code == 0
    assert all(len(line) <= 80 for line in done.out.splitlines())
    words = {"compliance": ("Personal data", "Données personnelles"), "workload": ("Month", "Mois")}[kind]
    assert words[language == "fr"] in done.out
    assert words[language == "en"] not in done.out


def test_csv_is_written_to_a_file_with_its_mark_in_french(waveplan: Waveplan, tmp_path: Path) -> None:
    done = waveplan(
        *("report", PLAN, FOLDER, "--kind", "workload", "--format", "csv", "--lang", "fr", "-o", "charge.csv")
    )
    assert (done.code, done.out) == (0, "")
    data = (tmp_path / "charge.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0][:3] == ["Organisation", "Équipe", "Mois"]
    assert rows[1][:4] == ["business", "testers", "2027-03", "1,3"]


def test_markdown_has_a_table_for_each_part(waveplan: Waveplan) -> None:
    text = waveplan("report", PLAN, FOLDER, "--kind", "compliance", "--format", "md").out
    assert text.startswith("# Compliance: Data-centre exit\n")
    assert text.count("\n## ") == 3
    assert "| 12 Aug 2027 | dc-north | exp-1 | expenses-old | purge exp-1 |" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "weather"), "weather"),
        ((), "--kind"),
        (("--kind", "workload", "--format", "pdf"), "pdf"),
        (("--kind", "workload", "-o", "nowhere/x.csv"), "nowhere"),
    ],
)
def test_wrong_usage_says_what_is_wrong(waveplan: Waveplan, arguments: tuple[str, ...], words: str) -> None:
    done = waveplan("report", PLAN, FOLDER, *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_only_one_of_the_two_is_standard_input(waveplan: Waveplan) -> None:
    assert waveplan("report", "-", "-", "--kind", "workload").code == 2
    done = waveplan("report", "-", FOLDER, "--kind", "workload", "--json", stdin=PLAN.read_bytes())
    assert json.loads(done.out)["together"]["total"]["used"] == pytest.approx(350.5, abs=0.1)


def test_an_unreadable_plan_is_a_finding(waveplan: Waveplan) -> None:
    done = waveplan("report", "-", FOLDER, "--kind", "compliance", stdin=b"waveplan_plan: 1\nlot: []\n")
    assert (done.code, done.out) == (1, "")
    assert "unknown key 'lot'" in done.err


def test_the_calendar_does_not_drown_in_purge_orders(waveplan: Waveplan) -> None:
    text = waveplan("show", PLAN, "--calendar", "--width", "160").out
    assert "dc-west: 10 servers" in text
    assert sum("purge order" in line for line in text.splitlines()) < 35


ORDER = "  - {id: purge pay-a1, date: 2027-07-07, kind: purge_order, subject: pay-a1, site: dc-north}\n"
EVIDENCE = "  - {id: acknowledge payroll, date: 2027-07-07, kind: acknowledgement, subject: payroll}\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            ORDER,
            ORDER.replace("07-07", "07-06"),
            "milestone purge pay-a1 2027-07-06 (purge_order pay-a1 at dc-north) → ",
        ),
        (ORDER, "", "milestone purge pay-a1 - → 2027-07-07 (purge_order pay-a1 at dc-north)"),
        (ORDER, ORDER.replace("dc-north", "dc-west"), "(purge_order pay-a1 at dc-west) → "),
        (ORDER, ORDER.replace(", site: dc-north", ""), "(purge_order pay-a1) → "),
        (ORDER, ORDER + ORDER.replace("purge pay-a1", "purge again"), "milestone purge again "),
        (EVIDENCE, EVIDENCE.replace("07-07", "07-08"), "milestone acknowledge payroll 2027-07-08"),
        (EVIDENCE, "", "milestone acknowledge payroll - → 2027-07-07 (acknowledgement payroll)"),
        (EVIDENCE, EVIDENCE.replace("subject: payroll", "subject: erp"), "(acknowledgement erp) → "),
    ],
)
def test_the_check_finds_milestones_broken_by_hand(
    waveplan: Waveplan, tmp_path: Path, old: str, new: str, words: str
) -> None:
    text = PLAN.read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "plan.yaml").write_text(text.replace(old, new), encoding="utf-8")
    done = waveplan("check", "plan.yaml", FOLDER, "--json")
    assert done.code == 1
    (finding,) = json.loads(done.out)["findings"]
    assert finding["code"] == "WP390"
    assert words in finding["message"]


def test_a_programme_is_one_page_and_the_same_bytes_each_time(waveplan: Waveplan, tmp_path: Path) -> None:
    command = ("report", PLAN, FOLDER, "--kind", "programme")
    assert waveplan(*command, "-o", "page.html").code == 0
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and len(text.encode()) < 1_000_000
    assert waveplan(*command).out == text


def test_a_page_says_what_keeps_each_lot_and_where_it_stands(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "actuals.yaml").write_text(
        "waveplan_actuals: 1\ncutovers: [{wave: 2027-04-10-weekend, date: 2027-04-10, result: done}]\n"
    )
    more = ("--actuals", "actuals.yaml", "--as-of", "2027-04-20", "--why")
    text = waveplan("report", PLAN, FOLDER, "--kind", "programme", *more).out
    assert "Where it stands on Tue 20 Apr 2027" in text
    assert "not in W08, Sat 12 Jun 2027: WP318" in text


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("flash", "Flash report: Data-centre exit on Tue 20 Apr 2027"),
        ("steering", "Decisions asked for"),
        ("lot-package", "Whom to call"),
        ("wave-package", "In hypercare"),
    ],
)
@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_reports_for_meetings_come_in_each_form(waveplan: Waveplan, kind: str, said: str, form: str) -> None:
    more = ("--as-of", "2027-04-20") if kind in {"flash", "steering"} else ()
    done = waveplan("report", PLAN, FOLDER, "--kind", kind, "--format", form, "--width", "80", *more)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    assert form != "text" or all(len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "workload", "--why"), "--why goes with --kind programme"),
        (("--kind", "flash", "--since", "x.yaml"), "--since goes with --kind steering"),
        (("--kind", "programme", "--json"), "is not written as json: take html"),
        (("--kind", "lot-package", "--lot", "nothing"), "no wave of the plan has a lot or an item nothing"),
        (("--kind", "wave-package", "--wave", "W99"), "No wave is called W99"),
        (("--kind", "flash", "--as-of", "soon"), "soon is not a day"),
    ],
)
def test_what_a_report_does_not_have_is_refused(waveplan: Waveplan, words: tuple[str, ...], said: str) -> None:
    done = waveplan("report", PLAN, FOLDER, *words)
    assert done.code == 2
    assert said in done.err


def test_a_plan_of_another_programme_is_not_reported_on(waveplan: Waveplan) -> None:
    done = waveplan("report", PLAN, ROOT / "examples" / "shared-services", "--kind", "programme")
    assert done.code == 1
    assert done.out == ""


def test_slides_are_written_to_a_file(waveplan: Waveplan, tmp_path: Path) -> None:
    file = tmp_path / "steering.pptx"
    day = ("--as-of", "2027-03-01")
    done = waveplan("report", PLAN, DATACENTRE_EXIT, "--kind", "steering", "--format", "pptx", *day, "-o", str(file))
    assert (done.code, done.out) == (0, "")
    with zipfile.ZipFile(file) as deck:
        assert "ppt/presentation.xml" in deck.namelist()


def test_only_the_steering_report_has_slides(waveplan: Waveplan) -> None:
    done = waveplan("report", PLAN, DATACENTRE_EXIT, "--kind", "flash", "--format", "pptx")
    assert done.code == 2
    assert "a report of kind flash is not written as pptx: take text, md, html" in done.err
