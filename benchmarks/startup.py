"""How long commands take to open, each in a fresh process: `python benchmarks/startup.py`.

The limits are those that waveplan promises: help in 0.35 s, a check of the example in 0.8 s. The exit code is 1 when
the best of the runs is over its limit.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "datacentre-exit"
RUNS = 7


def waveplan(*arguments: str | Path) -> float:
    """Seconds that one run takes, from start to exit."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "waveplan", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> int:
    """Show the best and the middle of several runs of each command."""
    within = True
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.yaml"
        waveplan("solve", EXAMPLE, "-o", plan, "--time-limit", "20")
        print(f"{'command':<28}{'best':>8}{'middle':>8}{'limit':>8}")
        for name, arguments, limit in (
            ("--help", ("--help",), 0.35),
            ("--version", ("--version",), 0.35),
            ("check (the example)", ("check", plan, EXAMPLE), 0.8),
            ("show (the example)", ("show", plan), None),
            ("validate (the example)", ("validate", EXAMPLE), None),
            ("lots (the example)", ("lots", EXAMPLE), None),
        ):
            times = sorted(waveplan(*arguments) for _ in range(RUNS))
            print(f"{name:<28}{times[0]:>7.2f}s{times[RUNS // 2]:>7.2f}s{f'{limit}s' if limit else '':>8}")
            within = within and (limit is None or times[0] <= limit)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
