"""Lots that a plan moves when one of its waves is frozen, beside the fewest that can.

usage: python benchmarks/replanning.py [--cases 2000/52 3000/52] [--shape web] [--seed 1] [--seconds 15] [--cpu 0]

Each case is drawn by planted_instances.py with the plan that it was drawn for. Then the wave in the middle is frozen,
and `waveplan replan` mends the plan in a process of its own. No plan moves fewer than the lots of that wave.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from planted_instances import SHAPES, Lot, instance_lines, planted_lots, wave_date

from waveplan import api
from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import restate
from waveplan.checking.restating import programme_of
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Metrics, Plan, PlanSlot, Wave
from waveplan.domain.solve_record import SolveRecord, Versions
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning.stating.plan_builder import stated_lot

AS_OF = "2026-01-03"


def main() -> None:
    """Freeze a wave of each case, replan, print the table."""
    given = _arguments()
    print("| lots | waves | in the frozen wave | moved | proven to move at least | seconds | CPU seconds |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for case in given.cases:
        lots, waves = (int(number) for number in case.split("/"))
        with tempfile.TemporaryDirectory() as folder:
            print(_row(lots, waves, given, Path(folder)), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="+", default=["2000/52", "3000/52"], metavar="LOTS/WAVES")
    parser.add_argument("--shape", choices=SHAPES, default="web")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--cpu", type=int, help="run on this core alone")
    return parser.parse_args()


def _row(lots: int, waves: int, given: argparse.Namespace, folder: Path) -> str:
    drawn = planted_lots(lots, waves, given.shape, given.seed)
    text = "".join(f"{line}\n" for line in instance_lines(lots, waves, given.shape, given.seed))
    frozen = waves // 2
    day = wave_date(frozen)
    (folder / "before.yaml").write_text(text, encoding="utf-8")
    freeze = f"calendar:\n  freezes: [{{from: {day}, to: {day}, reason: a fair}}]\n"
    (folder / "after.yaml").write_text(text.replace("calendar:\n", freeze), encoding="utf-8")
    (folder / "actuals.yaml").write_text("waveplan_actuals: 1\n", encoding="utf-8")
    inventory = api.validate(str(folder / "before.yaml")).inventory
    assert inventory is not None
    (folder / "plan.yaml").write_text(dump_plan(_plan(inventory, drawn)), encoding="utf-8")
    began, spent = time.monotonic(), _cpu()
    answer = _replanned(folder, given)
    seconds, cpu = time.monotonic() - began, _cpu() - spent
    new = api.load_plan(str(folder / "new.yaml")).plan
    assert new is not None
    goal = new.solve.goals[0]
    in_wave = sum(lot.wave == frozen for lot in drawn)
    assert api.check(str(folder / "new.yaml"), str(folder / "after.yaml")).result is not None
    return f"| {lots:,} | {waves} | {in_wave} | {len(answer['moved'])} | {goal.bound} | {seconds:.1f} | {cpu:.1f} |"


def _replanned(folder: Path, given: argparse.Namespace) -> dict[str, list[object]]:
    command = [sys.executable, "-m", "waveplan", "replan", "plan.yaml", "after.yaml", "--actuals", "actuals.yaml"]
    command += ["--as-of", AS_OF, "--locked-days", "0", "--time-limit", str(given.seconds), "-o", "new.yaml", "--json"]
    pinned = None if given.cpu is None else (lambda: os.sched_setaffinity(0, {given.cpu}))
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, preexec_fn=pinned)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _plan(inventory: Inventory, drawn: list[Lot]) -> Plan:
    """The plan that the case was drawn for, all of it worked out by the check's code."""
    slots = {slot.date: slot for slot in ChangeCalendar(inventory).slots}
    wave_of = {lot.name: lot.wave for lot in drawn}
    lots = list(api.lots(inventory))
    held: dict[int, list[str]] = defaultdict(list)
    for lot in lots:
        held[next(wave_of[str(item.id)] for item in lot.items if str(item.id) in wave_of)].append(lot.id)
    waves = []
    for number, ids in sorted(held.items()):
        slot = slots[wave_date(number)]
        dated = {"date": slot.date, "preparation_start": slot.date, "hypercare_last_day": slot.date}
        ends = {"point_of_no_return": slot.end, "hypercare_end": slot.end}
        stood = PlanSlot(window=slot.window, start=slot.start, end=slot.end)
        waves.append(Wave.model_validate({"id": slot.id, "number": 1, "slot": stood, "lots": ids, **dated, **ends}))
    zero = Decimal(0)
    plan = Plan(
        programme=programme_of(inventory),
        solve=SolveRecord(versions=Versions(waveplan="0", ortools="0")),
        waves=waves,
        lots=[stated_lot(lot) for lot in lots],
        metrics=Metrics(waves=0, finish=0, coexistence=zero, peak_load=zero, criticality_risk=zero),
    )
    return restate(plan, inventory)


if __name__ == "__main__":
    main()
