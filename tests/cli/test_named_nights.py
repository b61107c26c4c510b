"""`night --roster` and `runbook --roster`: who is next by name, how they are reached, who takes over."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support.command_line import ROOT, Waveplan

EXAMPLE = str(ROOT / "examples" / "first-steps")
PEOPLE = """\
waveplan_roster: 1
hours_in_a_row: 8
people:
  - {name: first administrator, teams: [admins], phone: "4711", language: fr}
  - {name: second administrator, teams: [admins], phone: "4712"}
  - {name: third administrator, teams: [admins], phone: "4713"}
  - {name: the manager, teams: [transition_manager], phone: "1000"}
"""
RECORD = ("record", "actuals.yaml", "task", "--inventory", EXAMPLE, "--as-of", "2027-02-21", "W01")
NIGHT = ("night", "plan.yaml", EXAMPLE, "--wave", "W01", "--actuals", "actuals.yaml", "--roster", "roster.yaml")
RUNBOOK = ("runbook", "plan.yaml", EXAMPLE, "--wave", "W01", "--roster", "roster.yaml")


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan) -> Path:
    assert waveplan("solve", EXAMPLE, "--reproducible", "-q", "-o", "plan.yaml").code == 0
    (tmp_path / "roster.yaml").write_text(PEOPLE, encoding="utf-8")
    assert waveplan(*RECORD, "1", "done", "20:00").code == 0
    assert waveplan(*RECORD, "2,3", "started", "20:02").code == 0
    return tmp_path


def test_whoever_runs_a_task_or_is_next_is_named_with_a_phone(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan(*NIGHT, "--as-of", "20:10", "--width", "120", "--lang", "en")
    assert done.code == 0, done.err
    called = done.out.split("Whom to call")[1].split("\n\n")[0]
    assert "first administrator" in called and "4711" in called
    assert "the manager" in done.out
    tasks = json.loads(waveplan(*NIGHT, "--as-of", "20:10", "--json").out)["tasks"]
    names = {each["number"]: [on["name"] for on in each["people"]] for each in tasks}
    assert len({*names[2], *names[3]}) == 2, "two who work at once are two people"


def test_whoever_falls_out_is_replaced_and_the_others_stay(waveplan: Waveplan, folder: Path) -> None:
    def names(*more: str) -> dict[int, list[str]]:
        tasks = json.loads(waveplan(*NIGHT, "--as-of", "20:10", "--json", *more).out)["tasks"]
        return {each["number"]: [on["name"] for on in each["people"]] for each in tasks}

    before = names()
    gone = before[2][0]
    after = names("--out", gone)
    assert gone not in {name for each in after.values() for name in each}
    assert after[3] == before[3]
    wrong = waveplan(*NIGHT, "--out", "nobody I know")
    assert wrong.code == 2 and "nobody I know" in wrong.err


def test_who_cannot_stay_so_long_is_told(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan(*NIGHT, "--as-of", "2027-02-21T05:30", "--width", "140", "--lang", "en")
    called = done.out.split("Whom to call")[1].split("\n\n")[0]
    assert "Relief by" in called and "04:00 +1" in called


def test_the_runbook_has_names_in_each_format_and_none_without_a_roster(waveplan: Waveplan, folder: Path) -> None:
    for form in ("text", "md", "html", "ics"):
        done = waveplan(*RUNBOOK, "--format", form, "--width", "160")
        assert done.code == 0, done.err
        assert "administrator" in done.out and "4711" in done.out.replace("\r\n ", "")
    rows = list(csv.DictReader(io.StringIO(waveplan(*RUNBOOK, "--format", "csv", "--lang", "en").out)))
    assert {row["Person"] for row in rows if row["Seats"]} == {"first administrator", "second administrator"}
    book = json.loads(waveplan(*RUNBOOK, "--json").out)["runbooks"][0]
    assert book["duties"] and any(task["people"] for task in book["tasks"])
    bare = waveplan("runbook", "plan.yaml", EXAMPLE, "--wave", "W01", "--format", "csv", "--lang", "en").out
    assert "administrator" not in bare and "Person" not in bare.splitlines()[0]


def test_a_night_that_the_roster_cannot_man_is_told_where_it_is_written(waveplan: Waveplan, folder: Path) -> None:
    (folder / "roster.yaml").write_text("waveplan_roster: 1\npeople: []\n", encoding="utf-8")
    for words in (NIGHT, RUNBOOK):
        done = waveplan(*words, "--lang", "en")
        assert "WP418" in done.err and "NOBODY" in done.out
    assert waveplan(*RUNBOOK).code == 1
