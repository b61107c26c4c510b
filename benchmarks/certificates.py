"""What certifying costs, and how far it reaches: `python benchmarks/certificates.py [PLAN INVENTORY ...]`.

Without names, the kept plans of the examples. For each goal that states a bound: the bound, the highest that a
certificate proves, its kind and bytes, processor seconds of making it and of verifying it; and of an optimum, the
seconds until CP-SAT has proven it once more without presolve, and what the checker said of its clauses.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from waveplan import api
from waveplan.certificates import verify
from waveplan.certifying import claim_for
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.engine.goals.measures import measure
from waveplan.engine.model.confirming import confirm
from waveplan.engine.running.clock import Clock
from waveplan.engine.running.options import EngineOptions
from waveplan.planning.building.homes import homes_in
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NAMES = ("datacentre-exit", "support-outsourcing", "shared-services", "outsourcing-transition")
HEAD = ("inventory", "goal", "bound", "certified", "kind", "bytes", "make", "verify", "again", "clauses")


def main() -> None:
    """Print a row for each goal of each plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="PLAN INVENTORY")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each second proof by CP-SAT; 0 for none")
    given = parser.parse_args()
    pairs = list(zip(given.names[::2], given.names[1::2], strict=True))
    pairs = pairs or [(str(EXAMPLES / f"{name}.plan.yaml"), str(EXAMPLES / name)) for name in NAMES]
    print(row(HEAD))
    for plan, inventory in pairs:
        read, found = api.load_plan(plan).plan, api.load(inventory).inventory
        assert read is not None
        assert found is not None
        for cells in measured(Path(inventory).name, read, found, given.seconds):
            print(row(cells), flush=True)


def row(cells: tuple[str, ...]) -> str:
    """Cells in columns."""
    widths = (24, 12, 10, 10, 10, 7, 7, 7, 7, 8)
    return " ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def measured(name: str, plan: Plan, inventory: Inventory, seconds: float) -> Iterator[tuple[str, ...]]:
    """The cells of each goal."""
    built = build_problem(PlanningFacts(inventory))
    problem, placed = built.problem, homes_in(built, plan)
    held: dict[str, Fraction] = {}
    for record in plan.solve.goals:
        value = measure(problem, placed, record.goal)
        if record.bound is not None:
            bound = value if record.status == "optimal" else Fraction(record.bound)
            asked = {goal: most for goal, most in held.items() if goal in {"finish", "waves"}}
            began = time.process_time()
            claim = claim_for(problem, record.goal, bound, asked)
            made = time.process_time()
            if claim is not None:
                verify(problem, claim)
            verified = time.process_time()
            again = clauses = "-"
            if record.status == "optimal" and seconds:
                clock = Clock(EngineOptions(time_limit=seconds))
                said = confirm(problem, (record.goal, value), held, clock, 1.0, 0, threading.Event(), lambda: None)
                again, clauses = f"{time.process_time() - verified:.1f}", said.clauses or "-"
                again = again if said.proven else f"> {again}"
            yield (
                name,
                record.goal,
                f"{record.bound:f}",
                "-" if claim is None else f"{float(claim.bound):g}",
                "-" if claim is None else claim.kind,
                "-" if claim is None else str(len(json.dumps(claim.written()))),
                f"{made - began:.2f}",
                f"{verified - made:.2f}",
                again,
                clauses,
            )
        held[record.goal] = value


if __name__ == "__main__":
    main()
