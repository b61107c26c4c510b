"""What opens at once stays so: no solver where nothing is solved, no graph library where none is drawn."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.command_client import GUARD
from support.command_line import environment

HEAVY = {"ortools", "networkx", "pandas", "numpy"}
PAGES = {"babel", "icalendar", "jinja2"}  # what hooks do not install


def packages_loaded_by(*arguments: str, cwd: Path) -> set[str]:
    """Top-level packages that a run imports, as Python itself reports them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "waveplan", *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=GUARD,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)", done.stderr, re.MULTILINE)
    return {name.partition(".")[0] for name in names} | {name for name in names if name.startswith("waveplan.")}


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("solve", "--help"), ("export", "--help"), ("rule", "--help")]
)
def test_help_loads_nothing_heavy(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    loaded = packages_loaded_by(*arguments, cwd=tmp_path)
    assert "typer" in loaded
    assert not loaded & {*HEAVY, "rich", "yaml", "holidays", "waveplan.api", "waveplan.domain.plan"}


def test_a_check_loads_neither_the_solver_nor_the_planner(small_plan: Path) -> None:
    loaded = packages_loaded_by("check", "plan.yaml", "small.yaml", cwd=small_plan.parent)
    assert "waveplan.checking" in loaded
    assert not loaded & {*HEAVY, *PAGES, "waveplan.planning"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("lots", "small.yaml"),
        ("show", "plan.yaml"),
        ("compare", "plan.yaml"),
        ("diff", "plan.yaml", "plan.yaml"),
    ],
)
def test_only_a_solve_loads_the_solver(small_plan: Path, arguments: tuple[str, ...]) -> None:
    assert not packages_loaded_by(*arguments, cwd=small_plan.parent) & {*HEAVY, "waveplan.planning"}


def test_a_validation_foresees_without_the_solver(small_plan: Path) -> None:
    loaded = packages_loaded_by("validate", "small.yaml", cwd=small_plan.parent)
    assert "waveplan.planning.foresight" in loaded
    assert not loaded & {*HEAVY, *PAGES, "numba", "waveplan.planning.solving", "waveplan.engine.model"}
