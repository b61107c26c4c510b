"""The earliest end by what teams offer, against values by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.inventories import inventory_from

from waveplan.engine.problem.limits import Budget
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


def _busy(count: int, budgets: Callable[[Budget], Budget]) -> int:
    """The bound of lots of 5 person-days for a team that offers as many a week, with its budgets changed."""
    text = "teams: [{id: t, person_days_per_week: 5}]\n" + many(count, "5")
    windows = "calendar: {windows: [{id: sun, days: [mon], from: '00:00', hours: 12}]}\n"
    problem = build_problem(PlanningFacts(inventory_from(HEAD + text + windows))).problem
    return workload_bound(replace(problem, budgets=tuple(map(budgets, problem.budgets))))


def test_what_holds_only_where_some_wave_stands_proves_nothing() -> None:
    assert _busy(8, lambda budget: budget) == 7 * 8
    assert _busy(8, lambda budget: replace(budget, when=(budget.terms[0][1],))) == 0


def test_weeks_that_can_hold_all_do_not_bind() -> None:
    assert _busy(8, lambda budget: replace(budget, limit=8 * budget.limit)) == 0
    assert _busy(8, lambda budget: replace(budget, limit=8 * budget.limit - 1)) == 7 * 2
    assert _busy(8, lambda budget: replace(budget, limit=4 * budget.limit)) == 7 * 2
    assert _busy(9, lambda budget: replace(budget, limit=4 * budget.limit)) == 7 * 3


@pytest.mark.parametrize("limit", ["_MOST_TERMS", "_MOST_PLACES"])
def test_what_is_too_large_to_look_at_proves_nothing(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(workload, limit, 0)
    assert _busy(8, lambda budget: budget) == 0


def test_work_of_two_teams_is_told_of_the_one_that_has_most_to_do() -> None:
    """Lots of both teams: one of 5 person-days a week and one of 10, whose lots take 5 and 4 each."""
    teams = "teams: [{id: t, person_days_per_week: 5}, {id: u, person_days_per_week: 10}]\n"
    lots = "applications:\n" + "".join(f"- {{id: a{n}, effort: {{t: 5, u: 4}}}}\n" for n in range(4))
    windows = "calendar: {windows: [{id: sun, days: [mon], from: '00:00', hours: 12}]}\n"
    assert bound(teams + lots + windows) == 7 * 4
    assert bound(teams.replace("5}", "50}", 1) + lots + windows) == 7 * 2


def test_work_over_two_weeks_and_a_week_off_between() -> None:
    """A fortnight of preparation for each lot: half of its work falls in each week, none while everybody is away."""
    text = HEAD.replace("preparation_days: 7", "preparation_days: 14")
    team = "teams: [{id: t, person_days_per_week: 5, absences: [{from: 2027-01-18, to: 2027-01-24}]}]\n" + many(3, "5")
    windows = "calendar: {windows: [{id: sun, days: [mon], from: '00:00', hours: 12}]}\n"
    problem = build_problem(PlanningFacts(inventory_from(text + team + windows))).problem
    outcome = solve(
        inventory_from(text + team + windows + "objective: {goals: [{goal: finish}]}\n"),
        options=SolveOptions(deterministic_limit=10.0, workers=1),
    )
    assert outcome.plan is not None
    assert 7 * 4 <= workload_bound(problem) <= outcome.plan.metrics.finish
