"""`care`, as people type it: the report in its forms, questions that come back as answers, what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from support.command_line import SMALL, Waveplan

pytestmark = pytest.mark.usefixtures("small")


@pytest.mark.parametrize("width", ["80", "160"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_report_fits_its_screen(waveplan: Waveplan, width: str, language: str) -> None:
    done = waveplan("care", "small.yaml", "--width", width, "--lang", language, "--as-of", "2026-06-30")
    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= int(width)
    assert ("without owner" if language == "en" else "sans responsable") in done.out


def test_forms(waveplan: Waveplan) -> None:
    data = json.loads(waveplan("care", "small.yaml", "--json").out)
    assert data["waveplan_care"] == 1
    assert data["impact"] is None
    assert {each["trouble"] for each in data["notes"]} == {"unowned"}
    assert waveplan("care", "small.yaml", "--format", "md").out.startswith("# Care of the inventory")
    assert waveplan("care", "small.yaml", "--format", "html").out.startswith("<!doctype html>")
    assert "application,business_owner" in waveplan("care", "small.yaml", "--format", "csv").out


def test_impact_is_told_with_what_it_looked_at(waveplan: Waveplan) -> None:
    done = waveplan("care", "small.yaml", "--impact", "--time-limit", "60", "--json")
    assert done.code == 0, done.err
    ranked = json.loads(done.out)["impact"]["ranked"]
    assert {"cutover_hours", "criticality"} <= {each["field"] for each in ranked}
    assert "planning with other values of criticality" in done.err


def test_answers_come_back(waveplan: Waveplan, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.mkdir()
    (inventory / "all.yaml").write_text(SMALL, encoding="utf-8")
    asked = waveplan("care", "inventory", "--questions", "q.csv", "--about", "business_owner", "--about", "rto_hours")
    assert asked.code == 0, asked.err
    with (tmp_path / "q.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["field"] for row in rows} == {"business_owner", "rto_hours"}
    assert {row["id"] for row in rows} == {"crm", "sso", "erp"}
    for row in rows:
        if row["id"] == "erp":
            row["answer"] = "head of finance" if row["field"] == "business_owner" else "4"
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

    done = waveplan("import", "csv", "a.csv", "--into", "inventory")

    assert done.code == 0, done.err
    text = (inventory / "all.yaml").read_text(encoding="utf-8")
    assert "business_owner: head of finance" in text
    assert "rto_hours: 4" in text
    assert waveplan("validate", "inventory").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--about", "vcpu"), "go with --questions"),
        (("--questions", "q.csv", "--about", "colour"), "nothing is asked about colour"),
        (("--time-limit", "0"), "above 0"),
        (("--questions", "gone/q.csv"), "there is no folder"),
    ],
)
def test_what_cannot_work_is_said(waveplan: Waveplan, words: tuple[str, ...], said: str) -> None:
    done = waveplan("care", "small.yaml", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_each_owner_gets_a_sheet_of_its_own(waveplan: Waveplan, tmp_path: Path) -> None:
    owned = SMALL.replace("{id: crm,", "{id: crm, business_owner: Head of sales,")
    owned = owned.replace("{id: erp,", "{id: erp, business_owner: head-of sales,")
    (tmp_path / "owned.yaml").write_text(owned, encoding="utf-8")
    done = waveplan("care", "owned.yaml", "--questions", "out/", "--about", "rto_hours")
    assert done.code == 0, done.err
    found = {}
    for file in sorted((tmp_path / "out").iterdir()):
        with file.open(encoding="utf-8", newline="") as sheet:
            found[file.name] = [(row["id"], row["owner"]) for row in csv.DictReader(sheet)]
    assert found == {
        "questions-head-of-sales.csv": [("crm", "Head of sales")],
        "questions-head-of-sales-2.csv": [("erp", "head-of sales")],
        "questions-nobody.csv": [("sso", "")],
    }
