"""CPU seconds of one inventory: `python benchmarks/phases.py FILE SECONDS` validates, builds, solves and checks it.

Everything is imported and tried on a small inventory first, so that the figures are of the inventory alone. `solve` is
the call with a limit of so many seconds, its building and its check included; `check` reads plan and inventory again.
Prints one line of JSON; without a plan there is no `check`.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from waveplan import api
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.options import SolveOptions

SMALL = """
waveplan: 1
programme: {name: Small, start: 2027-01-04, deadline: 2027-06-25}
sites: [{id: old, country: FR, target: new}, {id: new, country: FR}]
servers: [{id: s, site: old}]
teams: [{id: t, country: FR, person_days_per_week: 5}]
applications: [{id: a, servers: [s], effort: {t: 1}}]
"""


def phases(source: Path, seconds: float, folder: Path) -> dict[str, float | str]:
    """CPU seconds by phase, and what came of the solve."""
    clock = [time.process_time()]
    validation = api.validate(str(source))
    clock.append(time.process_time())
    if validation.inventory is None or validation.has_errors:
        return {"status": "invalid"}
    build_problem(PlanningFacts(validation.inventory))
    clock.append(time.process_time())
    outcome = api.solve(validation, options=SolveOptions(time_limit=seconds))
    clock.append(time.process_time())
    found: dict[str, float | str] = {"status": outcome.status}
    if outcome.plan is not None:
        plan = folder / "plan.yaml"
        plan.write_text(dump_plan(outcome.plan), encoding="utf-8")
        clock.append(time.process_time())
        api.check(str(plan), str(source))
        found["check"] = time.process_time() - clock[-1]
    return found | {
        name: after - before
        for name, before, after in zip(("validate", "build", "solve"), clock, clock[1:], strict=False)
    }


def main() -> None:
    """Try a small inventory, then measure the one that is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.yaml"
        small.write_text(SMALL, encoding="utf-8")
        phases(small, 1.0, Path(folder))
        found = phases(Path(sys.argv[1]), float(sys.argv[2]), Path(folder))
    found["MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found))


if __name__ == "__main__":
    main()
