"""Baselines: a plan that is valid is where a solve starts; one of another programme is told as that."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import yaml
from support.command_line import Waveplan, run_waveplan
from support.made_once import made_once

PLENTY = """\
waveplan: 1
programme: {{name: {name}, start: 2026-01-05, deadline: 2026-07-31}}
applications: [{apps}]
policy: {{preparation_days: 7, gates: [], wave_limits: {{lots: 1}}}}
objective: {{goals: [{{goal: criticality_risk}}]}}
"""
LIMITS = ("--time-limit", "2", "--reproducible", "-q")


def inventory(name: str, apps: str) -> str:
    return PLENTY.format(name=name, apps=", ".join(f"{{id: {app}}}" for app in apps.split()))


OURS, THEIRS = inventory("Ours", "a b c d"), inventory("Theirs", "x y z")


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The plan of each programme, solved once."""
    folder = tmp_path_factory.mktemp("solved")

    def solved(inventory: str) -> str:
        (folder / "inventory.yaml").write_text(inventory, encoding="utf-8")
        assert run_waveplan("solve", "inventory.yaml", "-o", "plan.yaml", *LIMITS, cwd=folder).code == 0
        return (folder / "plan.yaml").read_text(encoding="utf-8")

    return {
        text: made_once(tmp_path_factory, f"{name}.plan.yaml", partial(solved, text))
        for name, text in (("ours", OURS), ("theirs", THEIRS))
    }


@pytest.fixture
def planned(plans: dict[str, str], tmp_path: Path) -> Path:
    (tmp_path / "inventory.yaml").write_text(OURS, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(plans[OURS], encoding="utf-8")
    return tmp_path


def goals(path: Path) -> dict[str, dict[str, str]]:
    plan = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    return {goal["goal"]: goal for goal in plan["solve"]["goals"]}


def test_nothing_moves_from_a_plan_that_is_valid(waveplan: Waveplan, planned: Path) -> None:
    asked = ("--goal", "moved_lots", "--goal", "finish", "--baseline", "plan.yaml")
    assert waveplan("solve", "inventory.yaml", *asked, "-o", "new.yaml", *LIMITS).code == 0
    moved = goals(planned / "new.yaml")["moved_lots"]
    assert (moved["value"], moved["bound"], moved["status"]) == ("0", "0", "optimal")


def test_moves_are_not_counted_from_nowhere(waveplan: Waveplan, planned: Path) -> None:
    done = waveplan("solve", "inventory.yaml", "--goal", "moved_lots", *LIMITS)
    assert done.code == 2
    assert "--baseline" in done.err


@pytest.mark.parametrize(
    "command",
    [
        ("check", "plan.yaml", "theirs.yaml"),
        ("solve", "theirs.yaml", "--baseline", "plan.yaml"),
        ("status", "plan.yaml", "theirs.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-02-01"),
        ("replan", "plan.yaml", "theirs.yaml", "--actuals", "actuals.yaml", "--as-of", "2026-01-06"),
        ("diff", "plan.yaml", "their-plan.yaml"),
    ],
    ids=lambda command: str(command[0]),
)
def test_a_plan_of_another_programme_is_told_as_that_and_nothing_else(
    waveplan: Waveplan, planned: Path, plans: dict[str, str], command: tuple[str, ...]
) -> None:
    (planned / "theirs.yaml").write_text(THEIRS, encoding="utf-8")
    (planned / "their-plan.yaml").write_text(plans[THEIRS], encoding="utf-8")
    (planned / "actuals.yaml").write_text("waveplan_actuals: 1\n", encoding="utf-8")
    done = waveplan(*command)
    said = done.out + done.err
    assert done.code == 1
    assert said.count("WP") == 1
    assert "WP409" in said


def test_a_programme_that_was_renamed_is_still_the_same(waveplan: Waveplan, planned: Path) -> None:
    (planned / "renamed.yaml").write_text(inventory("Renamed", "a b c d"), encoding="utf-8")
    done = waveplan("check", "plan.yaml", "renamed.yaml")
    assert "WP409" not in done.out
