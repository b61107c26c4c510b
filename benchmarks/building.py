"""What a short limit of time is worth where the model takes long to build.

usage: python benchmarks/building.py [--cases 400/52 1100/52] [--shape web] [--seed 1] [--seconds 2 5] [--cpu 0]

Each case is drawn by planted_instances.py. First the model of the whole is built here, whatever it takes; then
`waveplan solve --goal finish` has so many seconds, in a process of its own. What it takes over its limit is reading,
the calendar, judging the plan and writing it. The plan is checked.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from planted_instances import SHAPES, instance_lines

from waveplan import api
from waveplan.engine.model.assembly import assemble
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts


def main() -> None:
    """Build and solve each case, print the table."""
    given = _arguments()
    if given.cpu is not None:
        os.sched_setaffinity(0, {given.cpu})
    print(
        "| lots | places | CPU seconds to build the model | limit | seconds of the command | its CPU seconds | finish |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    for case in given.cases:
        lots, waves = (int(number) for number in case.split("/"))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "case.yaml"
            text = "".join(f"{line}\n" for line in instance_lines(lots, waves, given.shape, given.seed))
            path.write_text(text, encoding="utf-8")
            places, built = _built(path)
            for limit in given.seconds:
                seconds, cpu, finish = _solved(path, limit, Path(folder) / "plan.yaml")
                figures = f"{built:.1f} | {limit:g} | {seconds:.1f} | {cpu:.1f}"
                print(f"| {lots:,} | {places:,} | {figures} | {finish} |", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", default=["400/52", "1100/52"], metavar="LOTS/WAVES")
    parser.add_argument("--shape", choices=SHAPES, default="web")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", nargs="+", type=float, default=[2.0, 5.0])
    parser.add_argument("--cpu", type=int, help="run on this core alone")
    return parser.parse_args()


def _built(path: Path) -> tuple[int, float]:
    """Places of lots, and CPU seconds that it takes to build the model of the whole."""
    inventory = api.validate(str(path)).inventory
    assert inventory is not None
    problem = build_problem(PlanningFacts(inventory)).problem
    began = time.process_time()
    assemble(problem, {}).goal("finish")
    return sum(len(positions) for positions in problem.allowed), time.process_time() - began


def _solved(path: Path, limit: float, out: Path) -> tuple[float, float, str]:
    """Seconds of the whole command, by the clock and of CPU, and what it says of the goal."""
    out.unlink(missing_ok=True)
    command = ["solve", str(path), "--goal", "finish", "--time-limit", f"{limit:g}", "--quiet", "-o", str(out)]
    began, spent = time.monotonic(), _cpu()
    code = subprocess.run([sys.executable, "-m", "waveplan", *command], check=False, capture_output=True).returncode
    seconds, cpu = time.monotonic() - began, _cpu() - spent
    plan = api.load_plan(str(out)).plan if out.exists() else None
    if plan is None:
        return seconds, cpu, f"no plan (exit {code})"
    result = api.check(str(out), str(path)).result
    assert result is not None
    goal = plan.solve.goals[0]
    wrong = ", WRONG" if result.findings else ""
    return seconds, cpu, f"{goal.value} days, bound {goal.bound}{wrong}"


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
