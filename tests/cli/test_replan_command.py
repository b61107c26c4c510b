"""`waveplan replan`: what stays, what moves and why, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from support.command_line import Waveplan

INVENTORY = """\
waveplan: 1
programme: {name: Small, start: 2026-01-05, deadline: 2026-07-31}
sites: [{id: old, target: host}, {id: host}]
teams: [{id: ops}]
servers: [{id: s1, site: old}, {id: s2, site: old}, {id: s3, site: old}, {id: s4, site: old}]
external_milestones: [{id: tool, date: 2026-03-02}]
applications:
  - {id: one, servers: [s1]}
  - {id: two, servers: [s2], depends_on: [{app: one, order: provider_first}]}
  - {id: three, servers: [s3], after: [tool]}
  - {id: four, servers: [s4]}
knowledge_transfers:
  - {id: kt, match: {app: four}, stages: [{name: immersion, days: 10, effort: {ops: 1}}]}
policy:
  preparation_days: 7
  gates:
    - {id: go, days_before: 3, decides: true}
    - {id: notice, days_before: 14}
  wave_limits: {lots: 1}
objective: {goals: [{goal: finish}]}
"""
LIMITS = ("--time-limit", "2", "--reproducible")


@pytest.fixture
def running(waveplan: Waveplan, tmp_path: Path) -> dict[str, str]:
    """A solved inventory in the current folder; gives the day of each item's wave, by item."""
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    assert waveplan("solve", "inventory.yaml", "-o", "plan.yaml", *LIMITS).code == 0
    return placed(tmp_path / "plan.yaml")


def placed(path: Path) -> dict[str, str]:
    plan = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    lots = {lot["id"]: lot["items"] for lot in plan["lots"]}
    return {item: wave["id"] for wave in plan["waves"] for lot in wave["lots"] for item in lots[lot]}


def actuals(tmp_path: Path, text: str) -> None:
    (tmp_path / "actuals.yaml").write_text("waveplan_actuals: 1\n" + text, encoding="utf-8")


def replanned(waveplan: Waveplan, as_of: str, *more: str) -> dict[str, object]:
    arguments = ("plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", as_of, "-o", "new.yaml")
    done = waveplan("replan", *arguments, "--json", *LIMITS, *more)
    assert done.code == 0, done.err
    checked = waveplan("check", "new.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", as_of)
    assert checked.code == 0, checked.out
    found: dict[str, object] = json.loads(done.out)
    return found


def day(wave: str) -> str:
    return wave[:10]


def test_a_no_go_moves_its_lot_and_what_must_come_after_it(waveplan, running, tmp_path) -> None:
    first = running["one"]
    actuals(
        tmp_path, f"gates: [{{wave: {first}, gate: go, date: {first[:8]}01, decision: no_go, reason: not ready}}]\n"
    )
    found = replanned(waveplan, f"{first[:8]}01", "--locked-days", "0")
    after = placed(tmp_path / "new.yaml")
    assert after["one"] != first
    assert day(after["two"]) > day(after["one"])
    causes = {moved["lot"][:3]: moved["cause"] for moved in found["moved"]}
    assert causes["one"] == "no_go"
    unmoved = [item for item in running if after[item] == running[item]]
    assert len(unmoved) == 4 - len(found["moved"])


def test_done_waves_stay_and_a_rollback_goes_again_with_its_notice(waveplan, running, tmp_path) -> None:
    order = sorted(running.values())
    actuals(
        tmp_path,
        f"cutovers:\n  - {{wave: {order[0]}, date: {day(order[0])}, result: done}}\n"
        f"  - {{wave: {order[1]}, date: {day(order[1])}, result: rolled_back, reason: slow}}\n",
    )
    back = next(item for item, wave in running.items() if wave == order[1])
    kept = next(item for item, wave in running.items() if wave == order[0])
    found = replanned(waveplan, day(order[1]), "--locked-days", "0")
    after = placed(tmp_path / "new.yaml")
    assert after[kept] == order[0]
    assert found["done"] == 1
    assert [each["cause"] for each in found["moved"] if each["lot"].startswith(back)] == ["rolled_back"]
    new = yaml.load((tmp_path / "new.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    (wave,) = [each for each in new["waves"] if each["id"] == after[back]]
    assert all(gate["date"] >= day(order[1]) for gate in wave["gates"])


def test_a_late_milestone_moves_what_waits_for_it(waveplan, running, tmp_path) -> None:
    actuals(tmp_path, "milestones: [{id: tool, expected: 2026-05-20, reason: late}]\n")
    found = replanned(waveplan, "2026-01-10", "--locked-days", "0")
    after = placed(tmp_path / "new.yaml")
    assert day(after["three"]) >= "2026-05-20"
    (moved,) = [each for each in found["moved"] if each["lot"].startswith("three")]
    assert moved["cause"] == "kept_out"
    assert "WP342" in moved["by"]


def test_a_stage_that_was_half_met_is_held_again_after_its_checkpoint(waveplan, running, tmp_path) -> None:
    plan = yaml.load((tmp_path / "plan.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    (stage,) = [each for each in plan["milestones"] if each["kind"] == "knowledge_stage"]
    record = f"{{milestone: accept kt immersion, date: {stage['date']}, result: half_met, reason: gaps}}"
    waves = sorted(wave for wave in running.values() if day(wave) <= stage["date"])
    done = "".join(f"  - {{wave: {wave}, date: {day(wave)}, result: done}}\n" for wave in waves)
    actuals(tmp_path, f"acceptances: [{record}]\n" + (f"cutovers:\n{done}" if done else ""))
    replanned(waveplan, stage["date"], "--locked-days", "0")
    new = yaml.load((tmp_path / "new.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader)
    (again,) = [each for each in new["milestones"] if each["kind"] == "knowledge_stage"]
    assert again["date"] > stage["date"]
    after = placed(tmp_path / "new.yaml")
    assert day(after["four"]) > running["four"][:10]


def test_an_inventory_that_has_changed_is_absorbed(waveplan, running, tmp_path) -> None:
    text = INVENTORY.replace("  - {id: four, servers: [s4]}\n", "  - {id: five, servers: [s4]}\n").replace(
        "{app: four}", "{app: five}"
    )
    (tmp_path / "inventory.yaml").write_text(text, encoding="utf-8")
    actuals(tmp_path, "gates: []\n")
    found = replanned(waveplan, "2026-01-06", "--locked-days", "0")
    assert [lot.rpartition("-")[0] for lot in found["gone"]] == ["four"]
    assert [each["cause"] for each in found["moved"] if each["lot"].startswith("five")] == ["new"]


def test_a_past_wave_of_which_nothing_is_known_is_asked_for(waveplan, running, tmp_path) -> None:
    actuals(tmp_path, "gates: []\n")
    last = max(running.values())
    arguments = ("plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", day(last), "-o", "new.yaml")
    done = waveplan("replan", *arguments)
    assert (done.code, done.out) == (1, "")
    assert "WP404" in done.err
    assert not (tmp_path / "new.yaml").exists()


def test_imminent_waves_stay_while_there_is_a_plan(waveplan, running, tmp_path) -> None:
    order = sorted(set(running.values()))
    first = order[0]
    actuals(tmp_path, f"gates: [{{wave: {first}, gate: go, date: {day(first)}, decision: no_go, reason: no}}]\n")
    found = replanned(waveplan, day(first), "--locked-days", "200")
    after = placed(tmp_path / "new.yaml")
    if not found["unlocked"]:
        for item, wave in running.items():
            assert wave == first or after[item] == wave


def test_it_speaks_french(waveplan, running, tmp_path) -> None:
    first = running["one"]
    actuals(tmp_path, f"gates: [{{wave: {first}, gate: go, date: {first[:8]}01, decision: no_go, reason: non}}]\n")
    arguments = ("plan.yaml", "inventory.yaml", "--actuals", "actuals.yaml", "--as-of", f"{first[:8]}01")
    done = waveplan("replan", *arguments, "--locked-days", "0", "--lang", "fr", "-q", *LIMITS)
    assert done.code == 0
    assert "un no-go" in done.out
