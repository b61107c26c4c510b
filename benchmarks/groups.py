"""How rules about many grow: `python benchmarks/groups.py [--sizes 500 2000] [--shapes apart rules …]`.

Inventories whose rules name ever more: two sides kept apart, one side before another, environments of one family,
as many rules with selectors as applications. Each step runs in a process of its own (scale.py); what is printed is
the processor's seconds and the exponent of growth from one size to the next: 1 is in proportion, 2 is quadratic.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from scale import Measured, measured

HEAD = "waveplan: 1\nprogramme: {name: Groups, start: 2027-01-04, deadline: 2028-12-29}"
STEPS = ("validate", "lots", "build problem", "construct", "check")


def apart(size: int) -> Iterator[str]:
    """Every other application is never in a wave with any of the rest."""
    yield f"{HEAD}\npolicy: {{cadence: [{{min_gap_days: 7}}]}}"
    yield "rules: [{id: r, apart: [{domain: d0}, {domain: d1}]}]\napplications:"
    yield from (f"  - {{id: a{number}, domain: d{number % 2}}}" for number in range(size))


def before(size: int) -> Iterator[str]:
    """Every other application waits for all of the rest."""
    yield f"{HEAD}\nrules: [{{id: r, before: [{{domain: d0}}, {{domain: d1}}]}}]\napplications:"
    yield from (f"  - {{id: a{number}, domain: d{number % 2}}}" for number in range(size))


def environments(size: int) -> Iterator[str]:
    """One family in three environments."""
    yield f"{HEAD}\npolicy: {{environment_order: [test, preprod, prod]}}\napplications:"
    for number in range(size):
        yield f"  - {{id: a{number}, family: f, environment: {('test', 'preprod', 'prod')[number % 3]}}}"


def rules(size: int) -> Iterator[str]:
    """As many rules as applications, each about three of them."""
    yield f"{HEAD}\nsites: [{{id: old, roles: [source], target: new}}, {{id: new, roles: [target]}}]\nservers:"
    yield from (f"  - {{id: s{number}, site: old}}" for number in range(size))
    yield "applications:"
    yield from (f"  - {{id: a{number}, servers: [s{number}]}}" for number in range(size))
    yield "rules:"
    for number in range(size):
        named = ", ".join(f"a{(number * factor + factor // 2) % size}" for factor in (1, 7, 3))
        yield f"  - {{id: r{number}, match: {{app: [{named}]}}, max_per_wave: {{applications: 2}}}}"


SHAPES: dict[str, Callable[[int], Iterator[str]]] = {
    "apart": apart,
    "before": before,
    "environments": environments,
    "rules": rules,
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=(500, 2_000))
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=tuple(SHAPES))
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    given = parser.parse_args()
    print(f"{'shape':<14}{'step':<16}" + "".join(f"{size:>10,}" for size in given.sizes) + f"{'growth':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for shape in given.shapes:
            paths = [_written(shape, size, Path(folder)) for size in given.sizes]
            for step in given.steps:
                found = [measured(step, path) for path in paths]
                print(row(shape, step, given.sizes, found), flush=True)


def row(shape: str, step: str, sizes: list[int], found: list[Measured]) -> str:
    """Seconds by size, and the exponent from the first size to the last."""
    line = f"{shape:<14}{step:<16}" + "".join(f"{each.seconds:>10.2f}" for each in found)
    if len(found) < 2 or found[0].seconds <= 0:
        return line
    return line + f"{math.log(found[-1].seconds / found[0].seconds) / math.log(sizes[-1] / sizes[0]):>10.2f}"


def _written(shape: str, size: int, folder: Path) -> Path:
    path = folder / f"{shape}-{size}.yaml"
    path.write_text("".join(f"{line}\n" for line in SHAPES[shape](size)), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
