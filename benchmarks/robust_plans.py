"""Plans that keep their dates more surely: `python benchmarks/robust_plans.py [--confidence 80] [--tries 300]`.

For drawn programmes, with and without room in their calendars: the chance of the solver's plan, the chance reached on
the runs that chose the plan and on fresh ones, what each goal lost, CPU seconds. Any inventory of one's own may be
named, with a file of risks: `--inventory examples/datacentre-exit --risks examples/datacentre-exit.risks.yaml`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Iterator
from random import Random

from waveplan import planning
from waveplan.domain.inventory import Inventory
from waveplan.planning.options import SolveOptions
from waveplan.usecases.robust import make_robust
from waveplan.usecases.validate import load

_LEVELS = ("low", "medium", "high", "critical")


def drawn(seed: int, room: int) -> Inventory:
    """Twelve to twenty applications on weekly nights, so many more of these than three to a night need."""
    random, start = Random(seed), dt.date(2027, 1, 4)
    lots = random.randint(12, 20)
    entries: list[dict[str, object]] = []
    for number in range(lots):
        entry: dict[str, object] = {"id": f"a{number:02}", "criticality": random.choice(_LEVELS)}
        if number and random.random() < 0.3:
            entry["depends_on"] = [{"app": f"a{random.randrange(number):02}", "order": "provider_first"}]
        entries.append(entry)
    weeks = -(-lots // 3) + room + 4  # four go by before the first night
    rates = [{"match": {"criticality": level}, "probability": random.choice((0.05, 0.1, 0.2))} for level in _LEVELS]
    return Inventory.model_validate(
        {
            "waveplan": 1,
            "programme": {"name": f"drawn {seed}", "start": start, "deadline": start + dt.timedelta(weeks=weeks)},
            "calendar": {"windows": [{"id": "sat", "days": ["sat"], "from": "20:00", "hours": 10}]},
            "policy": {"preparation_days": 28, "wave_limits": {"lots": 3}, "hypercare": {"hours": 0}},
            "objective": {"goals": [{"goal": "waves"}, {"goal": "criticality_risk"}]},
            "applications": entries,
            "risks": {"gates": rates, "cutovers": [{"probability": 0.03, "again_days": 7}]},
        }
    )


def inventories(asked: argparse.Namespace) -> Iterator[Inventory]:
    """Those asked for."""
    if asked.inventory is not None:
        found = load(asked.inventory, also=asked.risks or ()).inventory
        assert found is not None
        yield found
        return
    for seed in range(asked.programmes):
        yield drawn(seed, room=seed % 4)


def main() -> None:
    """Print a line for each programme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--confidence", type=int, default=80)
    parser.add_argument("--tries", type=int, default=300)
    parser.add_argument("--programmes", type=int, default=8)
    parser.add_argument("--inventory")
    parser.add_argument("--risks", action="append")
    asked = parser.parse_args()
    options = SolveOptions(time_limit=None, deterministic_limit=10.0, reproducible=True, workers=1)
    print(f"{'programme':24} plain  chosen  fresh  played  CPU s  goals")
    for inventory in inventories(asked):
        plan = planning.solve(inventory, options=options).plan
        if plan is None:
            print(f"{inventory.programme.name:24} no plan")
            continue
        began = time.process_time()
        found = make_robust(inventory, plan, target=asked.confidence / 100, most=asked.tries, workers=1)
        if found is None:
            print(f"{inventory.programme.name:24} cannot be played")
            continue
        goals = ", ".join(f"{each.goal} {each.before} > {each.after}" for each in found.goals)
        chances = f"{found.before:5.1%}  {found.fitted:6.1%}  {found.fresh.value:5.1%}"
        seconds = time.process_time() - began
        print(f"{inventory.programme.name:24} {chances}  {found.tried:6}  {seconds:5.0f}  {goals}", flush=True)


if __name__ == "__main__":
    main()
