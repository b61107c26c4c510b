"""What an assignment is worth, goal by goal."""

from __future__ import annotations

from fractions import Fraction

from support.inventories import inventory_from
from support.plans import state_plan
from support.solver import placed_in

from waveplan.checking import check
from waveplan.engine.measures import measure
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts

KNOWLEDGE = inventory_from("""
    programme: {name: Knowledge, start: 2026-01-05, deadline: 2026-04-30}
    teams: [{id: ops, person_days_per_week: 10}]
    applications: [{id: erp, effort: {ops: 2}}, {id: crm, effort: {ops: 1}}]
    knowledge_transfers:
      - {id: kt, match: {app: erp}, stages: [{name: immersion, days: 5, effort: {ops: 7}}]}
    policy: {preparation_days: 7, gates: [], hypercare: {hours: 0}}
""")


def test_knowledge_transfer_counts_in_the_peak_wherever_the_first_lot_goes() -> None:
    for slot in ("2026-02-14-weekend", "2026-03-14-weekend"):
        assignment = {"erp": slot, "crm": "2026-02-14-weekend"}
        problem, placed = placed_in(KNOWLEDGE, assignment)
        assert placed is not None
        stated = check(state_plan(KNOWLEDGE, assignment), KNOWLEDGE).metrics.peak_load
        assert measure(problem, placed, "peak_load") == Fraction(stated) >= Fraction(7, 10)


def test_lots_that_keep_their_day_have_not_moved() -> None:
    baseline = state_plan(KNOWLEDGE, {"erp": "2026-02-14-weekend", "crm": "2026-03-14-weekend"})
    facts = PlanningFacts(KNOWLEDGE)
    problem = build_problem(facts, baseline).problem
    days = {lot: problem.baseline_day[lot] for lot in range(len(problem.lots))}
    at = {place.day: place.index for place in problem.positions}
    kept = {lot: at[day] for lot, day in days.items()}
    assert measure(problem, kept, "moved_lots") == 0
    assert measure(problem, {**kept, 0: kept[1]}, "moved_lots") == 1
    assert measure(problem, {0: kept[1], 1: kept[0]}, "moved_lots") == 2
