"""`waveplan solve` as it is typed: what goes where, exit codes, files written whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.command_client import GUARD
from support.command_line import DATACENTRE_EXIT, IMPOSSIBLE, SMALL, Waveplan, environment


def test_the_view_goes_to_standard_output_and_the_rest_to_standard_error(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("solve", "small.yaml")
    assert done.code == 0
    assert "W02" in done.out
    assert "finish proven optimal" in done.out
    assert "waveplan solve small.yaml -o plan.yaml" in done.err
    assert "Next" not in done.out
    assert "\x1b" not in done.out + done.err


def test_quiet_leaves_only_the_result(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("solve", "small.yaml", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "W02" in done.out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_to_type_next_stands_in_one_column(waveplan: Waveplan, small: Path, language: str) -> None:
    lines = waveplan("solve", "small.yaml", "--lang", language).err.splitlines()[-2:]
    first, second = (line.index("waveplan ") for line in lines)
    assert first == second
    assert lines[1].isascii()
    assert lines[0][:first].strip()
    assert not lines[1][:second].strip()


def test_a_plan_file_and_the_view(waveplan: Waveplan, small: Path, tmp_path: Path) -> None:
    done = waveplan("solve", "small.yaml", "-o", "plan.yaml")
    assert done.code == 0
    assert "W02" in done.out
    assert "Written: plan.yaml" in done.err
    assert "waveplan check plan.yaml small.yaml" in done.err
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8").startswith("waveplan_plan: 1\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home", "plan.yaml", "small.yaml"]
    assert waveplan("check", "plan.yaml", "small.yaml").code == 0


def test_an_existing_plan_is_replaced_and_keeps_its_mode(waveplan: Waveplan, small: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("old")
    plan.chmod(0o640)
    assert waveplan("solve", "small.yaml", "-o", "plan.yaml", "-q").code == 0
    assert plan.read_text(encoding="utf-8") != "old"
    assert plan.stat().st_mode & 0o777 == 0o640


def test_yaml_and_json_say_the_same(waveplan: Waveplan, small: Path, tmp_path: Path) -> None:
    reproducible = ("solve", "small.yaml", "--reproducible", "-q")
    as_yaml = waveplan(*reproducible, "--format", "yaml")
    as_json = waveplan(*reproducible, "--format", "json")
    assert (as_yaml.code, as_json.code) == (0, 0)
    (tmp_path / "a.yaml").write_text(as_yaml.out)
    (tmp_path / "b.json").write_text(as_json.out)
    shown = [json.loads(waveplan("show", name, "--json").out) for name in ("a.yaml", "b.json")]
    assert shown[0] == shown[1] == json.loads(as_json.out)


def test_the_file_name_decides_the_format(waveplan: Waveplan, small: Path, tmp_path: Path) -> None:
    assert waveplan("solve", "small.yaml", "-o", "plan.json", "-q").code == 0
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["waveplan_plan"] == 1
    assert waveplan("solve", "small.yaml", "-o", "plan.txt", "--format", "json", "-q").code == 0
    assert json.loads((tmp_path / "plan.txt").read_text(encoding="utf-8"))["waves"]


def test_an_inventory_from_standard_input(waveplan: Waveplan) -> None:
    done = waveplan("solve", "-", "-o", "-", stdin=SMALL.encode())
    assert done.code == 0
    assert done.out.startswith("waveplan_plan: 1\n")


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (".", "is a folder"),
        ("nowhere/plan.yaml", "there is no folder nowhere"),
        ("small.yaml", "is the inventory itself"),
    ],
)
def test_outputs_that_cannot_be_are_refused_before_the_search(
    waveplan: Waveplan, small: Path, output: str, expected: str
) -> None:
    done = waveplan("solve", "small.yaml", "-o", output)
    assert (done.code, done.out) == (2, "")
    assert expected in done.err
    assert small.read_text(encoding="utf-8") == SMALL


def test_a_plan_is_not_written_among_the_inventory_s_own_files(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "inventory").mkdir()
    (tmp_path / "inventory" / "a.yaml").write_text(SMALL)
    done = waveplan("solve", "inventory", "-o", "inventory/plan.yaml")
    assert (done.code, "read as a part of it" in done.err) == (2, True)
    assert waveplan("solve", "inventory", "-o", "inventory/plan.json", "-q").code == 0


def test_a_full_disk_is_a_message(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("solve", "small.yaml", "-o", "/dev/full", "-q")
    assert (done.code, "/dev/full cannot be written" in done.err) == (2, True)
    assert Path("/dev/full").is_char_device()


def test_an_inventory_with_errors_is_not_planned(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(SMALL.replace("servers: [s3]", "servers: [s4]"))
    done = waveplan("solve", "broken.yaml", "-o", "plan.yaml")
    assert (done.code, done.out) == (1, "")
    assert "broken.yaml:14:25" in done.err
    assert "WP107" in done.err
    assert not (tmp_path / "plan.yaml").exists()


def test_warnings_are_mentioned_and_with_verbose_shown(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "warned.yaml").write_text(SMALL.replace("links: [{between: [old, new], gbps: 1}]\n", ""))
    done = waveplan("solve", "warned.yaml")
    assert done.code == 0
    assert "1 warning (WP119); to read it: waveplan validate warned.yaml" in done.err
    assert "warned.yaml:" in waveplan("solve", "warned.yaml", "--verbose").err


def test_no_plan_is_proven(waveplan: Waveplan, tmp_path: Path) -> None:
    (tmp_path / "impossible.yaml").write_text(IMPOSSIBLE)
    done = waveplan("solve", "impossible.yaml", "-o", "plan.yaml", "--no-diagnosis")
    assert (done.code, done.out) == (3, "")
    assert "proven" in done.err
    assert not (tmp_path / "plan.yaml").exists()


def test_a_baseline_keeps_lots_where_they_were(waveplan: Waveplan, small: Path, small_plan: Path) -> None:
    goals = ("--goal", "moved_lots", "--goal", "finish:5%")
    done = waveplan("solve", "small.yaml", "--baseline", "plan.yaml", *goals, "--format", "json", "-q")
    assert done.code == 0
    plan = json.loads(done.out)
    assert [(goal["goal"], goal["tolerance"]) for goal in plan["solve"]["goals"]] == [
        ("moved_lots", "0"),
        ("finish", "5%"),
    ]
    assert plan["solve"]["goals"][0]["value"] == 0


def test_a_baseline_that_is_no_plan(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("solve", "small.yaml", "--baseline", "small.yaml")
    assert (done.code, done.out) == (1, "")
    assert "WP125" in done.err


def test_reproducible_plans_are_equal_byte_for_byte(waveplan: Waveplan, small: Path) -> None:
    plans = {
        waveplan("solve", "small.yaml", "--reproducible", "--format", "yaml", "-q", PYTHONHASHSEED=seed).out
        for seed in ("0", "1", "4711")
    }
    assert len(plans) == 1
    plan = plans.pop()
    assert plan.startswith("waveplan_plan: 1\n")
    assert "seconds" not in plan


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_and_sigterm_keep_the_best_plan_so_far(tmp_path: Path, sent: signal.Signals, code: int) -> None:
    plan = tmp_path / "plan.yaml"
    command = [sys.executable, "-m", "waveplan", "solve", str(DATACENTRE_EXIT), "-o", str(plan), "--time-limit", "900"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        for line in process.stderr:
            if b"coexistence" in line or b"peak load" in line:  # a first goal is done: there is a plan
                break
        os.kill(process.pid, sent)
        out = process.stdout.read().decode()
        err = process.stderr.read().decode()
        assert process.wait(timeout=GUARD) == code, err
    assert "Traceback" not in err
    assert "best plan" in err
    assert "search interrupted" in out
    assert "\n  interrupted: true\n" in plan.read_text(encoding="utf-8")


def test_a_second_ctrl_c_leaves_at_once(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    command = [sys.executable, "-m", "waveplan", "solve", str(DATACENTRE_EXIT), "-o", str(plan), "--time-limit", "900"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the search has begun
        deadline = time.monotonic() + GUARD
        while process.poll() is None and time.monotonic() < deadline:
            os.kill(process.pid, signal.SIGINT)
            time.sleep(0.005)
        assert process.wait(timeout=GUARD) == 130
        assert b"Traceback" not in process.stderr.read()


def test_a_limit_may_have_any_number_of_decimals(waveplan: Waveplan, small: Path) -> None:
    done = waveplan("solve", "small.yaml", "--time-limit", "13.333333333333334", "--format", "yaml", "--quiet")
    assert (done.code, "13.333333" in done.out) == (0, True), done.err
