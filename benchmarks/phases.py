"""CPU seconds of one inventory: `python benchmarks/phases.py FILE SECONDS` validates, builds, solves and checks it.

Everything is imported, compiled and tried on a small inventory first, so that the figures are of the inventory alone.
`first` is construction and ejection, `model` the building of CP-SAT's model with the goal, where it is not too large to
be built, `search` the making of the compiled search's arrays and one plan judged by them. `solve` is the call with a
limit of so many seconds, its building and its check included; `check` reads plan and inventory again, and `explain`
asks of a lot of the last wave why it stands where it does. Prints one line of JSON; without a plan there are fewer
phases.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path

from waveplan import api
from waveplan.engine.first_plans.construction import construct
from waveplan.engine.model.assembly import assemble
from waveplan.engine.presolve.rounded_problem import stricter
from waveplan.engine.presolve.slimming import slimmed
from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds import finish_bound, wave_bounds
from waveplan.engine.running.clock import Allotment, Clock
from waveplan.engine.running.options import EngineOptions
from waveplan.engine.search import Search
from waveplan.engine.search.searching import Searching
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.foresight.narrowing import narrowed
from waveplan.planning.options import SolveOptions

PHASES = ("validate", "lots", "build", "first", "model", "search", "solve", "check", "explain")
MOST_IN_MODEL = 60_000  # places: more than that `solve` does not model as a whole
SMALL = """
waveplan: 1
programme: {name: Small, start: 2027-01-04, deadline: 2027-06-25}
sites: [{id: old, country: FR, target: new}, {id: new, country: FR}]
servers: [{id: s, site: old}]
teams: [{id: t, country: FR, person_days_per_week: 5}]
applications: [{id: a, servers: [s], effort: {t: 1}}]
"""
Found = dict[str, float | str]


class Stopwatch:
    """CPU seconds by phase: each lasts from the end of the one before it."""

    def __init__(self) -> None:
        self.found: Found = {}
        self._last = time.process_time()

    def end(self, phase: str) -> None:
        """A phase ends here."""
        now = time.process_time()
        self.found[phase] = now - self._last
        self._last = time.process_time()

    def skip(self) -> None:
        """What came before belongs to no phase."""
        self._last = time.process_time()


def phases(source: Path, seconds: float, folder: Path) -> Found:
    """CPU seconds by phase, and what came of the solve."""
    watch = Stopwatch()
    validation = api.validate(str(source))
    watch.end("validate")
    if validation.inventory is None or validation.has_errors:
        return {"status": "invalid"}
    facts = PlanningFacts(validation.inventory)
    assert facts.positions  # which are worked out when first asked for
    watch.end("lots")
    built = narrowed(build_problem(facts))
    watch.end("build")
    _engine(slimmed(built.problem), watch, seconds)
    watch.skip()
    outcome = api.solve(validation, options=SolveOptions(time_limit=seconds))
    watch.end("solve")
    watch.found["status"] = outcome.status
    if outcome.plan is not None:
        plan = folder / "plan.yaml"
        plan.write_text(dump_plan(outcome.plan), encoding="utf-8")
        watch.skip()
        api.check(str(plan), str(source))
        watch.end("check")
        api.explain(outcome.plan, validation.inventory, str(outcome.plan.waves[-1].lots[0]))
        watch.end("explain")
    return watch.found


def _engine(problem: PlanningProblem, watch: Stopwatch, seconds: float) -> None:
    """A first plan, the model and the search's arrays."""
    wave_bound = wave_bounds(problem)
    bounds = {"finish": finish_bound(problem, wave_bound)}
    clock, stop = Clock(EngineOptions(None, 60.0)), threading.Event()
    watch.skip()
    plan = construct(problem)
    if len(plan) < len(problem.lots) or not Searching(problem, 1, 0, clock, stop).accepts(plan):
        plan = (
            Searching(problem, 1, 0, clock, stop).at_once(Allotment(seconds, None), tries=5 * len(problem.lots)) or plan
        )
    watch.end("first")
    if sum(map(len, problem.allowed)) <= MOST_IN_MODEL:
        assemble(problem, bounds).goal("finish")
        watch.end("model")
    Search(stricter(problem), {}, stop).accepts(plan)
    watch.end("search")


def main() -> None:
    """Try a small inventory, then measure the one that is asked for."""
    gc.set_threshold(100_000, 50, 100)  # as a command does
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.yaml"
        small.write_text(SMALL, encoding="utf-8")
        phases(small, 1.0, Path(folder))
        found = phases(Path(sys.argv[1]), float(sys.argv[2]), Path(folder))
    found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
