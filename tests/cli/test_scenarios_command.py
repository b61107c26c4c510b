"""`waveplan scenarios` and `waveplan compare` as they are typed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.command_client import GUARD
from support.command_line import DATACENTRE_EXIT, Waveplan, environment

HEAD = "waveplan_scenarios: 1\ninventory: small.yaml\nscenarios:\n"
TODAY = "  - {id: today, name: As it stands}\n"
LATE = "  - {id: late, name: Customers last, overlay: {applications: [{id: crm, not_before: 2026-06-01}]}}\n"
NEVER = "  - {id: never, overlay: {applications: [{id: erp, not_after: 2026-02-10}]}}\n"
WRONG = "  - {id: wrong, overlay: {servers: [{id: s1, site: nowhere}]}}\n"


@pytest.fixture
def folder(tmp_path: Path, small: Path) -> Path:
    """Where `waveplan` runs, with `small.yaml` in it."""
    return tmp_path


def write(folder: Path, *parts: str) -> None:
    (folder / "scenarios.yaml").write_text(HEAD + "".join(parts), encoding="utf-8")


def test_scenarios_stand_side_by_side(waveplan: Waveplan, folder: Path) -> None:
    write(folder, TODAY, LATE)
    done = waveplan("scenarios", "scenarios.yaml", "--width", "100", "--reproducible")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].split() == ["today", "late"]
    assert sum("today" in line for line in lines) == 2
    assert "late  Customers last" in done.out
    assert "Scenario today (1 of 2)" in done.err
    assert "Scenario late (2 of 2)" in done.err


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((TODAY, WRONG), 1),
        ((NEVER, TODAY), 3),
        ((NEVER, TODAY, WRONG), 3),
    ],
)
def test_a_scenario_without_a_plan_hides_no_other(
    waveplan: Waveplan, folder: Path, parts: tuple[str, ...], code: int
) -> None:
    write(folder, *parts)
    done = waveplan("scenarios", "scenarios.yaml", "--json", "--quiet")
    assert done.code == code
    plans = {plan["id"]: plan for plan in json.loads(done.out)["plans"]}
    assert plans["today"]["status"] == "planned"
    assert plans["today"]["scenario"]["outage_hours_by_organisation"]
    for name, status in (("never", "infeasible"), ("wrong", "findings")):
        if name in plans:
            assert (plans[name]["status"], plans[name]["figures"]) == (status, None)
    if "wrong" in plans:
        assert [finding["code"] for finding in plans["wrong"]["findings"]] == ["WP107"]
        assert "In scenario wrong:" in done.err


def test_no_plan_within_the_limit_is_not_called_impossible(waveplan: Waveplan, folder: Path) -> None:
    write(folder, TODAY)
    text = (folder / "scenarios.yaml").read_text(encoding="utf-8").replace("small.yaml", str(DATACENTRE_EXIT))
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    done = waveplan("scenarios", "scenarios.yaml", "--time-limit", "0.001", "--json", "--quiet")
    assert (done.code, json.loads(done.out)["plans"][0]["status"]) in {(4, "unknown"), (0, "planned")}


def test_findings_of_several_scenarios_are_told_once_with_their_places(waveplan: Waveplan, folder: Path) -> None:
    twice = "  - {id: w1, overlay: wrong.yaml}\n  - {id: w2, overlay: wrong.yaml}\n"
    (folder / "wrong.yaml").write_text("servers:\n  - {id: s1, site: nowhere}\n", encoding="utf-8")
    third = "  - {id: w3, overlay: {servers: [{id: s2, vcpu: many}]}}\n"
    write(folder, twice, third)
    done = waveplan("scenarios", "scenarios.yaml", "--quiet")
    assert done.code == 1
    assert "In scenario w1 and w2:" in done.err
    assert done.err.count("wrong.yaml:2:20: error WP107") == 1
    assert f"scenarios.yaml:6:{third.index('many') + 1}: error WP104" in done.err
    assert "inventory has errors" in done.out


def test_a_file_with_errors_is_not_solved(waveplan: Waveplan, folder: Path) -> None:
    write(folder, TODAY, TODAY, WRONG)
    done = waveplan("scenarios", "scenarios.yaml")
    assert (done.code, done.out) == (1, "")
    assert "WP106" in done.err
    assert "WP107" in done.err  # all at once


def test_another_kind_of_file_and_no_file(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan("scenarios", "small.yaml")
    assert (done.code, "WP125" in done.err) == (1, True)
    assert waveplan("scenarios", "nowhere.yaml").code == 2
    assert waveplan("validate", "nowhere.yaml").code == 2
    write(folder, TODAY)
    done = waveplan("validate", "scenarios.yaml")
    assert (done.code, "file of scenarios" in done.out) == (1, True)


def test_standard_input_names_files_from_here(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan("scenarios", "-", "--quiet", "--json", stdin=(HEAD + TODAY).encode())
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["plans"][0]["status"] == "planned"


def test_plans_are_written_with_the_inventories_they_are_of(waveplan: Waveplan, folder: Path) -> None:
    write(folder, TODAY, LATE, NEVER)
    done = waveplan("scenarios", "scenarios.yaml", "-o", "plans", "--reproducible")
    assert done.code == 3
    assert sorted(file.name for file in (folder / "plans").iterdir()) == [
        "late.inventory.yaml",
        "late.plan.yaml",
        "today.inventory.yaml",
        "today.plan.yaml",
    ]
    for name in ("today", "late"):
        assert waveplan("check", f"plans/{name}.plan.yaml", f"plans/{name}.inventory.yaml").code == 0
    assert waveplan("check", "plans/today.plan.yaml", "plans/late.inventory.yaml").code == 1
    crm = yaml.safe_load((folder / "plans" / "late.inventory.yaml").read_text(encoding="utf-8"))["applications"][0]
    assert (crm["id"], str(crm["not_before"]), crm["servers"]) == ("crm", "2026-06-01", ["s1", "s2"])


def test_output_that_would_be_read_as_the_inventory_is_refused(waveplan: Waveplan, folder: Path) -> None:
    (folder / "inventory").mkdir()
    (folder / "small.yaml").rename(folder / "inventory" / "small.yaml")
    write(folder, TODAY)
    text = (folder / "scenarios.yaml").read_text(encoding="utf-8").replace("small.yaml", "inventory")
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    for output in ("inventory", "inventory/plans", "scenarios.yaml", "no/such/folder"):
        done = waveplan("scenarios", "scenarios.yaml", "-o", output)
        assert (done.code, done.out) == (2, ""), output
        assert output in done.err


def test_reproducible_runs_give_the_same_bytes(waveplan: Waveplan, folder: Path) -> None:
    write(folder, TODAY, LATE)
    texts = []
    for seed in ("1", "77"):
        done = waveplan(
            "scenarios", "scenarios.yaml", "--reproducible", "--json", "-q", "-o", "plans", PYTHONHASHSEED=seed
        )
        assert done.code == 0
        texts.append(done.out + (folder / "plans" / "late.plan.yaml").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]


def test_french(waveplan: Waveplan, folder: Path) -> None:
    write(folder, TODAY, WRONG)
    done = waveplan("scenarios", "scenarios.yaml", "--lang", "fr")
    assert "Première bascule" in done.out
    assert "inventaire erroné" in done.out
    assert "Dans le scénario wrong\u00a0:" in done.err


def test_an_interrupt_keeps_what_was_found(folder: Path) -> None:
    write(folder, TODAY, LATE)
    text = (folder / "scenarios.yaml").read_text(encoding="utf-8").replace("small.yaml", str(DATACENTRE_EXIT))
    text = text.replace(LATE, "  - {id: again}\n")
    (folder / "scenarios.yaml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "waveplan", "scenarios", "scenarios.yaml", "--json", "--time-limit", "900"]
    with subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        for line in run.stderr:
            if "coexistence" in line:
                break
        os.kill(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=GUARD)
    assert run.returncode == 130, err
    assert [plan["status"] for plan in json.loads(out)["plans"]] == ["planned", "interrupted"]


# --- compare -------------------------------------------------------------------------------------------------------


def test_plans_are_compared_without_their_inventories(waveplan: Waveplan, small_plan: Path, tmp_path: Path) -> None:
    (tmp_path / "small.yaml").unlink()
    other = tmp_path / "later.plan.yaml"
    other.write_text(small_plan.read_text(encoding="utf-8"), encoding="utf-8")
    done = waveplan("compare", "plan.yaml", "later.plan.yaml", "--width", "80")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].split() == ["plan", "later"]
    assert "First cutover" in done.out
    assert "Outage" not in done.out
    found = json.loads(waveplan("compare", "plan.yaml", "--json").out)
    assert (found["waveplan_comparison"], found["plans"][0]["scenario"]) == (1, None)
    assert found["plans"][0]["figures"]["waves"] > 1


def test_plans_of_one_name_are_told_apart_by_their_folders(
    waveplan: Waveplan, small_plan: Path, tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "plan.yaml").write_text(small_plan.read_text(encoding="utf-8"), encoding="utf-8")
    plans = json.loads(waveplan("compare", "plan.yaml", "b/plan.yaml", "--json").out)["plans"]
    assert [plan["id"] for plan in plans] == ["plan.yaml", "b/plan.yaml"]


def test_a_plan_that_cannot_be_read_hides_no_other(waveplan: Waveplan, small_plan: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("waveplan_plan: 1\nwaves: 3\n", encoding="utf-8")
    done = waveplan("compare", "broken.yaml", "plan.yaml")
    assert done.code == 1
    assert "broken.yaml:2:8" in done.err
    assert "First cutover" in done.out
    assert waveplan("compare", "nowhere.yaml").code == 1
    assert waveplan("compare").code == 2
