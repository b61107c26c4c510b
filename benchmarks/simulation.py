"""How fast histories are played, and how precise they are: `python benchmarks/simulation.py [speed|precision]`.

`speed`: CPU seconds for so many runs, by lots and slots, and of the data-centre exit. `precision`: how far the
mean of several samples of one size scatters, for plain, Latin hypercube and Sobol sampling, on the data-centre exit.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import time
from pathlib import Path

import numpy as np

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.simulation.batches import BatchTask, run_batch
from waveplan.simulation.dates import NEVER, watched_dates
from waveplan.simulation.simulating import scene_for
from waveplan.simulation.staging import Staging, staged
from waveplan.usecases.check import load_plan
from waveplan.usecases.validate import load

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def example() -> tuple[Staging, Inventory]:
    """The data-centre exit with its risks."""
    risks = str(EXAMPLES / "datacentre-exit.risks.yaml")
    inventory = load(str(EXAMPLES / "datacentre-exit"), also=[risks]).inventory
    plan = load_plan(str(EXAMPLES / "datacentre-exit.plan.yaml")).plan
    assert inventory is not None
    assert plan is not None
    return staged(plan, inventory), inventory


def drawn(lots: int, slots: int) -> tuple[Staging, Inventory]:
    """Lots on weekly slots, as many in each, a third of them after an earlier one; planned slot by slot."""
    each, start = -(-lots // slots), dt.date(2027, 1, 4)
    numbers = range(lots)
    entries = []
    for n in numbers:
        entry: dict[str, object] = {"id": f"a{n:04}", "effort": {"team": 1}}
        if n >= each and n % 3 == 0:
            entry["depends_on"] = [{"app": f"a{n - each:04}", "order": "provider_first", "min_gap_days": 1}]
        entries.append(entry)
    inventory = Inventory.model_validate(
        {
            "waveplan": 1,
            "programme": {"name": "drawn", "start": start, "deadline": start + dt.timedelta(weeks=slots + 10)},
            "teams": [{"id": "team", "person_days_per_week": 3 * each}],
            "applications": entries,
            "policy": {"wave_limits": {"lots": each + 2}, "hypercare": {"max_waves_at_once": 2}},
            "risks": {"gates": [{"probability": 0.05}], "cutovers": [{"probability": 0.02, "again_days": 7}]},
        }
    )
    return staged(_in_turn(inventory, each), inventory), inventory


def _in_turn(inventory: Inventory, each: int) -> Plan:
    from waveplan.domain.solve_record import SolveLimit, SolveRecord, Versions
    from waveplan.planning.building.problem_builder import build_problem
    from waveplan.planning.facts.facts import PlanningFacts
    from waveplan.planning.stating.plan_builder import build_plan

    facts = PlanningFacts(inventory)
    problem = build_problem(facts).problem
    free = problem.allowed[0]
    order = sorted(range(len(facts.lots)), key=lambda lot: facts.lots[lot].items[0].id)
    places = {lot: free[number // each] for number, lot in enumerate(order)}
    record = SolveRecord(
        versions=Versions(waveplan="0", ortools="0"), seed=0, workers=1, limit=SolveLimit(), interrupted=False, goals=[]
    )
    return build_plan(facts, problem, places, record, ())


def speed(name: str, staging: Staging, runs: int) -> None:
    """Play, once compiled, and print."""
    scene = scene_for(staging.problem)
    assert scene is not None
    run_batch(scene, BatchTask("sobol", 2, 0, 0))
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    result = run_batch(scene, BatchTask("sobol", runs, 0, 1))
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    slips = float(result.no_goes.sum() + result.backs.sum()) / runs
    peak = after.ru_maxrss // 1024
    print(
        f"{name:24} {runs:6} runs {cpu:7.1f} s CPU {runs / cpu:8.0f} a second {slips:6.2f} slips a run "
        f"{peak:5} MB {time.perf_counter() - began:7.1f} s"
    )


def precision(staging: Staging, inventory: Inventory, samples: int, most: int) -> None:
    """The scatter of the mean delay over so many samples of each kind, and of each size up to the largest."""
    scene = scene_for(staging.problem)
    assert scene is not None
    finish = watched_dates(staging, inventory)[0]
    print(f"{'runs':>6}  plain   latin   sobol   (standard deviation of the mean delay, days, of {samples} samples)")
    for runs in (each for each in (64, 128, 256, 512) if each <= most):
        row = []
        for kind in ("plain", "latin", "sobol"):
            means = []
            for repeat in range(samples):
                days = finish.days(run_batch(scene, BatchTask(kind, runs, 7, repeat)).places)
                means.append(float(np.minimum(days, NEVER).mean()))
            row.append(float(np.std(means, ddof=1)))
        print(f"{runs:6}  " + "  ".join(f"{each:6.3f}" for each in row))


def main() -> None:
    """Print what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "precision"), nargs="?", default="speed")
    parser.add_argument("--sizes", nargs="*", default=["50/26", "200/52", "800/52"], help="lots/slots")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--samples", type=int, default=16)
    asked = parser.parse_args()
    staging, inventory = example()
    if asked.what == "precision":
        precision(staging, inventory, asked.samples, asked.runs)
        return
    speed("data-centre exit", staging, asked.runs)
    for size in asked.sizes:
        lots, slots = map(int, size.split("/"))
        speed(f"{lots} lots, {slots} slots", drawn(lots, slots)[0], asked.runs)


if __name__ == "__main__":
    main()
