"""The real command, run in a process of its own as people and CI jobs run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATACENTRE_EXIT = ROOT / "examples" / "datacentre-exit"
_SPOKEN = ("NO_COLOR", "FORCE_COLOR", "WAVEPLAN_LANG", "COLUMNS", "LINES", "PYTHONHASHSEED", "TTY_COMPATIBLE")

SMALL = """\
waveplan: 1
programme: {name: Small exit, start: 2026-01-05, deadline: 2026-12-18}
sites:
  - {id: old, roles: [source], target: new}
  - {id: new, roles: [target]}
links: [{between: [old, new], gbps: 1}]
servers:
  - {id: s1, site: old, disk_gb: 100}
  - {id: s2, site: old, disk_gb: 200}
  - {id: s3, site: old, disk_gb: 200}
applications:
  - {id: crm, servers: [s1, s2], depends_on: [{app: sso}]}
  - {id: sso, servers: [s2]}
  - {id: erp, servers: [s3], depends_on: [{app: sso, order: provider_first, min_gap_days: 7}]}
"""
IMPOSSIBLE = SMALL.replace("{id: erp,", "{id: erp, not_after: 2026-02-10,")


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
