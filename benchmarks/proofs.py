"""Seconds until coexistence is proven optimal: `python benchmarks/proofs.py [--lots 20 24 28] [--seeds 3]`.

Small cases drawn like those of planted.py, four lots to a wave. The whole command is timed, from start to exit; its
limit is 10 s for 20 lots, 30 s for 24, 60 s for more. The peer is plain CP-SAT with the same limit.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measuring import Result, solved, solved_by
from planted import drawn_cases, limit_of, seconds_by_lots
from tables import best_of, print_header, print_results

SECONDS = "20=10,24=30,28=60"
SHAPES = ("web", "hub", "layered")
LOTS_A_WAVE = 4


def main() -> None:
    """Solve every case, print the table and how often and how fast each proved."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lots", type=int, nargs="+", default=(20, 24, 28))
    parser.add_argument("--seeds", type=int, default=3, help="so many cases of each size, in turn of each shape")
    parser.add_argument("--seconds", default=SECONDS, metavar="LOTS=SECONDS,…")
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    limits = seconds_by_lots(given.seconds)
    found: dict[int, list[Result]] = {}
    print_header()
    with tempfile.TemporaryDirectory() as folder:
        for lots in given.lots:
            for seed in range(1, given.seeds + 1):
                wanted = f"{lots}/{lots // LOTS_A_WAVE}/{SHAPES[(seed - 1) % len(SHAPES)]}"
                for case in drawn_cases([wanted], seed, Path(folder)):
                    results = [solved(case.path, limit_of(lots, limits))]
                    if not given.no_peers:
                        results.append(solved_by("cp-sat", case.path, limit_of(lots, limits)))
                    print_results(case.name, results, best_of(results))
                    found.setdefault(lots, []).extend(results)
    print()
    for lots, results in found.items():
        for by in dict.fromkeys(result.by for result in results):
            print(f"{lots} lots, {by}: {_proofs([result for result in results if result.by == by])}")


def _proofs(results: Sequence[Result]) -> str:
    times = sorted(result.seconds for result in results if result.proven)
    said = f"proven {len(times)} of {len(results)}"
    return f"{said}, in {times[0]:.1f} to {times[-1]:.1f} s, middle {times[len(times) // 2]:.1f} s" if times else said


if __name__ == "__main__":
    main()
