"""The real command, run in a process of its own as people and CI jobs run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_STEPS = ROOT / "examples" / "first-steps"
DATACENTRE_EXIT = ROOT / "examples" / "datacentre-exit"
_SPOKEN = ("NO_COLOR", "FORCE_COLOR", "WAVEPLAN_LANG", "COLUMNS", "LINES", "PYTHONHASHSEED", "TTY_COMPATIBLE")


@dataclass(frozen=True)
class Finished:
    """What a run left behind."""

    code: int
    out: str
    err: str


Waveplan = Callable[..., Finished]


def environment(**changes: str) -> dict[str, str]:
    """This process's environment without what would change what waveplan says."""
    kept = {name: value for name, value in os.environ.items() if name not in _SPOKEN}
    return {**kept, "PYTHONIOENCODING": "utf-8", **changes}


def run_waveplan(*arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **changes: str) -> Finished:
    """Run `waveplan` with these arguments; further keywords are environment variables."""
    finished = subprocess.run(
        [sys.executable, "-m", "waveplan", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment(**changes),
        timeout=120,
        check=False,
    )
    err = finished.stderr.decode()
    if "--verbose" not in arguments:
        assert "Traceback" not in err, err
    return Finished(finished.returncode, finished.stdout.decode(), err)
