"""Seconds and memory of whole commands as inventories grow.

usage: python benchmarks/growth.py [--servers 1000 10000 100000]

Inventories of generators.py with 3 applications and 20 dependencies for every 10 servers. Commands that read and judge
come first, with their growth from one size to the next, as a multiple of n · log n: 1.0 is n · log n, less is better.
Then `solve` up to `--solve-up-to` servers, with each limit of `--seconds`: exit code 0 is a plan that passed its check.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from math import log
from pathlib import Path

from generators import inventory_lines
from measuring import Finished, run_alone

READING = ("validate", "lots")
ROW = "{:>9} {:<24}{:>6}{:>10}{:>8}{:>10}  {}"
PATIENCE = 900.0


def main() -> None:
    """Run every command on every size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", type=int, nargs="+", default=(1_000, 10_000, 100_000))
    parser.add_argument("--solve-up-to", type=int, default=10_000, metavar="SERVERS")
    parser.add_argument("--seconds", type=float, nargs="*", default=(10.0, 120.0), help="limits of solve")
    given = parser.parse_args()
    print(ROW.format("servers", "command", "exit", "seconds", "MB", "n log n", "").rstrip())
    before: dict[str, tuple[int, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for servers in sorted(given.servers):
            path = Path(folder) / f"{servers}.yaml"
            lines = inventory_lines(servers, servers * 3 // 10, servers * 2)
            with path.open("w", encoding="utf-8") as opened:
                opened.writelines(f"{line}\n" for line in lines)
            for command in READING:
                ended = _waveplan(command, str(path), "--max-size", "1000")
                growth = _growth(before.get(command), (servers, ended.seconds))
                before[command] = (servers, ended.seconds)
                _print(servers, command, ended, growth)
            for seconds in given.seconds if servers <= given.solve_up_to else ():
                _solve(servers, path, seconds)


def _solve(servers: int, path: Path, seconds: float) -> None:
    plan = str(path.with_suffix(".json"))
    limit = ("--time-limit", f"{seconds:g}")
    ended = _waveplan("solve", str(path), "-o", plan, *limit, "--max-size", "1000")
    _print(servers, f"solve, limit {seconds:g} s", ended, None)
    if ended.code == 0:
        _print(servers, "check", _waveplan("check", plan, str(path), "--max-size", "1000"), None)


def _waveplan(*words: str) -> Finished:
    return run_alone([sys.executable, "-m", "waveplan", "--quiet", *words], PATIENCE)


def _growth(before: tuple[int, float] | None, now: tuple[int, float]) -> float | None:
    """Growth of the time over growth of n · log n."""
    if before is None:
        return None
    (fewer, less), (many, more) = before, now
    return (more / less) / (many * log(many) / (fewer * log(fewer)))


def _print(servers: int, command: str, ended: Finished, growth: float | None) -> None:
    shown = "–" if growth is None else f"{growth:.2f} ×"
    last = "" if ended.code == 0 else (ended.errors.strip().splitlines() or [""])[-1][:60]
    words = ROW.format(f"{servers:,}", command, ended.code, f"{ended.seconds:.1f}", ended.megabytes, shown, last)
    print(words.rstrip(), flush=True)


if __name__ == "__main__":
    main()
