"""The real command, run in a process of its own as people and CI jobs run it: see `command_client`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from support.command_client import GUARD, can_fork, forked

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
    words, folder, names = [*map(str, arguments)], cwd or Path.cwd(), environment(**changes)
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as errors:
        given.write(stdin)
        streams = (given, out, errors)
        given.seek(0)
        code = forked(words, folder, names, streams) if can_fork(names) else _started(words, folder, names, streams)
        out.seek(0)
        errors.seek(0)
        err = errors.read().decode()
        if "--verbose" not in words:
            assert "Traceback" not in err, err
        return Finished(code, out.read().decode(), err)


def _started(words: list[str], folder: Path, names: dict[str, str], streams: Sequence[IO[bytes]]) -> int:
    """A process that begins anew, with an interpreter of its own."""
    given, out, errors = streams
    command = [sys.executable, "-m", "waveplan", *words]
    done = subprocess.run(
        command, stdin=given, stdout=out, stderr=errors, cwd=folder, env=names, timeout=GUARD, check=False
    )
    return done.returncode
