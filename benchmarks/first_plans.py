"""What of the processor a first, checked plan takes: `python benchmarks/first_plans.py [--only site] [INVENTORY …]`.

Each inventory is planned in a process of its own, nothing compiled beforehand, from the start of the interpreter to the
check of the first plan that is found as a solve finds it. Without inventories: the examples, roll-outs, generated
moves. What is printed is seconds of the processor, which a busy machine does not change much.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import generators
import rollout

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
_CHILD = """
import sys, threading, time
from waveplan import api
from waveplan.checking import check
from waveplan.domain.solve_record import SolveLimit, SolveRecord, Versions
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.first_plans.construction import construct
from waveplan.engine.first_plans.mending import Mender
from waveplan.engine.model.modelling import ModelOptions
from waveplan.engine.running.options import EngineOptions
from waveplan.engine.search.searching import Searching
from waveplan.engine.presolve.slimming import slimmed
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.foresight.narrowing import narrowed
from waveplan.planning.retirements.dating import Waves, first_dates
from waveplan.planning.retirements.joint import placed_by
from waveplan.planning.stating.plan_builder import build_plan

inventory = api.validate(sys.argv[1]).inventory
read = time.process_time()
built = narrowed(build_problem(PlanningFacts(inventory)))
formed = time.process_time()
problem, clock, stop, plan = slimmed(built.problem), Clock(EngineOptions(None, 60.0)), threading.Event(), None
if sum(map(len, problem.allowed)) > 20_000:  # as a solve does: large ones try a simpler list first
    listed = construct(problem)
    whole = len(listed) == len(problem.lots)
    if whole and Mender(problem, ModelOptions(1, 0, True), clock, stop).is_valid(listed, Allotment(None, 60.0)):
        plan = listed
if plan is None:
    plan = Searching(problem, 1, 0, clock, stop).at_once(Allotment(None, 60.0))
found = time.process_time()
findings = "none found"
if plan is not None:
    record = SolveRecord(versions=Versions(waveplan="0", ortools="0"), seed=0, workers=1,
                         limit=SolveLimit(seconds=None, deterministic=60), interrupted=False, goals=[])
    dates = first_dates(Waves(built.facts, placed_by(built, plan))) if built.facts.retirement_work.is_any else None
    stated = build_plan(built.facts, built.problem, plan, record, (), dates)
    findings = f"{len(stated.waves)} waves, {len(check(stated, inventory).findings)} findings"
print(read, formed - read, found - formed, time.process_time(), len(built.problem.lots), findings, sep=";")
"""


def cases(folder: Path) -> Iterator[Path]:
    """Inventories that stand in the repository, and drawn ones."""
    yield from sorted(path for path in EXAMPLES.iterdir() if path.is_dir() and (path / "programme.yaml").exists())
    for sites, applications in ((40, 20), (400, 200)):
        path = folder / f"roll-out-{sites}.yaml"
        path.write_text("\n".join(rollout.inventory_lines(sites, applications, 1)) + "\n", encoding="utf-8")
        yield path
    for servers in (1_000, 10_000):
        path = folder / f"servers-{servers}.yaml"
        lines = generators.inventory_lines(servers, servers * 3 // 10, servers * 9 // 10)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        yield path


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inventories", nargs="*", type=Path)
    parser.add_argument("--only", default="", help="inventories whose name holds this word")
    asked = parser.parse_args()
    print(f"{'inventory':26}{'lots':>6}{'read':>7}{'formed':>8}{'found':>7}{'whole':>7}  plan")
    with tempfile.TemporaryDirectory() as name:
        for number, path in enumerate(asked.inventories or cases(Path(name))):
            if asked.only not in path.name:
                continue
            environment = {**os.environ, "NUMBA_CACHE_DIR": str(Path(name) / f"cold-{number}")}
            command = [sys.executable, "-c", _CHILD, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            if done.returncode:
                raise SystemExit(done.stderr)
            read, formed, found, whole, lots, words = done.stdout.strip().split(";")
            figures = "".join(f"{float(each):{width}.2f}" for each, width in ((read, 7), (formed, 8), (found, 7)))
            print(f"{path.stem:26}{lots:>6}{figures}{float(whole):7.2f}  {words}", flush=True)


if __name__ == "__main__":
    main()
