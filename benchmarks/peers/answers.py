"""From an inventory to the problem that peers work on, and from their answers to plans that can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from waveplan.domain.objective import Goal
from waveplan.domain.solve_record import SolveRecord, Versions
from waveplan.engine.goals.measures import measure
from waveplan.engine.goals.state import GoalResult
from waveplan.engine.problem import PlanningProblem
from waveplan.export.plan_json import dump_plan_json
from waveplan.loading import load_inventory
from waveplan.planning.building.problem_builder import Built, build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.stating.plan_builder import build_plan
from waveplan.planning.stating.records import aim_of, record_of


@dataclass(frozen=True)
class Answer:
    """Where each lot starts, and what is proven of the goal."""

    assignment: Mapping[int, int]
    bound: Fraction | None = None
    proven: bool = False


def load_built(inventory: str) -> Built:
    """Read an inventory and put it into integers. Raises ValueError when it cannot be read."""
    loaded = load_inventory(inventory)
    if loaded.inventory is None:
        raise ValueError("; ".join(finding.message for finding in loaded.findings))
    return build_problem(PlanningFacts(loaded.inventory))


def plan_text(built: Built, goal: str, answer: Answer) -> str:
    """The answer as a plan file."""
    problem = with_hypercare_everywhere(built)
    value = measure(problem, answer.assignment, goal)
    asked = Goal(goal=goal)
    found = GoalResult(aim_of(asked), value, answer.bound, answer.proven, 0.0)
    goals = [record_of(found, asked.tolerance, value, False)]
    record = SolveRecord(versions=Versions(waveplan="a peer", ortools="-"), goals=goals)
    return dump_plan_json(build_plan(built.facts, problem, answer.assignment, record, ()))


def with_hypercare_everywhere(built: Built) -> PlanningProblem:
    """The problem with hypercare also where lots may not be: a peer may have put them there."""
    facts = built.facts
    care = []
    for lot, entry in enumerate(facts.lots):
        days = {}
        for position in built.problem.streams[built.problem.lot_stream[lot]].positions:
            span = facts.hypercare_days(facts.positions[position].slot, entry)
            days[position] = (facts.day(span.first), facts.day(span.last))
        care.append(days)
    return replace(built.problem, hypercare=tuple(care))
