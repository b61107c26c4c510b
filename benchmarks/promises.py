"""How promises of time are kept: `python benchmarks/promises.py [--limits 1 5 20] [--only outsourcing] [--cold]`.

Solves inventories of several sizes with limits of so many seconds and tells by how much the whole command passed its
limit; 1 s + 5 % is what is promised. Then it sends SIGINT at moments drawn at random and tells how long the command
still took. With `--cold` nothing is compiled beforehand. What a machine does beside it counts too: have it do nothing.
"""

from __future__ import annotations

import argparse
import os
import random
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
import rollout

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ALLOWED = (1.0, 0.05)  # seconds, and a share of the limit
HEARD = 1.0  # seconds from a signal to the end
PATIENCE = 120.0  # seconds beyond a limit after which a command is ended


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, seconds on the clock and of the processor, seconds after a signal."""

    code: int
    seconds: float
    processor: float
    after_signal: float | None = None


def cases(folder: Path) -> Iterator[tuple[str, Path]]:
    """Names and inventories, small ones first."""
    yield "first-steps", EXAMPLES / "first-steps"
    yield "datacentre-exit", EXAMPLES / "datacentre-exit"
    yield "outsourcing-transition", EXAMPLES / "outsourcing-transition"
    yield "roll-out of 40 sites", _written(folder / "rollout-40.yaml", rollout.inventory_lines(40, 20, 1))
    yield "roll-out of 400 sites", _written(folder / "rollout-400.yaml", rollout.inventory_lines(400, 200, 1))
    yield "10,000 servers", _written(folder / "servers.yaml", generators.inventory_lines(10_000, 3_000, 9_000))


def _written(path: Path, lines: Iterator[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(inventory: Path, limit: float, folder: Path, *, signal_after: float | None = None) -> Ended:
    """Solve an inventory within a limit, and send SIGINT after so many seconds if that is asked for."""
    command = [sys.executable, "-m", "waveplan", "-q", "solve", str(inventory), "--time-limit", f"{limit:g}"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        [*command, "-o", str(folder / "plan.json")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    sent = None
    try:
        if signal_after is not None:
            try:
                process.wait(signal_after)
            except subprocess.TimeoutExpired:
                sent = time.monotonic()
                process.send_signal(signal.SIGINT)
        code = process.wait(limit + PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        code = process.wait()
    ended, after = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ended(code, ended - began, processor, None if sent is None else ended - sent)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limits", type=float, nargs="+", default=[1.0, 5.0, 20.0])
    parser.add_argument("--only", default="", help="inventories whose name holds this word")
    parser.add_argument("--signals", type=int, default=4, help="signals for each inventory")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cold", action="store_true", help="compile nothing beforehand, keep nothing compiled")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chosen = [case for case in cases(folder) if asked.only in case[0]]
        print(f"{'inventory':24}{'limit':>7}{'seconds':>9}{'over':>7}{'CPU':>7}{'exit':>6}  kept")
        for number, (case, inventory) in enumerate(chosen):
            for limit in asked.limits:
                if asked.cold:
                    os.environ["NUMBA_CACHE_DIR"] = str(folder / f"cold-{number}-{limit:g}")
                ended = run(inventory, limit, folder)
                over, (seconds, share) = ended.seconds - limit, ALLOWED
                kept = "yes" if over <= seconds + share * limit else "no"
                row = f"{case:24}{limit:7g}{ended.seconds:9.1f}{over:7.1f}{ended.processor:7.1f}{ended.code:6}  {kept}"
                print(row, flush=True)
        _signals(chosen, asked.signals, random.Random(asked.seed), folder)


def _signals(chosen: list[tuple[str, Path]], count: int, draw: random.Random, folder: Path) -> None:
    print(f"\n{'inventory':24}{'SIGINT at':>10}{'then took':>11}{'exit':>6}  kept")
    for case, inventory in chosen:
        for _ in range(count):
            ended = run(inventory, 30.0, folder, signal_after=draw.uniform(0.3, 15.0))
            if ended.after_signal is None:
                print(f"{case:24}{'':>10}{'ended before':>11}{ended.code:6}")
                continue
            at, kept = ended.seconds - ended.after_signal, "yes" if ended.after_signal <= HEARD else "no"
            print(f"{case:24}{at:10.1f}{ended.after_signal:11.2f}{ended.code:6}  {kept}", flush=True)


if __name__ == "__main__":
    main()
