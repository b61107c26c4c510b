"""`solve --certify` and `check --proofs`: what is certified is said, and what is altered is noticed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.certified import FILES, certified_plan, forge
from support.command_line import IMPOSSIBLE, Waveplan

from waveplan import api
from waveplan.cli.certifying import say_lacking
from waveplan.cli.session import Session
from waveplan.planning import certified
from waveplan.planning.options import SolveOptions

INVENTORY = """waveplan: 1
programme: {name: Test, start: 2026-01-05, deadline: 2026-04-30}
policy: {preparation_days: 7, wave_limits: {applications: 2}}
applications:
  - {id: crm, depends_on: [{app: erp, weight: 2}]}
  - {id: erp, not_before: 2026-02-01}
  - {id: shop, depends_on: [{app: erp}]}
  - {id: mail, depends_on: [{app: shop}]}
objective: {goals: [{goal: finish}, {goal: waves}, {goal: coexistence}]}
"""
SOLVE = ("solve", "inventory.yaml", "-o", "plan.yaml", "--certify", "--reproducible", "--time-limit", "20", "--quiet")
CHECK = ("check", "plan.yaml", "inventory.yaml", "--proofs", "--json", "--time-limit", "5")


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An inventory, its plan, and the certificates of the plan."""
    certified_plan(tmp_path, INVENTORY, "certified", lambda: solved(waveplan), tmp_path_factory)
    return tmp_path


def solved(waveplan: Waveplan) -> None:
    assert waveplan(*SOLVE).code == 0


def codes(waveplan: Waveplan, *more: str) -> set[str]:
    return {each["code"] for each in json.loads(waveplan(*CHECK, *more).out)["findings"]}


def goals(folder: Path, waveplan: Waveplan) -> dict[str, dict[str, Any]]:
    shown = json.loads(waveplan("show", "plan.yaml", "--json").out)
    return {goal["goal"]: goal for goal in shown["solve"]["goals"]}


def test_each_goal_says_by_which_means_it_is_certified(waveplan: Waveplan, folder: Path) -> None:
    said = {
        goal: {each["by"]: each["bound"] for each in its["certified"]} for goal, its in goals(folder, waveplan).items()
    }
    found = goals(folder, waveplan)
    assert all(goal["status"] == "optimal" for goal in found.values())
    assert said["finish"]["certificate"] == found["finish"]["bound"]
    assert said["waves"]["certificate"] == found["waves"]["bound"]
    assert {"certificate", "recount"} & said["coexistence"].keys()
    assert "no_presolve" in said["coexistence"]
    assert codes(waveplan) == set()
    table = waveplan("show", "plan.yaml", "--goals", "--width", "200").out
    assert "Certified" in table
    assert "certificate, second proof" in table


def test_what_is_not_certified_is_said(waveplan: Waveplan, folder: Path) -> None:
    plan = folder / "plan.yaml"
    text = re.sub(r"(goal: coexistence.*?), certified: \[[^]]*\]", r"\1", plan.read_text(encoding="utf-8"))
    plan.write_text(text, encoding="utf-8")
    assert "not certified" in waveplan("show", "plan.yaml", "--goals", "--width", "200").out


def test_the_same_inventory_gives_the_same_bytes(waveplan: Waveplan, folder: Path) -> None:
    before = [(folder / name).read_bytes() for name in FILES]
    assert waveplan(*SOLVE).code == 0
    assert [(folder / name).read_bytes() for name in FILES] == before


def test_of_what_is_proven_and_not_certified_the_reasons_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(certified, "claim_for", lambda *_: None)
    monkeypatch.setattr(certified.Certifier, "_confirmed", lambda *_: ())
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    options = SolveOptions(time_limit=None, deterministic_limit=20, reproducible=True)
    found = api.solve_certified(api.validate(str(tmp_path / "inventory.yaml")), options=options)
    assert [each.goal for each in found.lacking] == ["finish", "waves", "coexistence"]
    say_lacking(replace(found, lacking=(*found.lacking[:2], replace(found.lacking[2], up_to=Decimal(1)))), Session())
    second = "the second proof did not end in its time"
    assert capsys.readouterr().err.splitlines() == [
        f"finish: proven, not certified: the certificates that were found prove less; {second}.",
        f"number of waves: proven, not certified: the certificates that were found prove less; {second}.",
        f"coexistence: proven, certified up to 1 only: rows prove less, and a recount takes too many steps; {second}.",
    ]
    say_lacking(found, Session(quiet=True))
    assert not capsys.readouterr().err


def test_without_the_option_nothing_is_certified(waveplan: Waveplan, folder: Path) -> None:
    assert waveplan("solve", "inventory.yaml", "-o", "other.yaml", "--quiet", "--workers", "1").code == 0
    assert not (folder / "other.certificate.json").exists()
    assert "certif" not in (folder / "other.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["claims"].clear(),
        lambda data: data["claims"][0].update(bound="1"),
        lambda data: data["claims"][2].update(bound="6"),
        lambda data: data["claims"][2]["proof"]["rows"].clear(),
        lambda data: [row.update(times=0) for row in data["claims"][2]["proof"]["rows"]],
        lambda data: data["claims"][2]["proof"].update(scale=1),
        lambda data: [row["paths"].pop() for row in data["claims"][2]["proof"]["rows"]],
        lambda data: data["claims"][0].update(goal="waves"),
        lambda data: data["claims"][0].update(held={"waves": "1"}),
        lambda data: data["claims"][0].update(proof={"kind": "prices", "prices": {}}),
        lambda data: data["claims"][0].pop("proof"),
        lambda data: data["claims"][1].update(proof={"kind": "packing", "streams": []}),
        lambda data: data["claims"][1].update(held={"finish": "1"}),
        lambda data: data.update(claims="none"),
        lambda data: data.update(waveplan_certificate=2),
    ],
)
def test_a_forged_certificate_is_noticed(
    waveplan: Waveplan, folder: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    forge(folder, change)
    assert "WP393" in codes(waveplan)


def test_a_certificate_that_is_another_or_no_text_is_noticed(waveplan: Waveplan, folder: Path) -> None:
    file = folder / "plan.certificate.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"Test"', '"Other"'), encoding="utf-8")
    assert "WP393" in codes(waveplan)
    file.write_bytes(b"\xff\xfe[[[")
    assert "WP393" in codes(waveplan)


def test_a_forged_bound_of_the_plan_is_noticed(waveplan: Waveplan, folder: Path) -> None:
    plan = folder / "plan.yaml"
    lines = plan.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if "goal: waves" in line)
    lines[number] = re.sub(r"(value|bound): 2", r"\1: 3", lines[number])
    plan.write_text("".join(lines), encoding="utf-8")
    assert codes(waveplan) & {"WP390", "WP392", "WP393"}


def test_an_altered_inventory_is_noticed(waveplan: Waveplan, folder: Path) -> None:
    """More room a wave: the plan is still valid, and what was proven is not."""
    inventory = folder / "inventory.yaml"
    inventory.write_text(INVENTORY.replace("applications: 2", "applications: 4"), encoding="utf-8")
    found = json.loads(waveplan(*CHECK).out)["findings"]
    assert {"WP393", "WP412"} <= {each["code"] for each in found}
    assert any("number of waves" in each["message"] or "waves" in each["message"] for each in found)


def test_a_certificate_that_is_not_there_is_a_warning(waveplan: Waveplan, folder: Path) -> None:
    file = folder / "plan.certificate.json"
    file.rename(folder / "elsewhere.json")
    assert "WP394" in codes(waveplan)
    assert codes(waveplan, "--certificate", str(folder / "elsewhere.json")) == set()


@pytest.mark.parametrize(
    ("old", "new"), [("by: certificate, bound: 2}", "by: certificate, bound: 9}"), ("{by: no_presolve", "{by: lrat")]
)
def test_a_statement_that_cannot_be_so_is_an_error_of_the_check(
    waveplan: Waveplan, folder: Path, old: str, new: str
) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    assert old in text
    if "lrat" in new:
        old, new = "{by: no_presolve, bound: 2}", "{by: certificate, bound: 2}"
    plan.write_text(text.replace(old, new), encoding="utf-8")
    done = waveplan("check", "plan.yaml", "inventory.yaml", "--json")
    assert "WP395" in {each["code"] for each in json.loads(done.out)["findings"]}


def test_a_refresh_takes_out_what_no_longer_holds(waveplan: Waveplan, folder: Path) -> None:
    inventory = folder / "inventory.yaml"
    inventory.write_text(INVENTORY.replace("applications: 2", "applications: 4"), encoding="utf-8")
    assert waveplan("refresh", "plan.yaml", "inventory.yaml", "--quiet").code == 0
    assert "by: certificate" not in (folder / "plan.yaml").read_text(encoding="utf-8")


def test_that_there_is_no_plan_is_certified(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "inventory.yaml").write_text(IMPOSSIBLE, encoding="utf-8")
    done = waveplan(*SOLVE[:-1], "--no-diagnosis")
    assert done.code == 3
    assert "That there is no plan is certified: certificate" in done.err
    assert not (tmp_path / "plan.yaml").exists()
    written = json.loads((tmp_path / "plan.certificate.json").read_text(encoding="utf-8"))
    assert [claim["goal"] for claim in written["claims"]] == [None]


@pytest.mark.parametrize("more", [(), ("--allow-unplanned", "-o", "p.yaml")])
def test_where_a_certificate_has_no_place_it_is_refused(
    waveplan: Waveplan, tmp_path: Path, more: tuple[str, ...]
) -> None:
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    done = waveplan("solve", "inventory.yaml", "--certify", *more)
    assert done.code == 2
    assert "--certify" in done.err
    assert waveplan("check", "plan.yaml", "inventory.yaml", "--certificate", "x.json").code == 2
