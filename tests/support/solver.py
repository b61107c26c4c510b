"""The solver asked about one given assignment: does its model accept it?"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from waveplan.domain.inventory import Inventory
from waveplan.planning.cp_sat import RunLimits, run
from waveplan.planning.facts import Facts
from waveplan.planning.model.assembly import assemble
from waveplan.planning.problem_builder import build_problem

LIMITS = RunLimits(seconds=None, deterministic=20.0, workers=1, seed=0, interleave=False)


def solver_accepts(inventory: Inventory, assignment: Mapping[str, str]) -> bool:
    """Whether the solver's rules allow the plan that puts each item into a slot (slot ids, without stream)."""
    facts = Facts(inventory)
    problem = build_problem(facts).problem
    slots = {slot.id: index for index, slot in enumerate(facts.slots)}
    if any(not positions for positions in problem.allowed):
        return False
    model = assemble(problem, {})
    for lot, entry in enumerate(facts.lots):
        chosen = {assignment[item.id] for item in entry.items}
        if len(chosen) != 1:
            return False
        position = facts.position(facts.stream_of(entry), slots[chosen.pop()])
        if position not in problem.allowed[lot]:
            return False
        model.fix(lot, position)
    return run(model.model, LIMITS, threading.Event(), lambda *_: None).has_plan
