"""Bounds never exceed the truth, found by trying everything."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.inventories import inventory_from

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds import finish_bound, wave_bounds, waves_by_size, waves_by_sum
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts


def fewest_bins(sizes: tuple[int, ...], limit: int) -> int:
    @cache
    def pack(left: tuple[int, ...], free: tuple[int, ...]) -> int:
        if not left:
            return len(free)
        options = [pack(left[1:], tuple(sorted((*free, limit - left[0]))))]
        for index, room in enumerate(free):
            if room >= left[0]:
                rest = (*free[:index], *free[index + 1 :])
                options.append(pack(left[1:], tuple(sorted((*rest, room - left[0])))))
        return min(options)

    return pack(sizes, ())


@given(st.integers(1, 12), st.data())
def test_sizes_never_claim_more_waves_than_needed(limit: int, data: st.DataObject) -> None:
    sizes = tuple(sorted(data.draw(st.lists(st.integers(1, limit), max_size=7)), reverse=True))
    assert waves_by_size(sizes, limit) <= fewest_bins(sizes, limit)


def test_sizes_see_what_sums_do_not() -> None:
    assert waves_by_size([6, 6, 6], 10) == 3  # 18 would fit two waves of 10
    assert waves_by_size([7, 7, 3, 3, 3], 10) == 3
    assert waves_by_size([], 10) == 0


@given(st.integers(0, 200), st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=3), st.integers(1, 12))
def test_sums_add_up_stage_by_stage(demand: int, stages: list[tuple[int, int]], last: int) -> None:
    lengths = [*(length for length, _ in stages), None]
    limits = [*(limit for _, limit in stages), last]
    flat = [limit for length, limit in stages for _ in range(length)] + [last] * 201
    waves = next(n for n in range(len(flat) + 1) if sum(flat[:n]) >= demand)
    assert waves_by_sum(demand, lengths, limits) == waves


def test_the_data_centre_example_needs_thirteen_waves() -> None:
    assert waves_by_sum(121, [4, None], [6, 12]) == 13


def _problem(text: str) -> PlanningProblem:
    return build_problem(
        PlanningFacts(
            inventory_from(f"""
    programme: {{name: Bounds, start: 2026-01-05, deadline: 2026-04-30}}
    applications: [{{id: a}}, {{id: b}}, {{id: c}}, {{id: d}}, {{id: e}}]
    {text}
    """)
        )
    ).problem


def _policy(rest: str) -> PlanningProblem:
    return _problem(f"policy: {{preparation_days: 0, gates: [], hypercare: {{hours: 0}}, {rest}}}")


@pytest.mark.parametrize(
    ("policy", "waves", "last"),
    [
        ("wave_limits: {lots: 5}", 1, 0),
        ("wave_limits: {lots: 2}", 3, 2),
        ("wave_limits: {lots: 2}, cadence: [{min_gap_days: 8}]", 3, 4),
        ("wave_limits: {lots: 2}, cadence: [{min_gap_days: 14}]", 3, 4),
        ("wave_limits: {lots: 2}, cadence: [{min_gap_days: 15}]", 3, 6),
        ("cadence: [{waves: 2, limits: {lots: 1}}, {limits: {lots: 2}}]", 4, 3),
        ("cadence: [{waves: 2, limits: {lots: 1}, min_gap_days: 14}, {limits: {lots: 2}, min_gap_days: 7}]", 4, 4),
        ("earliest_wave_by_criticality: {low: 4, medium: 4}", 4, 3),
    ],
)
def test_waves_and_the_end_by_limits_and_cadence(policy: str, waves: int, last: int) -> None:
    """Windows are on Saturdays from 10 January; the window lasts until Monday, which is two days later."""
    problem = _policy(policy)
    assert wave_bounds(problem) == [waves]
    assert finish_bound(problem, [waves]) == 5 + 7 * last + 2


def test_as_many_waves_in_a_week_as_the_cadence_allows() -> None:
    windows = "calendar: {windows: [{id: n, days: [mon, wed, fri], from: '20:00', hours: 2}]}\n"
    head = "policy: {preparation_days: 0, gates: [], hypercare: {hours: 0}, wave_limits: {lots: 1}, cadence: ["
    every, one, two = (
        finish_bound(problem, wave_bounds(problem))
        for problem in (_problem(f"{windows}    {head}{{max_waves_per_week: {n}}}]}}") for n in (3, 1, 2))
    )
    assert (every, two, one) == (9, 14, 28)  # the fifth wave: Wednesday of the second week, Monday of the third, fifth


def test_a_lot_that_is_ready_late_holds_up_the_end() -> None:
    late = "rules: [{id: late, match: {app: e}, not_before: 2026-03-01}]\n"
    problem = _problem(f"{late}    policy: {{preparation_days: 0, gates: [], hypercare: {{hours: 0}}}}")
    assert wave_bounds(problem) == [1]
    assert finish_bound(problem, [1]) == 5 + 7 * 8 + 2  # Saturday 7 March


@pytest.mark.parametrize(
    ("sizes", "limit", "waves"),
    [
        ([5, 5, 5], 10, 2),  # halves go in pairs
        ([5, 5, 5, 5, 1], 10, 3),
        ([6, 4, 4, 4], 10, 2),  # one of 4 beside 6, two beside each other
        ([6, 5, 5, 5], 10, 3),  # nothing of 5 fits beside 6
        ([8, 3, 3, 3], 10, 2),
        ([8, 3, 3, 3, 3], 10, 3),  # nothing of 3 fits beside 8
        ([7, 3, 3, 3, 3], 10, 2),
        ([10, 1], 10, 2),
        ([1], 10, 1),
        ([4, 4, 4], 4, 3),
    ],
)
def test_sizes_by_hand(sizes: list[int], limit: int, waves: int) -> None:
    assert waves_by_size(sizes, limit) == waves == fewest_bins(tuple(sizes), limit)


def test_sizes_tell_the_truth_nearly_always() -> None:
    """In 400 draws the bound is what the best packing has in all but a few, and never more."""
    rng, met = random.Random(1), 0
    for _ in range(400):
        limit = rng.randint(3, 12)
        sizes = tuple(sorted((rng.randint(1, limit) for _ in range(rng.randint(1, 7))), reverse=True))
        bound, best = waves_by_size(sizes, limit), fewest_bins(sizes, limit)
        assert bound <= best
        met += bound == best
    assert met >= 398


@pytest.mark.parametrize(("offer", "waves"), [(5, 5), (10, 3), (12, 3), (15, 2), (25, 1), (100, 1)])
def test_waves_by_the_work_that_a_team_has_for_one(offer: int, waves: int) -> None:
    """Five lots of 5 person-days each, all of them in the one week before a wave."""
    applications = ", ".join(f"{{id: {name}, effort: {{t: 5}}}}" for name in "abcde")
    problem = build_problem(
        PlanningFacts(
            inventory_from(f"""
    programme: {{name: Bounds, start: 2026-01-05, deadline: 2026-04-30}}
    teams: [{{id: t, person_days_per_week: {offer}}}]
    applications: [{applications}]
    policy: {{preparation_days: 5, gates: [], hypercare: {{hours: 0}}}}
    """)
        )
    ).problem
    assert wave_bounds(problem) == [waves]
