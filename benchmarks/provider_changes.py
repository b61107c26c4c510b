"""What a change of providers comes to on one core: value, bound and gap of each goal, and when work on it began.

usage: python benchmarks/provider_changes.py [INVENTORY …] [--cases 217/chain/1 …] [--seconds 60] [--core 0] [--own]
                                         [--seed 0] [--goals finish waves]

Cases are drawn by provider_change_instances.py (lots, shape, seed), unless inventories are named. Each is solved, and
checked, by the library in a process of its own that may run on one core only. Seconds are counted from the start of
that process, CPU seconds are those of all its threads. With `--own` limits count those too: for a machine that is
shared.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import PATIENCE, run_alone
from own_time import count_own_time
from provider_change_instances import instance_lines

CASES = ("80/chain/1", "150/hub/1", "150/chain/2", "217/chain/1", "217/dense/1", "350/chain/1")
ROW = "{:<26}{:<13}{:>10}{:>10}{:>7}{:>8}{:>8}  {}"


def main() -> None:
    """Solve every case and print the table."""
    given = _arguments()
    if given.alone:
        print(json.dumps(_solved_here(given.inventories[0], given)))
        return
    print(ROW.format("instance", "goal", "value", "bound", "gap", "began s", "CPU s", ""), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(each) for each in given.inventories] + list(_drawn(given.cases, Path(folder)))
        for path in paths:
            words = ["--alone", "--seconds", f"{given.seconds:g}", "--core", str(given.core)]
            words += ["--seed", str(given.seed)] + (["--own"] if given.own else [])
            words += ["--goals", *given.goals] if given.goals else []
            ended = run_alone([sys.executable, __file__, str(path), *words], 10 * given.seconds + PATIENCE)
            if ended.code:
                print(f"{path.stem}: {ended.errors.strip().splitlines()[-1:]}", flush=True)
                continue
            _print(path.stem, json.loads(ended.output))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inventories", nargs="*")
    parser.add_argument("--cases", nargs="*", default=None, metavar="LOTS/SHAPE/SEED")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0, help="of the solve, not of the drawn cases")
    parser.add_argument("--own", action="store_true", help="limits count CPU seconds of the process")
    parser.add_argument("--goals", nargs="*", default=None, help="in place of those of the inventory")
    parser.add_argument("--alone", action="store_true", help="solve one inventory here, and print what came of it")
    given = parser.parse_args()
    if given.cases is None:
        given.cases = [] if given.inventories else CASES
    return given


def _drawn(cases: list[str], folder: Path) -> Iterator[Path]:
    for case in cases:
        lots, shape, seed = case.split("/")
        path = folder / f"{lots}-{shape}-{seed}.yaml"
        text = "".join(f"{line}\n" for line in instance_lines(int(lots), shape, int(seed)))
        path.write_text(text, encoding="utf-8")
        yield path


def _solved_here(inventory: str, given: argparse.Namespace) -> dict[str, Any]:
    """Solve in this process, on one core: goals as printed, and what became of the time."""
    os.sched_setaffinity(0, {given.core})
    if given.own:
        count_own_time()
    began = time.monotonic()
    from waveplan import api
    from waveplan.domain.objective import Goal
    from waveplan.engine.running.options import Progress, Watching
    from waveplan.planning.options import SolveOptions

    started: dict[str, tuple[float, float]] = {}

    def tell(progress: Progress) -> None:
        if progress.goal is not None:
            started.setdefault(progress.goal, (time.monotonic() - began, time.process_time()))

    goals = tuple(Goal(goal=each) for each in given.goals) if given.goals else None
    options = SolveOptions(time_limit=given.seconds, goals=goals, seed=given.seed)
    validation = api.validate(inventory)
    outcome = api.solve(validation, options=options, watching=Watching(tell=tell, began=began))
    told = [] if outcome.plan is None else [_told(goal, started) for goal in outcome.plan.solve.goals]
    lots = len(outcome.plan.lots) if outcome.plan is not None else 0
    return {
        "status": outcome.status,
        "goals": told,
        "lots": lots,
        "seconds": time.monotonic() - began,
        "cpu": time.process_time(),
    }


def _told(goal: Any, started: dict[str, tuple[float, float]]) -> dict[str, Any]:
    value, bound = float(goal.value), None if goal.bound is None else float(goal.bound)
    proven = goal.status == "optimal"
    return {"goal": goal.goal, "value": value, "bound": value if proven else bound, "began": started.get(goal.goal)}


def _print(name: str, told: dict[str, Any]) -> None:
    for goal in told["goals"]:
        value, bound = goal["value"], goal["bound"]
        gap = None if bound is None else (value - bound) / value if value else 0.0
        began = goal["began"] or (None, None)
        cells = [_number(value), _number(bound), "–" if gap is None else f"{gap:.0%}"]
        print(ROW.format(name, goal["goal"], *cells, *(_seconds(each) for each in began), "").rstrip())
        name = ""
    whole = f"{told['lots']} lots, in all" if told["goals"] else f"no plan: {told['status']}"
    print(ROW.format(name, whole, "", "", "", _seconds(told["seconds"]), _seconds(told["cpu"]), ""), flush=True)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3f}".rstrip("0").rstrip(".")


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f}"


if __name__ == "__main__":
    main()
