"""The earliest end by what teams offer, against values by hand."""

from __future__ import annotations

import pytest
from support.inventories import inventory_from

from waveplan.engine.proofs.bounds import workload
from waveplan.engine.proofs.bounds.workload import workload_bound
from waveplan.planning import SolveOptions, solve
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts

HEAD = """
waveplan: 1
programme: {name: busy, start: 2027-01-04, deadline: 2027-12-18}
policy: {preparation_days: 7, gates: [], hypercare: {hours: 0}}
"""


def bound(text: str) -> int:
    return workload_bound(build_problem(PlanningFacts(inventory_from(HEAD + text))).problem)


def many(count: int, effort: str) -> str:
    return "applications:\n" + "".join(f"- {{id: a{n}, effort: {{t: {effort}}}}}\n" for n in range(count))


def test_a_team_of_five_days_a_week_needs_a_week_for_each_of_eight() -> None:
    """One lot of 5 person-days a week, from Monday 4 January: the first on Sunday 10, the eighth seven weeks later."""
    text = "teams: [{id: t, person_days_per_week: 5}]\n" + many(8, "5")
    windows = "calendar: {windows: [{id: sun, days: [mon], from: '00:00', hours: 12}]}\n"
    assert bound(text + windows) == 7 * 8
    outcome = solve(inventory_from(HEAD + text + windows), options=SolveOptions(deterministic_limit=10.0, workers=1))
    assert outcome.plan is not None
    assert outcome.plan.metrics.finish == 7 * 8


def test_absence_moves_the_end() -> None:
    text = "teams: [{id: t, person_days_per_week: 5, absences: [{from: 2027-01-11, to: 2027-01-24}]}]\n" + many(4, "5")
    windows = "calendar: {windows: [{id: sun, days: [mon], from: '00:00', hours: 12}]}\n"
    assert bound(text + windows) == 7 * (4 + 2)


def test_without_a_limit_nothing_is_told() -> None:
    assert bound("teams: [{id: t}]\n" + many(4, "5")) == 0


def test_with_one_price_for_all_it_is_weaker_and_still_right(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "teams: [{id: t, person_days_per_week: 5}]\n" + many(8, "5")
    windows = "calendar: {windows: [{id: sun, days: [mon], from: '00:00', hours: 12}]}\n"
    monkeypatch.setattr(workload, "_MOST_PROGRAMMED", 0)
    assert bound(text + windows) == 7 * 8
