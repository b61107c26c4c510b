"""Coexistence reached on planted cases, beside a reference.

usage: python benchmarks/planted.py FOLDER [--seconds 60=20,200=40,800=90]

FOLDER holds inventories and `references.csv` (file, lots, waves, goal, reference). Each is solved by the command
line in a process of its own, and its plan checked; a row says value, reference, ratio, bound, seconds and peak memory.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS = {60: 20, 200: 40, 800: 90}
HEADER = ("case", "value", "reference", "ratio", "bound", "seconds", "MB")


def main() -> None:
    """Solve every case of the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", default=",".join(f"{lots}={limit}" for lots, limit in SECONDS.items()))
    arguments = parser.parse_args()
    limits = {int(lots): limit for lots, _, limit in (pair.partition("=") for pair in arguments.seconds.split(","))}
    print("{:<26}{:>10}{:>11}{:>8}{:>8}{:>9}{:>7}".format(*HEADER))
    with (arguments.folder / "references.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            print(
                _solved(arguments.folder / row["file"], float(row["reference"]), limits[int(row["lots"])]), flush=True
            )


def _solved(inventory: Path, reference: float, limit: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "plan.json"
        solve = ["solve", str(inventory), "-o", str(plan), "--format", "json", "--time-limit", limit]
        began = time.perf_counter()
        _waveplan(*solve)
        seconds = time.perf_counter() - began
        _waveplan("check", str(plan), str(inventory))
        goal = json.loads(plan.read_text(encoding="utf-8"))["solve"]["goals"][0]
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024  # the largest so far
    value, bound = float(goal["value"]), float(goal.get("bound", 0))
    figures = (value, reference, value / reference, bound, seconds, megabytes)
    return inventory.name.ljust(26) + "{:>10,.0f}{:>11,.0f}{:>8.3f}{:>8,.0f}{:>9.1f}{:>7}".format(*figures)


def _waveplan(*words: str) -> None:
    command = [sys.executable, "-m", "waveplan", "--quiet", *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
