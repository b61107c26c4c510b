"""How promises of time are kept: `python benchmarks/promises.py [--limits 3 5 10 20] [--only outsourcing] [--cold]`.

Solves inventories of several sizes with limits of so many seconds and tells by how much the whole command passed its
limit; 1 s + 5 % is what is promised. Then it sends SIGINT, at moments that are `--every` so many seconds apart or drawn
at random (`--signals`), and tells what the command said it was doing and how long it still took. With `--infeasible`
the inventories are some that have no plan, so that what is timed is the diagnosis too. With `--cold` nothing is
compiled beforehand. What a machine does beside it counts too: have it do nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import generators
import infeasible_instances
import planted_instances
import rollout

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ALLOWED = (1.0, 0.05)  # seconds, and a share of the limit
HEARD = 1.0  # seconds from a signal to the end
PATIENCE = 120.0  # seconds beyond a limit after which a command is ended
STOPPED_AT = 30.0  # the limit of commands that are sent a signal
_SECONDS = re.compile(r"^\s*[\d.,]+ s\s+")


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, seconds on the clock and of the processor; after a signal, so many seconds."""

    code: int
    seconds: float
    processor: float
    after_signal: float | None = None
    phase: str = ""  # what it said last before the signal


def cases(folder: Path) -> Iterator[tuple[str, Path]]:
    """Names and inventories, small ones first."""
    yield "first-steps", EXAMPLES / "first-steps"
    yield "datacentre-exit", EXAMPLES / "datacentre-exit"
    yield "outsourcing-transition", EXAMPLES / "outsourcing-transition"
    yield "roll-out of 40 sites", _written(folder / "rollout-40.yaml", rollout.inventory_lines(40, 20, 1))
    yield "roll-out of 400 sites", _written(folder / "rollout-400.yaml", rollout.inventory_lines(400, 200, 1))
    yield "3,000 lots", _written(folder / "planted.yaml", planted_instances.instance_lines(3000, 104, "web", 1))
    yield "10,000 servers", _written(folder / "servers.yaml", generators.inventory_lines(10_000, 3_000, 9_000))


def without_plan(folder: Path) -> Iterator[tuple[str, Path]]:
    """Names and inventories of about 1,000 lots that no plan can keep."""
    for name, lines in infeasible_instances.instances(1000):
        yield name, _written(folder / f"{name.replace(' ', '-')}.yaml", lines)


def _written(path: Path, lines: Iterator[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(inventory: Path, limit: float, folder: Path, *, signal_after: float | None = None) -> Ended:
    """Solve an inventory within a limit, and send SIGINT after so many seconds if that is asked for."""
    command = [sys.executable, "-m", "waveplan", "solve", str(inventory), "--time-limit", f"{limit:g}"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    said = folder / "said.txt"
    with said.open("wb") as notes:
        process = subprocess.Popen([*command, "-o", str(folder / "plan.json")], stdout=subprocess.DEVNULL, stderr=notes)
    sent, phase = None, ""
    try:
        if signal_after is not None:
            try:
                process.wait(signal_after)
            except subprocess.TimeoutExpired:
                phase, sent = _last_phase(said), time.monotonic()
                process.send_signal(signal.SIGINT)
        code = process.wait(limit + PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
    ended, after = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ended(code, ended - began, processor, None if sent is None else ended - sent, phase)


def _last_phase(said: Path) -> str:
    """What a command is doing by its own word, without figures."""
    lines = [line for line in said.read_text("utf-8", "replace").splitlines() if _SECONDS.match(line)]
    return _SECONDS.sub("", lines[-1]).partition(":")[0] if lines else "starting"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limits", type=float, nargs="*", default=[3.0, 5.0, 10.0, 20.0])
    parser.add_argument("--only", default="", help="inventories whose name holds this word")
    parser.add_argument("--infeasible", action="store_true", help="inventories that have no plan")
    parser.add_argument("--signals", type=int, default=4, help="signals for each inventory, at random")
    parser.add_argument("--every", type=float, help="instead: a signal so many seconds later in each run")
    parser.add_argument("--until", type=float, default=15.0, help="seconds after which no signal is sent")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cold", action="store_true", help="compile nothing beforehand, keep nothing compiled")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kind = without_plan if asked.infeasible else cases
        chosen = [case for case in kind(folder) if asked.only in case[0]]
        _limits(chosen, asked.limits, folder, cold=asked.cold)
        draw = random.Random(asked.seed)
        moments = sorted(draw.uniform(0.3, asked.until) for _ in range(asked.signals))
        if asked.every is not None:
            moments = [asked.every * number for number in range(1, int(asked.until / asked.every) + 1)]
        _signals(chosen, moments, folder)


def _limits(chosen: list[tuple[str, Path]], limits: list[float], folder: Path, *, cold: bool) -> None:
    print(f"{'inventory':24}{'limit':>7}{'seconds':>9}{'over':>7}{'CPU':>7}{'exit':>6}  kept")
    for number, (case, inventory) in enumerate(chosen):
        for limit in limits:
            if cold:
                os.environ["NUMBA_CACHE_DIR"] = str(folder / f"cold-{number}-{limit:g}")
            ended = run(inventory, limit, folder)
            over, (seconds, share) = ended.seconds - limit, ALLOWED
            kept = "yes" if over <= seconds + share * limit else "no"
            row = f"{case:24}{limit:7g}{ended.seconds:9.1f}{over:7.1f}{ended.processor:7.1f}{ended.code:6}  {kept}"
            print(row, flush=True)


def _signals(chosen: list[tuple[str, Path]], moments: list[float], folder: Path) -> None:
    print(f"\n{'inventory':24}{'SIGINT at':>10}{'then took':>11}{'exit':>6}  kept  while")
    for case, inventory in chosen:
        for moment in moments:
            ended = run(inventory, STOPPED_AT, folder, signal_after=moment)
            if ended.after_signal is None:
                print(f"{case:24}{'':>10}{'ended before':>11}{ended.code:6}")
                break
            at, kept = ended.seconds - ended.after_signal, "yes" if ended.after_signal <= HEARD else "no"
            row = f"{case:24}{at:10.1f}{ended.after_signal:11.2f}{ended.code:6}  {kept:4}  {ended.phase}"
            print(row, flush=True)


if __name__ == "__main__":
    main()
