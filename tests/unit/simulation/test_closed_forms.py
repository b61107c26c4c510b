"""Simulated chances and quantiles against what can be worked out on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from math import comb, exp, log

import pytest
from support.simulations import WEEKLY, simulated

from waveplan.domain.simulated import Simulation

WEEK = dt.timedelta(weeks=1)


def _holds(simulation: Simulation, by_week: Callable[[int], float], mean_weeks: float) -> None:
    """P50, P80, P95 and the mean of the finish lie within the printed intervals; `by_week(k)`: by k weeks late."""
    finish = simulation.dates[0]
    for share, found in finish.quantiles.items():
        late = next(k for k in range(200) if by_week(k) >= share / 100 - 1e-12)
        true = finish.planned + late * WEEK
        assert found.low is not None
        assert found.high is not None
        assert found.low <= true <= found.high, (share, late, found)
    assert finish.mean_days.low <= 7 * mean_weeks <= finish.mean_days.high, (finish.mean_days, mean_weeks)
    assert finish.mean_days.high - finish.mean_days.low < 2.5, "an interval that says something"
    assert finish.as_planned.low <= by_week(0) <= finish.as_planned.high


@pytest.mark.parametrize("chance", [0.1, 0.35])
def test_one_wave_with_a_chance_of_no_go_is_geometric(chance: float) -> None:
    simulation = simulated(f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{gates: [{{probability: {chance}}}]}}")

    _holds(simulation, lambda k: 1 - chance ** (k + 1), chance / (1 - chance))


def test_waves_in_a_row_with_rollbacks_are_negative_binomial() -> None:
    waves, chance = 5, 0.2
    names = [f"a{n}" for n in range(waves)]
    order = ", ".join(f"{{app: {name}}}" for name in names)
    text = f"""{WEEKLY}
applications: [{", ".join(f"{{id: {name}}}" for name in names)}]
rules: [{{id: row, before: [{order}]}}]
risks: {{cutovers: [{{probability: {chance}}}]}}
"""
    simulation = simulated(text)

    def by_week(k: int) -> float:
        return sum(comb(waves + j - 1, j) * (1 - chance) ** waves * chance**j for j in range(k + 1))

    _holds(simulation, by_week, waves * chance / (1 - chance))
    assert simulation.rollbacks.low <= waves * chance / (1 - chance) <= simulation.rollbacks.high


def test_waves_that_only_a_limit_keeps_apart_are_negative_binomial_too() -> None:
    waves, chance = 4, 0.25
    text = f"""{WEEKLY.replace("preparation_days: 7", "preparation_days: 7, wave_limits: {lots: 1}")}
applications: [{", ".join(f"{{id: a{n}}}" for n in range(waves))}]
risks: {{gates: [{{probability: {chance}}}]}}
"""

    def by_week(k: int) -> float:
        return sum(comb(waves + j - 1, j) * (1 - chance) ** waves * chance**j for j in range(k + 1))

    _holds(simulated(text), by_week, waves * chance / (1 - chance))


def test_two_chains_that_merge_wait_for_the_later_one() -> None:
    chance = 0.3
    text = f"""{WEEKLY}
streams: [{{id: s, match: {{domain: s}}}}]
applications:
  - {{id: a}}
  - {{id: b, domain: s}}
  - id: c
    depends_on:
      - {{app: a, order: provider_first, min_gap_days: 1}}
      - {{app: b, order: provider_first, min_gap_days: 1}}
risks: {{gates: [{{match: {{app: c}}, probability: 0}}, {{probability: {chance}}}]}}
"""

    def by_week(k: int) -> float:
        return (1 - chance ** (k + 1)) ** 2

    mean = sum(1 - by_week(k) for k in range(200))
    _holds(simulated(text), by_week, mean)


def test_a_milestone_is_kept_half_the_time_and_late_beyond_its_p90_one_time_in_ten() -> None:
    text = f"""{WEEKLY}
external_milestones: [{{id: tool, date: 2026-03-04, date_p90: 2026-04-15}}]
applications: [{{id: a, after: [tool]}}]
"""
    mean_late = 42 / log(5)

    def by_week(k: int) -> float:  # the gate stands on the Wednesday of the wave's week
        return 1 - 0.5 * exp(-7 * k / mean_late)

    _holds(simulated(text), by_week, sum(1 - by_week(k) for k in range(400)))


def test_an_event_that_hits_everything_ties_all_fates() -> None:
    waves, chance = 4, 0.3
    names = [f"a{n}" for n in range(waves)]
    text = f"""{WEEKLY}
streams: [{", ".join(f"{{id: s{n}, match: {{app: a{n}}}}}" for n in range(waves))}]
applications: [{", ".join(f"{{id: {name}}}" for name in names)}]
risks:
  register:
    - {{id: strike, probability: {chance}, from: 2026-01-06, to: 2026-01-06, days: {{low: 21, likely: 21, high: 21}},
       effects: [{{freeze: true}}]}}
"""
    simulation = simulated(text)

    _holds(simulation, lambda k: 1 - chance if k < 2 else 1.0, 2 * chance)
    assert [wave.p90 for wave in simulation.waves] == [simulation.waves[0].planned + 2 * WEEK] * waves


def test_without_risks_every_date_is_certain_and_the_plans() -> None:
    text = f"""{WEEKLY}
sites: [{{id: old, exit_by: 2026-06-30, decommission_days: 5}}, {{id: new}}]
servers: [{{id: s, site: old, target: new, disk_gb: 1}}]
tranches: [{{id: t, match: {{app: a}}, finish_by: 2026-03-31}}]
contracts: [{{id: c, ends: 2026-06-30, match: {{site: old}}}}]
applications: [{{id: a, servers: [s]}}, {{id: b, depends_on: [{{app: a, order: provider_first, min_gap_days: 7}}]}}]
"""
    simulation = simulated(text, runs=32)

    assert {date.kind for date in simulation.dates} == {"finish", "tranche", "site_exit", "contract"}
    for date in simulation.dates:
        assert date.as_planned.value == 1
        assert date.in_time is not None
        assert date.in_time.value == 1
        assert {found.day for found in date.quantiles.values()} == {date.planned}
    assert simulation.no_goes.value == simulation.rollbacks.value == 0
