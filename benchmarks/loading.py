"""How long loading and validating a large inventory takes beside plain YAML: `python benchmarks/loading.py`.

Each time is the best of several runs in this process; the target is a ratio of at most 1.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from generators import inventory_text

from waveplan.api import validate
from waveplan.loading import load_inventory


def seconds(work: Callable[[], object], runs: int) -> float:
    """The best time of several runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def plain_yaml(path: Path) -> object:
    """What the target is measured against."""
    with path.open(encoding="utf-8") as opened:
        return yaml.load(opened, Loader=yaml.CSafeLoader)


def main() -> None:
    """Print a small table."""
    parser = argparse.ArgumentParser(description="Time loading against plain YAML.")
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--applications", type=int, default=3_000)
    parser.add_argument("--dependencies", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    text = inventory_text(given.servers, given.applications, given.dependencies)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "inventory.yaml")
        path.write_text(text, encoding="utf-8")
        loaded = load_inventory(str(path))
        errors = [finding.message for finding in loaded.findings if finding.severity == "error"]
        assert loaded.inventory is not None, errors[:5]
        base = seconds(lambda: plain_yaml(path), given.runs)
        rows = {
            "yaml.load(…, CSafeLoader)": base,
            "load_inventory": seconds(lambda: load_inventory(str(path)), given.runs),
            "api.validate": seconds(lambda: validate(str(path)), given.runs),
        }
    print(f"{given.servers} servers, {given.applications} applications, {given.dependencies} dependencies:", end=" ")
    print(f"{len(text) / 1e6:.1f} MB")
    for name, taken in rows.items():
        print(f"{name:28}{taken:8.2f} s{taken / base:8.2f} ×")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
