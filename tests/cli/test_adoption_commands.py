"""Communication and adoption as commands: reports, records, what a survey holds, a plan made anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import Waveplan
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan.export.plan_yaml import dump_plan

FIRST, LATER = "2026-02-07-weekend", "2026-04-18-weekend"
TEXT = """
programme: {name: Office move, start: 2026-01-05, deadline: 2026-12-18, timezone: Europe/Paris}
policy: {preparation_days: 7, gates: [{id: go, days_before: 3, decides: true}]}
sites: [{id: paris, name: Paris HQ, country: FR, users: 20, languages: [fr, en]}]
teams: [{id: change, person_days_per_week: 5}]
applications: [{id: crm, user_sites: [paris]}, {id: erp, user_sites: [paris], effort: {change: 1}}]
pilots: [{id: first, items: {app: crm}, soak_days: 20}]
adoption:
  - {id: notice, kind: announcement, days_before: 8, owner: Change office}
  - {id: lessons, kind: training, days_before: 4, match: {app: erp}, team: change, effort: 2}
  - {id: ask, kind: survey, days_after: 5, threshold: 0.7, match: {app: crm}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inventory.yaml").write_text(f"waveplan: 1{TEXT}", encoding="utf-8")
    plan = state_plan(inventory_from(TEXT), {"crm": FIRST, "erp": LATER})
    (tmp_path / "plan.yaml").write_text(dump_plan(plan), encoding="utf-8")
    return tmp_path


def test_the_plan_of_communication_is_told_in_every_format(waveplan: Waveplan, folder: Path) -> None:
    def told(*more: str) -> str:
        done = waveplan("report", "plan.yaml", "inventory.yaml", "--kind", "communication", *more)
        assert done.code == 0, done.err
        return done.out

    assert "6 entries" not in told()
    assert "4 entries in 2 waves, in 2 languages." in told()
    assert "Merci de terminer vos travaux" in told("--texts", "--format", "md")
    assert told("--wave", "W02").count("lessons") == 2
    assert "Formation" not in told("--format", "html")
    data = json.loads(told("--format", "json"))
    assert data["waveplan_communication"] == 1
    assert [(each["id"], each["from"]) for each in data["entries"]] == [
        ("notice", "2026-01-30"),
        ("ask", "2026-02-12"),
        ("notice", "2026-04-10"),
        ("lessons", "2026-04-14"),
    ]
    rows = told("--format", "csv").splitlines()
    assert rows[0].startswith("Date,Until,Kind,What,Wave")
    assert len(rows) == 9
    wrong = waveplan("report", "plan.yaml", "inventory.yaml", "--kind", "workload", "--texts")
    assert wrong.code == 2
    assert "--texts goes with --kind communication" in wrong.err


def test_a_survey_below_its_threshold_is_held_against_what_waits(waveplan: Waveplan, folder: Path) -> None:
    def record(*words: str, on: str) -> tuple[int, str]:
        done = waveplan("record", "actuals.yaml", *words, "--inventory", "inventory.yaml", "--as-of", on)
        return done.code, done.out + done.err

    def check(on: str) -> tuple[int, str]:
        done = waveplan("check", "plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", on)
        return done.code, done.out

    assert record("gate", "W01", "go", "go", "--date", "2026-02-04", on="2026-02-20")[0] == 0
    assert record("cutover", "W01", "done", on="2026-02-20")[0] == 0
    assert record("adoption", "W01", "notice", "--date", "2026-01-30", on="2026-02-20")[0] == 0
    code, said = record("adoption", "W01", "ask", "--result", "55%", on="2026-02-20")
    assert code == 0
    assert f"adoption: {{id: ask, wave: {FIRST}, date: 2026-02-20, result: 0.55}}" in said
    assert "WP415" in said
    assert check("2026-02-20") == (0, check("2026-02-20")[1])  # April is far enough to ask again
    assert "WP415" in check("2026-02-20")[1]
    code, said = check("2026-04-14")
    assert code == 1
    assert "held-first-ask lets erp move only from" in said
    code, said = record("gate", "W02", "go", "go", on="2026-04-15")
    assert code == 1
    assert "WP416" in said
    assert "Nothing was written" in said
    assert record("accept", "first", "signed", on="2026-04-14")[0] == 0
    assert check("2026-04-14")[0] == 0
    assert record("gate", "W02", "go", "go", on="2026-04-15")[0] == 0
    code, said = record("adoption", "W01", "ask", "--result", "140%", on="2026-04-15")
    assert code == 2
    assert "--result: expected a share" in said
    assert record("effort", "change", "2026-W08", "2", "--result", "1", on="2026-04-15")[0] == 2


def test_replanning_moves_what_waits_until_people_could_be_asked_again(waveplan: Waveplan, folder: Path) -> None:
    (folder / "actuals.yaml").write_text(
        f"""waveplan_actuals: 1
gates: [{{wave: {FIRST}, gate: go, date: 2026-02-04, decision: go}}]
cutovers: [{{wave: {FIRST}, date: 2026-02-07, result: done}}]
adoption: [{{id: ask, wave: {FIRST}, date: 2026-02-20, result: 0.55}}]
""",
        encoding="utf-8",
    )
    common = ("plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-04-14")
    done = waveplan("replan", *common, "-o", "new.yaml", "--reproducible", "--time-limit", "2")
    assert done.code == 0, done.err
    assert "held-first-ask not before 2026-04-21 (WP308)" in " ".join((done.out + done.err).split())
    assert "0 imminent" in done.out + done.err or "imminent" not in done.out + done.err
    checked = waveplan("check", "new.yaml", *common[1:])
    assert checked.code == 0, checked.out
    status = waveplan("status", "new.yaml", *common[1:], "--json")
    late = {(each["kind"], each["subject"]) for each in json.loads(status.out)["late"]}
    assert ("survey_below", "W01 ask") in late
    assert ("communication_overdue", "W01 notice") in late


@pytest.mark.parametrize("kind", ["flash", "steering", "lot-package", "wave-package", "workload"])
def test_every_report_tells_it_to_programs_too(waveplan: Waveplan, folder: Path, kind: str) -> None:
    asked = ("--as-of", "2026-02-01") if kind in {"flash", "steering"} else ()
    done = waveplan("report", "plan.yaml", "inventory.yaml", "--kind", kind, "--format", "json", *asked)
    assert done.code == 0, done.err
    data = json.loads(done.out)
    parts = data.get("lots") or data.get("waves") if kind.endswith("package") else [data]
    key = "adoption" if kind == "workload" else "communication"
    assert all(each[key] for each in parts)
