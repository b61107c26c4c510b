"""What tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.command_line import Finished, Waveplan, run_waveplan


@pytest.fixture
def waveplan(tmp_path: Path) -> Waveplan:
    """Runs `waveplan` in an empty folder with an empty home."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)

    def run(*arguments: str | Path, stdin: bytes = b"", **changes: str) -> Finished:
        return run_waveplan(*arguments, stdin=stdin, cwd=tmp_path, **{"HOME": str(home), **changes})

    return run
