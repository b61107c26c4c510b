"""Peak load and criticality risk: what is certified of them, and what is altered is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.certified import certified_plan, forge
from support.command_line import Waveplan

INVENTORY = """waveplan: 1
programme: {name: Test, start: 2026-01-05, deadline: 2026-03-31}
teams: [{id: dba, person_days_per_week: 5}]
policy: {preparation_days: 7, wave_limits: {applications: 2}}
applications:
  - {id: crm, criticality: critical, effort: {dba: 3}}
  - {id: erp, criticality: high, effort: {dba: 2}, not_after: 2026-02-10}
  - {id: shop, effort: {dba: 4}}
  - {id: mail, effort: {dba: 1}}
objective: {goals: [{goal: waves}, {goal: peak_load}, {goal: criticality_risk}]}
"""
SOLVE = ("solve", "inventory.yaml", "-o", "plan.yaml", "--certify", "--reproducible", "--time-limit", "10", "--quiet")
CHECK = ("check", "plan.yaml", "inventory.yaml", "--proofs", "--json", "--time-limit", "3")


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    certified_plan(tmp_path, INVENTORY, "certified-loads", lambda: solved(waveplan), tmp_path_factory)
    return tmp_path


def solved(waveplan: Waveplan) -> None:
    assert waveplan(*SOLVE).code == 0


def found(waveplan: Waveplan) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(waveplan(*CHECK).out)["findings"]
    return [each for each in findings if each["code"].startswith("WP39")]


def test_both_are_certified_and_verified(waveplan: Waveplan, folder: Path) -> None:
    claims = json.loads((folder / "plan.certificate.json").read_text(encoding="utf-8"))["claims"]
    kinds = {claim["goal"]: claim["proof"]["kind"] for claim in claims}
    assert kinds["peak_load"] == "prices"
    assert kinds["criticality_risk"] == "ordinals"
    assert found(waveplan) == []


@pytest.mark.parametrize(
    ("goal", "change"),
    [
        ("peak_load", lambda claim: claim["proof"]["prices"].clear()),
        ("peak_load", lambda claim: claim["proof"]["prices"].update({"no such week": 1})),
        ("peak_load", lambda claim: claim["proof"]["prices"].update(dict.fromkeys(claim["proof"]["prices"], -1))),
        ("peak_load", lambda claim: claim.update(bound="1/100")),
        ("peak_load", lambda claim: claim.update(bound="100")),
        ("peak_load", lambda claim: claim["proof"].update(kind="ordinals")),
        ("criticality_risk", lambda claim: claim.update(bound="1000")),
        ("criticality_risk", lambda claim: claim.update(held={"waves": "1"})),
        ("criticality_risk", lambda claim: claim["proof"].update(kind="recount")),
    ],
)
def test_what_is_forged_is_refused_with_its_goal(
    waveplan: Waveplan, folder: Path, goal: str, change: Callable[[dict[str, Any]], object]
) -> None:
    forge(folder, lambda data: change(next(claim for claim in data["claims"] if claim["goal"] == goal)))
    told = found(waveplan)
    assert [each["code"] for each in told] == ["WP393"]
    assert goal in json.dumps(told)


def test_another_inventory_is_refused(waveplan: Waveplan, folder: Path) -> None:
    inventory = INVENTORY.replace("effort: {dba: 4}", "effort: {dba: 1}")
    (folder / "inventory.yaml").write_text(inventory, encoding="utf-8")
    assert found(waveplan)
