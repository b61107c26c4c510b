"""Balance an assembly line by domain-independent dynamic programming (DIDP): `python didp_line.py LINE.json`.

Needs didppy (MIT or Apache-2.0; see benchmarks/requirements.txt) and nothing of waveplan: it may run in an environment
of its own. In: times, orders, cycle, seconds, threads. Printed: stations of the tasks, value, bound, proven.

The usual model for assembly-line balancing of type 1, after Kuroiwa & Beck, Domain-Independent Dynamic Programming:
Anytime Solvers, ICAPS 2023: a state is the set of tasks that are left and the time left in the open station; a new
station is opened only when nothing more fits; three bounds on the stations still needed, LB1 to LB3 of Scholl & Klein.
Solved by complete anytime beam search (CABS).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OPEN = "open"


def model_of(times: list[int], orders: list[list[int]], cycle: int) -> Any:
    """The model: one transition a task, one to open a station."""
    import didppy as dp

    model = dp.Model(maximize=False, float_cost=False)
    tasks = range(len(times))
    kind = model.add_object_type(number=len(times))
    left = model.add_set_var(object_type=kind, target=list(tasks))
    room = model.add_int_resource_var(target=0, less_is_better=False)
    before: list[list[int]] = [[] for _ in tasks]
    for first, second in orders:
        before[second].append(first)
    providers = [model.create_set_const(object_type=kind, value=each) for each in before]
    model.add_base_case([left.is_empty()])
    fits = [left.contains(task) & left.isdisjoint(providers[task]) & (room >= times[task]) for task in tasks]
    for task in tasks:
        effects = [(left, left.remove(task)), (room, room - times[task])]
        model.add_transition(
            dp.Transition(name=str(task), cost=dp.IntExpr.state_cost(), effects=effects, preconditions=[fits[task]])
        )
    opening = dp.Transition(
        name=OPEN,
        cost=dp.IntExpr.state_cost() + 1,
        effects=[(room, cycle)],
        preconditions=[~each for each in fits],
    )
    model.add_transition(opening, forced=True)
    _add_bounds(dp, model, left, room, times, cycle)
    return model


def _add_bounds(dp: Any, model: Any, left: Any, room: Any, times: list[int], cycle: int) -> None:
    """Stations still to be opened: by work, by tasks of half a cycle or more, by tasks of a third or more."""
    work = model.add_int_table(times)
    halves = model.add_int_table([2 if 2 * t > cycle else 1 if 2 * t == cycle else 0 for t in times])
    sixths = model.add_int_table([_sixths(t, cycle) for t in times])
    model.add_dual_bound((work[left] - room + cycle - 1) // cycle)
    model.add_dual_bound((halves[left] + 1) // 2 - (2 * room >= cycle).if_then_else(1, 0))
    model.add_dual_bound((sixths[left] + 5) // 6 - (3 * room >= cycle).if_then_else(1, 0))


def _sixths(time: int, cycle: int) -> int:
    """How much of a station a task takes at least, in sixths, by thirds of the cycle."""
    if 3 * time > 2 * cycle:
        return 6
    if 3 * time == 2 * cycle:
        return 4
    if 3 * time > cycle:
        return 3
    return 2 if 3 * time == cycle else 0


def balance(line: dict[str, Any]) -> dict[str, Any]:
    """The best balance that is found in time."""
    import didppy as dp

    model = model_of(line["times"], line["orders"], line["cycle"])
    solver = dp.CABS(model, threads=line["threads"], time_limit=line["seconds"], quiet=True)
    found = solver.search()
    stations, station = [0] * len(line["times"]), -1
    for transition in found.transitions:
        if transition.name == OPEN:
            station += 1
        else:
            stations[int(transition.name)] = station
    value = None if found.cost is None else int(found.cost)
    bound = None if found.best_bound is None else int(found.best_bound)
    return {"stations": stations, "value": value, "bound": bound, "proven": bool(found.is_optimal)}


if __name__ == "__main__":
    print(json.dumps(balance(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
