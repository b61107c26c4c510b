"""Benchmarks as they are run: commands that print a table."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from planted_instances import instance_lines

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
pytestmark = pytest.mark.slow


def run(*words: str, **environment: str) -> str:
    command = [sys.executable, str(BENCHMARKS / words[0]), *words[1:]]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **environment})
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_drawn_case_is_solved_judged_and_printed() -> None:
    printed = run("planted.py", "--cases", "12/3/web", "--seconds", "12=600", "--peers", "next-fit", "ordered")
    rows = [line.split() for line in printed.splitlines() if line.startswith("12-3-web-1")]
    assert [row[1] for row in rows] == ["waveplan", "next-fit", "ordered"]
    assert rows[0][4] == "1.000"  # its plan is valid, and the best of the three
    assert "WRONG" not in printed


def test_growth_is_printed_for_every_command() -> None:
    printed = run("growth.py", "--servers", "20", "40", "--solve-up-to", "0")
    assert [line.split()[:3] for line in printed.splitlines()[1:]] == [
        [servers, command, "0"] for servers in ("20", "40") for command in ("validate", "lots")
    ]


def test_a_roll_out_is_drawn_and_solved() -> None:
    printed = run("rollout.py", "--sites", "8", "--applications", "3", "--seconds", "600")
    assert printed.startswith("limit 600 s: exit 0, ")
    assert "desks/W01" in printed


def test_a_first_plan_is_measured_and_keeps_every_rule() -> None:
    printed = run("first_plans.py", "--only", "datacentre-exit").splitlines()
    assert len(printed) == 2
    assert printed[1].startswith("datacentre-exit")
    assert printed[1].endswith(" waves, 0 findings")


def test_promises_of_time_are_measured() -> None:
    printed = run("promises.py", "--only", "first-steps", "--limits", "20", "--signals", "1").splitlines()
    assert printed[1].split()[0] == "first-steps"
    assert printed[3].split()[1:3] == ["SIGINT", "at"]


@pytest.mark.parametrize("peer", ["next-fit", "ordered"])
def test_a_peer_gives_the_same_plan_everywhere(peer: str, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.yaml"
    inventory.write_text("".join(f"{line}\n" for line in instance_lines(20, 5, "hub", 1)), encoding="utf-8")
    plans = set()
    for seed in ("0", "5"):
        plan = tmp_path / f"{seed}.json"
        run("peers", peer, str(inventory), "-o", str(plan), PYTHONHASHSEED=seed)
        plans.add(plan.read_text(encoding="utf-8"))
    assert len(plans) == 1


def test_the_page_of_a_programme_is_measured() -> None:
    printed = run("pages.py", "--lots", "20", PATH="")
    assert printed.splitlines()[0].endswith(" waves")
    assert printed.splitlines()[1].startswith("written in ")
    assert printed.splitlines()[2] == "no browser"


def test_what_is_planted_in_a_capture_is_looked_for() -> None:
    printed = run("flows.py", "--servers", "40", "--seeds", "1", "--rows", "10")
    assert printed.startswith("seed 1: 40 servers, ")
    assert printed.count("precision") == 4


def test_imports_are_measured() -> None:
    printed = run("imports.py", "--rows", "40", "--csv", "1")
    codes = [line.split()[-3] for line in printed.splitlines()[1:]]
    assert len(codes) >= 4
    assert set(codes) == {"0"}


def test_more_workers_are_measured() -> None:
    words = ("--example", "support-outsourcing", "--pieces", "2", "--limit", "0.2", "--workers", "2", "--runs", "16")
    printed = run("scale_out.py", *words)
    rows = [line.split()[:2] for line in printed.splitlines()[2:]]
    assert rows == [
        ["validate", "this"],
        ["validate", "2"],
        ["portfolio", "this"],
        ["portfolio", "2"],
        ["simulate", "this"],
        ["simulate", "2"],
    ]


def test_growth_of_odd_shapes_is_printed() -> None:
    printed = run("shapes.py", "--only", "steps", "--scale", "0.2", "--seconds", "1")
    cells = [cell.strip() for cell in printed.splitlines()[-1].strip("|").split("|")]
    assert cells[:2] == ["steps of an application", "2 · 10"]
    assert all(float(seconds) >= 0 for cell in (cells[2], cells[4]) for seconds in cell.split(" · "))
    assert len(cells) == 12
    assert int(cells[-1]) > 0


def test_rules_about_many_are_measured() -> None:
    printed = run("groups.py", "--sizes", "20", "40", "--steps", "validate", "build problem")
    assert [line.split()[0] for line in printed.splitlines()[1:]] == [
        shape for shape in ("apart", "before", "environments", "rules") for _ in range(2)
    ]


def test_a_plain_annealer_gives_a_reference() -> None:
    printed = run("planted.py", "--cases", "12/3/web", "--seconds", "12=2", "--peers", "annealer")
    rows = [line.split() for line in printed.splitlines() if line.startswith("12-3-web-1")]
    assert [row[1] for row in rows] == ["waveplan", "annealer"]
    assert "breaks rules" not in printed


def test_certificates_are_measured() -> None:
    kept = BENCHMARKS.parent / "examples"
    names = [str(kept / "support-outsourcing.plan.yaml"), str(kept / "support-outsourcing")]
    printed = run("certificates.py", *names, "--seconds", "0")
    rows = [line.split() for line in printed.splitlines()[1:]]
    assert [row[:4] for row in rows][:1] == [["support-outsourcing", "finish", "274", "274"]]


def test_histories_are_timed_and_their_precision_is_told() -> None:
    printed = run("simulation.py", "--sizes", "12/6", "--runs", "16").splitlines()
    assert [line.split(" runs")[0].split() for line in printed] == [
        ["data-centre", "exit", "16"],
        ["12", "lots,", "6", "slots", "16"],
    ]
    assert len(run("simulation.py", "precision", "--samples", "2", "--runs", "128").splitlines()) == 3


def test_nights_are_scheduled_and_runbooks_written() -> None:
    printed = run("nights.py", "--seeds", "1", "--tasks", "21", "--lots", "2").splitlines()
    assert printed[0].split()[:3] == ["tasks", "at", "once"]
    assert printed[1].split()[0] == "21"
    assert [line.split()[0] for line in printed[3:]] == ["text", "md", "html", "xlsx", "csv", "ics", "json"]


def test_goals_of_a_change_of_providers_are_told() -> None:
    printed = run("provider_changes.py", "--cases", "30/sparse/1", "--seconds", "4", "--own")
    goals = [line.split()[0 if number else 1] for number, line in enumerate(printed.splitlines()[1:5])]
    assert goals == ["finish", "waves", "coexistence", "peak_load"]
    assert "30 lots" in printed or "lots, in all" in printed
