"""Coexistence reached on planted cases, beside a reference and beside peers.

usage: python benchmarks/planted.py [FOLDER] [--seed 1] [--cases 60/12/web …] [--seconds 60=20,200=40,800=90]

FOLDER holds inventories and `references.csv` (file, lots, waves, goal, reference). Without it, cases are drawn by
planted_instances.py; the reference is then the best valid plan of the run. Each is solved by the command line in a
process of its own, each peer too, and every plan is checked.

With `--seconds 60=15,200=60,800=90 --peers` the column "gap" answers for bounds.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measuring import Result, solved, solved_by
from planted_instances import instance_lines
from tables import best_of, print_header, print_results, print_summary

SECONDS = "60=20,200=40,800=90"
CASES = ("60/12/web", "60/12/hub", "200/26/web", "200/26/layered", "800/52/web", "800/52/hub")
PEERS = ("cp-sat", "next-fit", "ordered")


@dataclass(frozen=True)
class Case:
    """An inventory and what is known of it."""

    name: str
    path: Path
    lots: int
    reference: float | None = None


def main() -> None:
    """Solve every case and print the table."""
    given = _arguments()
    limits = seconds_by_lots(given.seconds)
    rows: list[tuple[Result, float | None]] = []
    print_header()
    with tempfile.TemporaryDirectory() as folder:
        kept = given.folder and kept_cases(given.folder)
        for case in kept or drawn_cases(given.cases, given.seed, Path(folder)):
            limit = limit_of(case.lots, limits)
            results = [solved(case.path, limit), *(solved_by(peer, case.path, limit) for peer in given.peers)]
            print_results(case.name, results, case.reference)
            reference = best_of(results) if case.reference is None else case.reference
            rows += [(result, reference) for result in results]
    print_summary(rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=1, help="of the cases that are drawn")
    parser.add_argument("--cases", nargs="+", default=CASES, metavar="LOTS/WAVES/SHAPE")
    parser.add_argument("--seconds", default=SECONDS, metavar="LOTS=SECONDS,…")
    parser.add_argument("--peers", nargs="*", choices=(*PEERS, "annealer"), default=PEERS, help="none: waveplan alone")
    return parser.parse_args()


def kept_cases(folder: Path) -> Iterator[Case]:
    """Cases of a folder, with their references."""
    with (folder / "references.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            name = row["file"].removesuffix(".yaml")
            yield Case(name, folder / row["file"], int(row["lots"]), float(row["reference"]))


def drawn_cases(cases: list[str], seed: int, folder: Path) -> Iterator[Case]:
    """Cases drawn when they are needed, written into a folder."""
    for case in cases:
        lots, waves, shape = case.split("/")
        path = folder / f"{lots}-{waves}-{shape}-{seed}.yaml"
        lines = instance_lines(int(lots), int(waves), shape, seed)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        yield Case(path.stem, path, int(lots))


def seconds_by_lots(text: str) -> dict[int, float]:
    """`60=20,200=40` as numbers."""
    pairs = (pair.split("=") for pair in text.split(","))
    return {int(lots): float(seconds) for lots, seconds in pairs}


def limit_of(lots: int, limits: dict[int, float]) -> float:
    """The seconds for so many lots: those given for the next larger number, or for the largest."""
    return limits[min((known for known in limits if known >= lots), default=max(limits))]


if __name__ == "__main__":
    main()
