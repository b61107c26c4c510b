"""What tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import SMALL, Finished, Waveplan, run_waveplan
from support.made_once import made_once


@pytest.fixture
def waveplan(tmp_path: Path) -> Waveplan:
    """Runs `waveplan` in an empty folder with an empty home."""
    home = tmp_path / "home"
    home.mkdir()

    def run(*arguments: str | Path, stdin: bytes = b"", **changes: str) -> Finished:
        return run_waveplan(*arguments, stdin=stdin, cwd=tmp_path, **{"HOME": str(home), **changes})

    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small inventory, `small.yaml`, in the folder in which `waveplan` runs."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def small_plan_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The plan file of the small inventory, solved once."""
    return made_once(tmp_path_factory, "small.plan.yaml", lambda: _solved(tmp_path_factory.mktemp("solved")))


def _solved(folder: Path) -> str:
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")
    done = run_waveplan(
        "solve", "small.yaml", "--format", "yaml", "--reproducible", "--time-limit", "20", "--quiet", cwd=folder
    )
    assert done.code == 0, done.err
    return done.out


@pytest.fixture
def small_plan(tmp_path: Path, small: Path, small_plan_text: str) -> Path:
    """Its plan, `plan.yaml`, in the same folder."""
    file = tmp_path / "plan.yaml"
    file.write_text(small_plan_text, encoding="utf-8")
    return file
