"""What an assignment is worth, goal by goal."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support.inventories import inventory_from
from support.plans import state_plan
from support.solver import placed_in

from waveplan.checking import check
from waveplan.engine.goals.measures import measure
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts

KNOWLEDGE = inventory_from("""
    programme: {name: Knowledge, start: 2026-01-05, deadline: 2026-04-30}
    teams: [{id: ops, person_days_per_week: 10}]
    applications: [{id: erp, effort: {ops: 2}}, {id: crm, effort: {ops: 1}}]
    knowledge_transfers:
      - {id: kt, match: {app: [erp, crm]}, stages: [{name: immersion, days: 5, effort: {ops: 7}}]}
    policy: {preparation_days: 7, gates: [], hypercare: {hours: 0}}
""")


@pytest.mark.parametrize(
    ("erp", "crm", "least"),
    [
        ("2026-02-14", "2026-02-14", Fraction(7, 10)),
        ("2026-03-14", "2026-02-14", Fraction(7, 10)),  # the transfer goes before the first of its lots
        ("2026-02-14", "2026-03-14", Fraction(7, 10)),
    ],
)
def test_knowledge_transfer_counts_in_the_peak_wherever_the_first_lot_goes(erp: str, crm: str, least: Fraction) -> None:
    assignment = {"erp": f"{erp}-weekend", "crm": f"{crm}-weekend"}
    problem, placed = placed_in(KNOWLEDGE, assignment)
    assert placed is not None
    stated = check(state_plan(KNOWLEDGE, assignment), KNOWLEDGE).metrics.peak_load
    assert measure(problem, placed, "peak_load") == Fraction(stated) >= least


def test_a_quiet_programme_has_a_peak_below_all_that_its_team_offers_and_may_end_as_it_starts() -> None:
    quiet = inventory_from("""
    programme: {name: Quiet, start: 2026-01-10, deadline: 2026-04-30}
    teams: [{id: ops, person_days_per_week: 10}]
    applications: [{id: a, effort: {ops: 1}}, {id: b, effort: {ops: 2}}, {id: c}]
    calendar: {windows: [{id: w, days: [sat], from: "08:00", hours: 2}]}
    policy: {preparation_days: 7, gates: [], hypercare: {hours: 0}}
    """)
    for waves, peak in (
        (("2026-01-17", "2026-01-17"), Fraction(3, 10)),
        (("2026-01-17", "2026-01-24"), Fraction(2, 10)),
    ):
        problem, placed = placed_in(quiet, {"a": f"{waves[0]}-w", "b": f"{waves[1]}-w", "c": "2026-01-17-w"})
        assert placed is not None
        assert measure(problem, placed, "peak_load") == peak
    first = inventory_from("""
    programme: {name: First, start: 2026-01-10, deadline: 2026-04-30}
    applications: [{id: a}]
    calendar: {windows: [{id: w, days: [sat], from: "08:00", hours: 2}]}
    policy: {preparation_days: 0, gates: [], hypercare: {hours: 0}}
    """)
    problem, placed = placed_in(first, {"a": "2026-01-10-w"})
    assert placed is not None
    assert measure(problem, placed, "finish") == 0
    assert measure(problem, placed, "peak_load") == 0


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
