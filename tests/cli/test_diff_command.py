"""`waveplan diff`: what it says, its data, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

from support.command_line import Waveplan


def later(plan: Path) -> Path:
    """The same plan with one wave's hypercare, and the whole, a day longer."""
    text = plan.read_text(encoding="utf-8")
    finish = next(line for line in text.splitlines() if line.startswith("  finish: "))
    other = plan.with_name("later.yaml")
    other.write_text(text.replace(finish, f"  finish: {int(finish.split()[1]) + 1}"), encoding="utf-8")
    return other


def test_a_plan_and_itself(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("diff", "plan.yaml", "plan.yaml", "--detailed-exitcode")
    assert (done.code, done.out, done.err) == (0, "Nothing differs between the two plans.\n", "")
    assert json.loads(waveplan("diff", "plan.yaml", "plan.yaml", "--json").out)["same"] is True


def test_plans_that_differ(waveplan: Waveplan, small_plan: Path) -> None:
    later(small_plan)
    assert waveplan("diff", "plan.yaml", "later.yaml").code == 0
    done = waveplan("diff", "plan.yaml", "later.yaml", "--detailed-exitcode")
    assert done.code == 2
    assert "+1 day" in done.out
    french = waveplan("diff", "plan.yaml", "later.yaml", "--lang", "fr")
    assert "+1 jour" in french.out
    data = json.loads(waveplan("diff", "plan.yaml", "later.yaml", "--json").out)
    assert (data["waveplan_difference"], data["same"]) == (1, False)
    (finish,) = [goal for goal in data["goals"] if goal["before"] != goal["after"]]
    assert finish["after"] - finish["before"] == 1


def test_errors_are_never_taken_for_differences(waveplan: Waveplan, small_plan: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("waveplan_plan: 1\nwaves: 3\n", encoding="utf-8")
    broken = waveplan("diff", "broken.yaml", "plan.yaml", "--detailed-exitcode")
    assert (broken.code, broken.out) == (1, "")
    assert "broken.yaml:2:8" in broken.err
    assert waveplan("diff", "nowhere.yaml", "plan.yaml", "--detailed-exitcode").code == 1
    assert waveplan("diff", "nowhere.yaml", "plan.yaml").code == 1
    assert waveplan("diff", "-", "-", "--detailed-exitcode").code == 1


def test_one_of_them_can_come_by_a_pipe(waveplan: Waveplan, small_plan: Path) -> None:
    done = waveplan("diff", "-", "plan.yaml", "--detailed-exitcode", stdin=small_plan.read_bytes())
    assert done.code == 0
