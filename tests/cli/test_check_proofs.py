"""`check --proofs`: bounds that a plan states, against a search."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import Waveplan

INVENTORY = """waveplan: 1
programme: {name: Test, start: 2026-01-05, deadline: 2026-06-18}
policy: {preparation_days: 7}
applications: [{id: crm}, {id: erp, not_before: 2026-02-01}]
objective: {goals: [{goal: finish}, {goal: waves}]}
"""


@pytest.fixture
def plan(tmp_path: Path, waveplan: Waveplan) -> Path:
    """A plan of two applications that is as good as can be."""
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    assert waveplan("solve", "inventory.yaml", "-o", "plan.yaml", "--quiet", "--workers", "1").code == 0
    return tmp_path / "plan.yaml"


def test_what_is_proven_is_as_stated_until_it_is_searched_anew(waveplan: Waveplan, plan: Path) -> None:
    done = waveplan("check", "plan.yaml", "inventory.yaml")
    assert done.out == "plan.yaml: clean\n"
    assert "as stated by the solver" in done.err
    proven = waveplan("check", "plan.yaml", "inventory.yaml", "--proofs")
    assert (proven.code, proven.out) == (0, "plan.yaml: clean\n")
    assert "as stated" not in proven.err
    assert "as stated by the solver" in waveplan("show", "plan.yaml", "--goals", "--width", "200").out


def test_a_forged_optimum_is_proven_wrong(waveplan: Waveplan, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    day = json.loads(waveplan("show", "plan.yaml", "--json").out)["waves"][-1]["date"]
    assert day == "2026-02-07"
    plan.write_text(text.replace("- id: 2026-02-07-weekend", "- id: 2026-02-21-weekend"), encoding="utf-8")
    assert waveplan("refresh", "plan.yaml", "inventory.yaml", "--quiet").code == 0
    later = plan.read_text(encoding="utf-8")
    value = json.loads(waveplan("show", "plan.yaml", "--json").out)["metrics"]["finish"]
    line = next(each for each in later.splitlines() if "goal: finish" in each)
    forged = f"    - {{goal: finish, value: {value}, bound: {value}, gap: 0, status: optimal}}"
    plan.write_text(later.replace(line, forged), encoding="utf-8")

    assert waveplan("check", "plan.yaml", "inventory.yaml").code == 0
    done = waveplan("check", "plan.yaml", "inventory.yaml", "--proofs", "--json")
    found = json.loads(done.out)["findings"]
    assert (done.code, [each["code"] for each in found if each["severity"] == "error"]) == (1, ["WP392"])
