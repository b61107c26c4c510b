"""How commands bear odd shapes: circles of orders, one huge lot, many sites, nights, rules.

usage: python benchmarks/shapes.py [--only WORD] [--scale TIMES] [--seconds LIMIT]

Two tables. In the first, commands run on shapes of two sizes, in a process of their own: seconds on the clock, highest
memory, exit code. In the second, inventories that are large in one respect are validated, built, solved with a short
limit, checked and explained: CPU seconds of each phase (phases.py). Both say how time grew beside size, as an exponent:
1 is in proportion, 2 is the square. What takes less than a fifth of a second at the larger size has none.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import groups
import odd_inventories

HEAD = "waveplan: 1\nprogramme: {name: Odd shape, start: 2027-01-04, deadline: 2028-12-29}\n"


def circle(size: int) -> Iterator[str]:
    """Applications of which each must come before the next, and the last before the first."""
    yield HEAD + "applications:"
    for number in range(size):
        provider = f"a{(number + 1) % size}"
        yield f"  - {{id: a{number}, depends_on: [{{app: {provider}, order: provider_first}}]}}"


def ladder(size: int) -> Iterator[str]:
    """Circles within circles: each application comes before several others of one ring."""
    yield HEAD + "applications:"
    for number in range(size):
        after = (f"{{app: a{(number + step) % size}, order: provider_first}}" for step in (1, 2, 5))
        yield f"  - {{id: a{number}, depends_on: [{', '.join(after)}]}}"


def huge_lot(size: int) -> Iterator[str]:
    """One lot by hard ties, ten times over its limit."""
    yield HEAD + f"policy: {{lot_limits: {{applications: {max(1, size // 10)}}}}}\napplications:"
    for number in range(size):
        near = [other for other in (number - 1, number // 2) if 0 <= other != number]
        ties = ", ".join(f"{{app: a{each}, coupling: hard, weight: {1 + each % 7}}}" for each in dict.fromkeys(near))
        yield f"  - {{id: a{number}, depends_on: [{ties}]}}"


def chain(size: int) -> Iterator[str]:
    """One lot in which each application is tied to the next only."""
    yield HEAD + "applications:"
    for number in range(size):
        ties = f"{{app: a{number + 1}, coupling: hard}}" if number + 1 < size else ""
        yield f"  - {{id: a{number}, depends_on: [{ties}]}}"


def many_clashes(size: int) -> Iterator[str]:
    """Applications that each bear less downtime than their work takes."""
    yield HEAD + "applications:"
    for number in range(size):
        yield f"  - {{id: a{number}, cutover_hours: 3, max_downtime_hours: 2}}"


@dataclass(frozen=True)
class Shape:
    """An inventory of a shape, and what is asked of it; `{file}` and `{last}` are filled in."""

    name: str
    lines: Callable[[int], Iterator[str]]
    command: tuple[str, ...]
    sizes: tuple[int, int]


SOLVE = ("solve", "{file}", "--time-limit", "5", "-q", "-o", "{file}.plan.yaml")
SHAPES = (
    Shape("circle, validate", circle, ("validate", "{file}"), (1_000, 4_000)),
    Shape("circle, solve in 5 s", circle, SOLVE, (300, 1_000)),
    Shape("ladder, solve in 5 s", ladder, SOLVE, (300, 1_000)),
    Shape("huge lot, solve in 5 s", huge_lot, SOLVE, (500, 1_500)),
    Shape("huge lot, suggest cuts", huge_lot, ("lots", "{file}", "--suggest-cuts"), (300, 600)),
    Shape("huge lot, validate", huge_lot, ("validate", "{file}"), (1_000, 4_000)),
    Shape("chain, lots", chain, ("lots", "{file}"), (1_000, 5_000)),
    Shape("chain, why", chain, ("lots", "{file}", "--why", "a0"), (1_000, 5_000)),
    Shape("chain, why between the ends", chain, ("lots", "{file}", "--why", "a0", "--why", "{last}"), (1_000, 5_000)),
    Shape("many clashes, solve in 5 s", many_clashes, SOLVE, (30, 120)),
)


def measured(shape: Shape, size: int, folder: Path) -> tuple[float, float, int]:
    """Seconds on the clock, MB and exit code of a command on a shape of some size."""
    file = folder / f"{shape.lines.__name__}-{size}.yaml"
    file.write_text("\n".join(shape.lines(size)) + "\n", encoding="utf-8")
    words = [word.format(file=file, last=f"a{size - 1}") for word in shape.command]
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _CHILD, *words], capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    return taken, float(done.stderr.splitlines()[-1]), done.returncode


_CHILD = """
import resource, sys
from waveplan.__main__ import main
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)
"""


@dataclass(frozen=True)
class Grown:
    """An inventory that is large in one respect, in two sizes."""

    name: str
    lines: Callable[[int], Iterator[str]]
    sizes: tuple[int, int]


GROWN = (
    Grown("sites, 20 services and an application each", odd_inventories.sites_and_services, (125, 500)),
    Grown("nights", odd_inventories.nightly, (1_000, 3_650)),
    Grown("freezes", odd_inventories.many_freezes, (750, 3_000)),
    Grown("teams", odd_inventories.many_teams, (50, 200)),
    Grown("zones", odd_inventories.many_zones, (5, 20)),
    Grown("rules", odd_inventories.many_rules, (250, 1_000)),
    Grown("applications in one lot", odd_inventories.one_lot, (1_250, 5_000)),
    Grown("steps of an application", odd_inventories.many_steps, (12, 50)),
    Grown("applications on two sides kept apart", groups.apart, (500, 2_000)),
    Grown("applications, one side before the other", groups.before, (500, 2_000)),
    Grown("applications of one family in three environments", groups.environments, (500, 2_000)),
    Grown("rules about as many applications", groups.rules, (500, 2_000)),
)
SHOWN = ("validate", "lots", "build", "first", "model", "search", "check", "explain")  # of the phases in phases.py
_PHASES = Path(__file__).with_name("phases.py")
_FELT = 0.2  # CPU seconds below which growth is noise


def phases_of(shape: Grown, size: int, seconds: float, folder: Path) -> dict[str, Any]:
    """CPU seconds of each phase, what came of the solve, MB."""
    file = folder / f"{shape.lines.__name__}-{size}.yaml"
    file.write_text("\n".join(shape.lines(size)) + "\n", encoding="utf-8")
    command = [sys.executable, str(_PHASES), str(file), f"{seconds:g}"]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def exponent(sizes: tuple[int, int], taken: tuple[float, float]) -> str:
    """The power of the size with which time grew."""
    if taken[1] < _FELT or min(sizes) == max(sizes):
        return "–"
    return f"{log(taken[1] / max(taken[0], 0.001)) / log(sizes[1] / sizes[0]):.2f}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="Run commands on odd shapes of two sizes.")
    parser.add_argument("--only", help="shapes whose name holds this word")
    parser.add_argument("--scale", type=float, default=1.0, help="times as large")
    parser.add_argument("--seconds", type=float, default=5.0, help="limit of a solve in the second table")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'shape':32}{'size':>7}{'seconds':>9}{'MB':>7}{'exit':>6}{'growth':>8}")
        for shape in SHAPES:
            if given.only is None or given.only in shape.name:
                _show(shape, given.scale, Path(folder))
        print(f"\n| {' | '.join(('shape', 'sizes', *SHOWN, 'solve', 'MB'))} |\n{'| --- ' * (len(SHOWN) + 4)}|")
        for grown in GROWN:
            if given.only is None or given.only in grown.name:
                _grow(grown, given.scale, given.seconds, Path(folder))


def _show(shape: Shape, scale: float, folder: Path) -> None:
    before: tuple[int, float] | None = None
    for size in (max(2, int(each * scale)) for each in shape.sizes):
        taken, megabytes, code = measured(shape, size, folder)
        growth = "" if before is None else exponent((before[0], size), (before[1], taken))
        print(f"{shape.name:32}{size:7}{taken:9.1f}{megabytes:7.0f}{code:6}{growth:>8}", flush=True)
        before = (size, taken)


def _grow(shape: Grown, scale: float, seconds: float, folder: Path) -> None:
    few, many = (max(2, int(each * scale)) for each in shape.sizes)
    less, more = (phases_of(shape, size, seconds, folder) for size in (few, many))
    cells = [shape.name, f"{few:,} · {many:,}", *(_cell(phase, (few, many), (less, more)) for phase in SHOWN)]
    solved = [f"{found['solve']:.1f}" if found["status"] == "planned" else found["status"] for found in (less, more)]
    cells += [" · ".join(solved), f"{more['MB']:.0f}"]
    print(f"| {' | '.join(cells)} |", flush=True)


def _cell(phase: str, sizes: tuple[int, int], found: tuple[dict[str, Any], dict[str, Any]]) -> str:
    """Seconds at both sizes and the exponent of their growth."""
    if any(phase not in each for each in found):
        return " · ".join(f"{each[phase]:.2f}" if phase in each else "–" for each in found)
    taken = found[0][phase], found[1][phase]
    growth = exponent(sizes, taken)
    return f"{taken[0]:.2f} · {taken[1]:.2f}" + ("" if growth == "–" else f" ({growth})")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
