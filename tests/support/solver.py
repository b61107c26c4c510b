"""Model and search asked about one given assignment: do they accept it?"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping

from waveplan.domain.inventory import Inventory
from waveplan.engine.model.assembly import assemble
from waveplan.engine.model.cp_sat import RunLimits, run
from waveplan.engine.model.retirements import RetirementModel
from waveplan.engine.presolve.rounded_problem import stricter
from waveplan.engine.problem import Assignment, PlanningProblem
from waveplan.engine.search import Search
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.retirements.problem import retirement_problem

LIMITS = RunLimits(seconds=None, deterministic=20.0, workers=1, seed=0, interleave=False)


def solver_accepts(inventory: Inventory, assignment: Mapping[str, str], dates: Mapping[str, dt.date] = {}) -> bool:
    """Whether the solver's rules allow the plan that puts each item into a slot (slot ids, without stream).

    `dates` are days of retirements, which are left alone without them.
    """
    problem, placed = placed_in(inventory, assignment)
    if placed is None:
        return False
    model = assemble(problem, {})
    if dates:
        facts = PlanningFacts(inventory)
        retirements = RetirementModel(retirement_problem(facts, problem), model.variables)
        if not retirements.add():
            return False
        for name, day in dates.items():
            retirements.fix(name, facts.day(day))
    for lot, position in placed.items():
        model.fix(lot, position)
    return run(model.model, LIMITS, threading.Event(), lambda *_: None).has_plan


def search_accepts(inventory: Inventory, assignment: Mapping[str, str]) -> bool:
    """Whether the search's own code of the same rules allows it."""
    problem, placed = placed_in(inventory, assignment)
    return placed is not None and Search(stricter(problem), {}, threading.Event()).accepts(placed)


def placed_in(inventory: Inventory, assignment: Mapping[str, str]) -> tuple[PlanningProblem, Assignment | None]:
    """The problem, and where its lots are; None when a lot is torn apart or where its own rules forbid it."""
    facts = PlanningFacts(inventory)
    problem = build_problem(facts).problem
    slots = {slot.id: index for index, slot in enumerate(facts.slots)}
    placed: dict[int, int] = {}
    for lot, entry in enumerate(facts.lots):
        chosen = {assignment[item.id] for item in entry.items}
        if len(chosen) != 1:
            return problem, None
        placed[lot] = facts.position(facts.stream_of(entry), slots[chosen.pop()])
        if placed[lot] not in problem.allowed[lot]:
            return problem, None
    return problem, placed
