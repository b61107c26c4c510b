"""Peak load and criticality risk: what is certified of them, and what is altered is noticed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.command_line import Waveplan
from support.made_once import made_once

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
FILES = ("plan.yaml", "plan.certificate.json")


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def made() -> str:
        assert waveplan(*SOLVE).code == 0
        return json.dumps([(tmp_path / name).read_text(encoding="utf-8") for name in FILES])

    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    for name, text in zip(FILES, json.loads(made_once(tmp_path_factory, "certified-loads", made)), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


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
    file, plan = folder / "plan.certificate.json", folder / "plan.yaml"
    data = json.loads(file.read_text(encoding="utf-8"))
    change(next(claim for claim in data["claims"] if claim["goal"] == goal))
    file.write_text(json.dumps(data), encoding="utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    text = re.sub(r"certificate: [0-9a-f]{64}", f"certificate: {digest}", plan.read_text(encoding="utf-8"))
    plan.write_text(text, encoding="utf-8")
    told = found(waveplan)
    assert [each["code"] for each in told] == ["WP393"]
    assert goal in json.dumps(told)


def test_another_inventory_is_refused(waveplan: Waveplan, folder: Path) -> None:
    inventory = INVENTORY.replace("effort: {dba: 4}", "effort: {dba: 1}")
    (folder / "inventory.yaml").write_text(inventory, encoding="utf-8")
    assert found(waveplan)
