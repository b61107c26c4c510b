"""What benchmarks share: one plan made in a process of its own and checked in another, with its time and memory.

Peers are run the same way as waveplan, so that start-up, reading the inventory and memory count for all alike.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PEERS = Path(__file__).resolve().parent / "peers"
WAVEPLAN = "waveplan"
PATIENCE = 180.0  # seconds beyond its limit after which a process that does not end is ended
NO_PLAN = {3: "proven that there is none", 4: "no plan in time"}  # exit codes of `waveplan solve`


@dataclass(frozen=True)
class Finished:
    """A process that has ended: exit code, seconds, peak MB of it alone (of its memory, not of this process)."""

    code: int
    seconds: float
    megabytes: int
    output: str
    errors: str


@dataclass(frozen=True)
class Result:
    """What was reached at the first goal of an instance, and by whom."""

    by: str
    value: float | None = None
    bound: float | None = None
    proven: bool = False
    seconds: float = 0.0
    megabytes: int = 0
    broken: int = 0  # findings of the check
    remark: str = ""

    @property
    def valid(self) -> bool:
        """Whether there is a plan that keeps every rule."""
        return self.value is not None and not self.broken

    @property
    def gap(self) -> float | None:
        """How far the bound is below the value, as a share of the value."""
        if self.value is None or self.bound is None or not self.valid:
            return None
        return (self.value - self.bound) / self.value if self.value else 0.0


def run_alone(command: list[str], limit: float) -> Finished:
    """Run a command to its end, or for `limit` seconds.

    The kernel counts this process's own memory at the start towards the command's peak: keep it small, and import
    nothing heavy here.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, stdin=subprocess.DEVNULL)
        clock = threading.Timer(limit, process.kill)
        clock.start()
        _, status, usage = os.wait4(process.pid, 0)
        clock.cancel()
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (output, errors):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    return Finished(process.returncode, seconds, usage.ru_maxrss // 1024, *texts)


def solved(inventory: Path, seconds: float, *options: str) -> Result:
    """What `waveplan solve` reaches in so many seconds."""
    command = [sys.executable, "-m", "waveplan", "--quiet", "solve", str(inventory), "--format", "json"]
    return _planned(WAVEPLAN, [*command, "--time-limit", f"{seconds:g}", *options], inventory, seconds)


def solved_by(peer: str, inventory: Path, seconds: float) -> Result:
    """What a peer reaches: see `peers/__main__.py` for their names."""
    command = [sys.executable, str(PEERS), peer, str(inventory), "--seconds", f"{seconds:g}"]
    return _planned(peer, command, inventory, seconds)


def _planned(by: str, command: list[str], inventory: Path, seconds: float) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.json"
        ended = run_alone([*command, "-o", str(plan)], seconds + PATIENCE)
        result = Result(by, seconds=ended.seconds, megabytes=ended.megabytes)
        if not plan.exists():
            last = ended.errors.strip().splitlines()[-1:] or [f"exit code {ended.code}"]
            return replace(result, remark=NO_PLAN.get(ended.code, last[0]))
        goal = json.loads(plan.read_text(encoding="utf-8"))["solve"]["goals"][0]
        bound = None if goal.get("bound") is None else float(goal["bound"])
        result = replace(result, value=float(goal["value"]), bound=bound, proven=goal["status"] == "optimal")
        return _judged(result, _check(plan, inventory))


def _judged(result: Result, findings: list[dict[str, Any]]) -> Result:
    """The result, with what `waveplan check` says of its plan."""
    broken = [finding["code"] for finding in findings if finding["severity"] == "error"]
    if broken:
        remark = f"breaks rules {len(broken)} times: {', '.join(sorted(set(broken)))}"
        return replace(result, broken=len(broken), proven=False, remark=remark)
    return replace(result, remark="proven" if result.proven else "")


def _check(plan: Path, inventory: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "waveplan", "--quiet", "check", str(plan), str(inventory), "--json"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    with contextlib.suppress(json.JSONDecodeError):
        return json.loads(ended.stdout)["findings"]
    raise RuntimeError(f"the check itself failed: {ended.stderr}")
