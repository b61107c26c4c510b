"""How time and memory grow with an inventory: `python benchmarks/scale.py [--sizes 1000,10000,100000] [--solve]`.

Each step runs in a process of its own, after what it needs: its seconds are the processor's, for that step alone; its
memory is the highest that the process ever held. Growth is time per server × log of the servers, against the size
before: about 1 is the aim, ten times as many servers in proportion. `--solve` adds the whole command.
"""

from __future__ import annotations

import argparse
import io
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generators import inventory_lines


class Chain:
    """What the steps need of one another, each made once, when it is first asked for."""

    def __init__(self, path: str) -> None:
        self.path = path

    def plain(self) -> object:
        """What loading is measured against."""
        import yaml

        with Path(self.path).open(encoding="utf-8") as opened:
            return yaml.load(opened, Loader=yaml.CSafeLoader)

    @cached_property
    def inventory(self) -> Any:
        """Read and validated."""
        from waveplan.api import validate

        validation = validate(self.path)
        wrong = [finding.message for finding in validation.findings if finding.severity == "error"]
        assert validation.inventory is not None and not wrong, wrong[:5]
        return validation.inventory

    @cached_property
    def facts(self) -> Any:
        """Lots, slots and look-ups."""
        from waveplan.planning.facts.facts import PlanningFacts

        facts = PlanningFacts(self.inventory)
        assert facts.positions
        return facts

    @cached_property
    def built(self) -> Any:
        """The integer problem, with what is said before any search."""
        from waveplan.planning.building.problem_builder import build_problem
        from waveplan.planning.foresight.precheck import precheck

        built = build_problem(self.facts)
        assert not precheck(built)
        return built

    @cached_property
    def constructed(self) -> Any:
        """A first plan, with bounds on the waves and the finish."""
        from waveplan.engine.first_plans.construction import construct
        from waveplan.engine.proofs.bounds import finish_bound, wave_bounds

        problem = self.built.problem
        finish_bound(problem, wave_bounds(problem))
        assignment = construct(problem)
        assert len(assignment) == len(problem.lots), f"{len(problem.lots) - len(assignment)} lots without a wave"
        return assignment

    @cached_property
    def plan(self) -> Any:
        """The constructed plan, stated in full."""
        from waveplan.domain.solve_record import SolveLimit, SolveRecord, Versions
        from waveplan.planning.stating.plan_builder import build_plan

        versions = Versions(waveplan="0", ortools="0")
        record = SolveRecord(versions=versions, seed=0, workers=1, limit=SolveLimit(), interrupted=False, goals=[])
        return build_plan(self.facts, self.built.problem, self.constructed, record, [])

    def check(self) -> None:
        """The independent check, which finds nothing wrong."""
        from waveplan.checking import check

        wrong = [finding for finding in check(self.plan, self.inventory).findings if finding.severity == "error"]
        assert not wrong, [finding.message for finding in wrong[:5]]

    def written(self) -> None:
        """The plan file, written and read again."""
        from waveplan.api import load_plan
        from waveplan.export.plan_yaml import dump_plan

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "plan.yaml")
            path.write_text(dump_plan(self.plan), encoding="utf-8")
            loaded = load_plan(str(path))
        assert loaded.plan == self.plan

    def shown(self) -> None:
        """The waves and the summary, as `show` prints them."""
        from rich.console import Console

        from waveplan.render.show import show

        console = Console(file=io.StringIO(), width=100)
        for part in show(self.plan, width=100):
            console.print(part)


# Name → what it needs beforehand, and the step itself.
STEPS: dict[str, tuple[Callable[[Chain], object], Callable[[Chain], object]]] = {
    "CSafeLoader alone": (lambda chain: None, Chain.plain),
    "validate": (lambda chain: None, lambda chain: chain.inventory),
    "lots": (lambda chain: chain.inventory, lambda chain: chain.facts),
    "build problem": (lambda chain: chain.facts, lambda chain: chain.built),
    "construct": (lambda chain: chain.built, lambda chain: chain.constructed),
    "build plan": (lambda chain: chain.constructed, lambda chain: chain.plan),
    "check": (lambda chain: chain.plan, Chain.check),
    "write, read plan": (lambda chain: chain.plan, Chain.written),
    "show plan": (lambda chain: chain.plan, Chain.shown),
}


@dataclass(frozen=True)
class Measured:
    """Seconds of the processor and the peak of memory."""

    seconds: float
    megabytes: float


def run_step(name: str, path: str) -> None:
    """One step, in this process: prints its figures as JSON."""
    before, step = STEPS[name]
    chain = Chain(path)
    before(chain)
    began = time.process_time()
    step(chain)
    seconds = time.process_time() - began
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def measured(name: str, path: Path) -> Measured:
    """One step in a fresh process."""
    command = [sys.executable, __file__, "--step", name, "--inventory", str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(*json.loads(done.stdout.splitlines()[-1]))


def solved(path: Path, limit: int) -> Measured:
    """The whole command: seconds on the clock, and the peak of its memory (that of the largest child so far)."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "waveplan", "solve", str(path), "-o", f"{folder}/plan.yaml"]
        subprocess.run([*command, "--time-limit", str(limit)], check=True)
    seconds = time.perf_counter() - began
    return Measured(seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description="Measure how time and memory grow with an inventory.")
    parser.add_argument("--sizes", default="1000,10000,100000", help="servers, ascending, by commas")
    parser.add_argument("--solve", action="store_true", help="the whole command too, for 10,000 servers")
    parser.add_argument("--time-limit", type=int, default=120, help="of the whole command")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--inventory", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        run_step(given.step, given.inventory)
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.solve:  # first, so that no other child's memory counts
            found = solved(inventory_of(10_000, folder), given.time_limit)
            print(f"solve --time-limit {given.time_limit}: {found.seconds:.0f} s, {found.megabytes:.0f} MB\n")
        before: tuple[int, dict[str, Measured]] | None = None
        for size in map(int, given.sizes.split(",")):
            before = (size, table(size, inventory_of(size, folder), before))


def inventory_of(servers: int, folder: str) -> Path:
    """An inventory of so many servers, with applications and dependencies in proportion."""
    path = Path(folder, f"{servers}.yaml")
    with path.open("w", encoding="utf-8") as opened:
        opened.writelines(f"{line}\n" for line in inventory_lines(servers, servers * 3 // 10, servers * 2))
    return path


def table(size: int, path: Path, before: tuple[int, dict[str, Measured]] | None) -> dict[str, Measured]:
    """Measure all steps for one size, and print them as they come."""
    print(f"{size:,} servers, {path.stat().st_size / 1e6:.1f} MB{'':<12}seconds      MB  growth")
    found: dict[str, Measured] = {}
    for name in STEPS:
        found[name] = measured(name, path)
        line = f"  {name:<30}{found[name].seconds:>10.2f}{found[name].megabytes:>8.0f}"
        if before is not None:
            expected = size * math.log(size) / (before[0] * math.log(before[0]))
            line += f"{found[name].seconds / before[1][name].seconds / expected:>8.2f}"
        print(line, flush=True)
    print()
    return found


if __name__ == "__main__":
    main()
