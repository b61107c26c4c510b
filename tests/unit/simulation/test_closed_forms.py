"""Simulated chances and quantiles against what can be worked out on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from math import comb, exp, log, prod
from statistics import NormalDist

import pytest
from support.simulations import WEEKLY, planned, simulated

from waveplan.domain.simulated import Simulation

WEEK = dt.timedelta(weeks=1)


def slow(*values: object) -> object:
    """A case of the same kind with other numbers, for the slow tests."""
    return pytest.param(*values, marks=pytest.mark.slow)


def _late_tries(waves: int, chance: float, most: int) -> float:
    """That so many waves, one after the other, need at most so many tries more: a negative binomial law."""
    return sum(comb(waves + j - 1, j) * (1 - chance) ** waves * chance**j for j in range(most + 1))


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
    spread = finish.mean_days.high - finish.mean_days.low
    assert spread < max(2.5, 0.15 * 7 * mean_weeks), "an interval that says something"
    assert finish.as_planned.low <= by_week(0) <= finish.as_planned.high


@pytest.mark.parametrize(
    ("chance", "notice", "step"),
    [(0.1, 0, 1), (0.35, 7, 1), *(slow(*each) for each in ((0.03, 0, 1), (0.6, 10, 1), (0.2, 11, 2), (0.45, 18, 3)))],
)
def test_one_wave_with_a_chance_of_no_go_is_geometric(chance: float, notice: int, step: int) -> None:
    risk = f"{{probability: {chance}, notice_days: {notice}}}"  # the gate is three days before the window
    simulation = simulated(f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{gates: [{risk}]}}")

    _holds(simulation, lambda k: 1 - chance ** (k // step + 1), step * chance / (1 - chance))


@pytest.mark.parametrize(("first", "later", "again"), [(0.3, 0.1, 0), slow(0.6, 0.2, 15), slow(0.15, 0.5, 7)])
def test_a_rollback_that_makes_the_next_try_likelier_to_succeed(first: float, later: float, again: int) -> None:
    step = max(1, -(-again // 7))
    risk = f"{{probability: {first}, again_days: {again}, next: {later}}}"
    simulation = simulated(f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{cutovers: [{risk}]}}")

    _holds(simulation, lambda k: 1 - first * later ** (k // step), step * first / (1 - later))


@pytest.mark.parametrize(
    ("waves", "chance", "again"), [(5, 0.2, 0), *(slow(*each) for each in ((2, 0.4, 7), (8, 0.1, 14), (3, 0.3, 21)))]
)
def test_waves_in_a_row_with_rollbacks_are_negative_binomial(waves: int, chance: float, again: int) -> None:
    step = max(1, again // 7)
    names = [f"a{n}" for n in range(waves)]
    order = ", ".join(f"{{app: {name}}}" for name in names)
    text = f"""{WEEKLY}
applications: [{", ".join(f"{{id: {name}}}" for name in names)}]
rules: [{{id: row, before: [{order}]}}]
risks: {{cutovers: [{{probability: {chance}, again_days: {again}}}]}}
"""
    simulation = simulated(text)

    tries = waves * chance / (1 - chance)
    _holds(simulation, lambda k: _late_tries(waves, chance, k // step), step * tries)
    assert simulation.rollbacks.low <= tries <= simulation.rollbacks.high


@pytest.mark.parametrize(("days", "chance"), [(14, 0.25), slow(21, 0.1)])
def test_windows_that_are_further_apart_lengthen_every_slip(days: int, chance: float) -> None:
    dates = ", ".join(f"{dt.date(2026, 1, 17) + dt.timedelta(days=days * n)}" for n in range(22))
    text = f"""
programme: {{name: p, start: 2026-01-05, deadline: 2026-12-18}}
calendar: {{windows: [{{id: sat, dates: [{dates}], from: "20:00", hours: 10}}]}}
policy: {{preparation_days: 7, hypercare: {{hours: 0}}}}
applications: [{{id: a}}, {{id: b, depends_on: [{{app: a, order: provider_first, min_gap_days: 1}}]}}]
risks: {{gates: [{{probability: {chance}}}]}}
"""
    step = days // 7
    _holds(simulated(text), lambda k: _late_tries(2, chance, k // step), step * 2 * chance / (1 - chance))


@pytest.mark.parametrize(("waves", "chance"), [(4, 0.25), slow(2, 0.5), slow(7, 0.08)])
def test_waves_that_only_a_limit_keeps_apart_are_negative_binomial_too(waves: int, chance: float) -> None:
    text = f"""{WEEKLY.replace("preparation_days: 7", "preparation_days: 7, wave_limits: {lots: 1}")}
applications: [{", ".join(f"{{id: a{n}}}" for n in range(waves))}]
risks: {{gates: [{{probability: {chance}}}]}}
"""
    _holds(simulated(text), lambda k: _late_tries(waves, chance, k), waves * chance / (1 - chance))


@pytest.mark.parametrize(
    ("lengths", "chances"),
    [
        ((1, 1), (0.3, 0.3)),
        *(slow(*each) for each in (((1, 1), (0.1, 0.5)), ((2, 1), (0.2, 0.4)), ((3, 2), (0.3, 0.3)))),
    ],
)
def test_two_chains_that_merge_wait_for_the_later_one(lengths: tuple[int, int], chances: tuple[float, float]) -> None:
    apps, ends = [], []
    for chain, length in zip("ab", lengths, strict=True):
        for n in range(length):
            tie = f"{{app: {chain}{n - 1}, order: provider_first, min_gap_days: 1}}" if n else ""
            apps.append(f"  - {{id: {chain}{n}, domain: {chain}, depends_on: [{tie}]}}")
        ends.append(f"{{app: {chain}{length - 1}, order: provider_first, min_gap_days: 1}}")
    risks = ", ".join(f"{{match: {{domain: {c}}}, probability: {p}}}" for c, p in zip("ab", chances, strict=True))
    text = f"""{WEEKLY}
streams: [{{id: s, match: {{domain: b}}}}]
applications:
{chr(10).join(apps)}
  - {{id: c, depends_on: [{", ".join(ends)}]}}
risks: {{gates: [{risks}]}}
"""
    _, plan = planned(text)
    day = {item: wave.date for wave in plan.waves for lot in wave.lots for item in plan.lots_by_id()[lot].items}
    lasts = [day[f"{chain}{length - 1}"] for chain, length in zip("ab", lengths, strict=True)]
    spare = [(day["c"] - WEEK - last) // WEEK for last in lasts]

    def by_week(k: int) -> float:
        return prod(_late_tries(n, p, k + more) for n, p, more in zip(lengths, chances, spare, strict=True))

    _holds(simulated(text), by_week, sum(1 - by_week(k) for k in range(200)))


@pytest.mark.parametrize(
    ("promised", "p90"),
    [
        (dt.date(2026, 3, 4), dt.date(2026, 4, 15)),
        slow(dt.date(2026, 3, 4), dt.date(2026, 3, 18)),
        slow(dt.date(2026, 2, 27), dt.date(2026, 5, 29)),
        slow(dt.date(2026, 4, 6), dt.date(2026, 4, 9)),
    ],
)
def test_a_milestone_is_kept_half_the_time_and_late_beyond_its_p90_one_time_in_ten(
    promised: dt.date, p90: dt.date
) -> None:
    text = f"""{WEEKLY}
external_milestones: [{{id: tool, date: {promised}, date_p90: {p90}}}]
applications: [{{id: a, after: [tool]}}]
"""
    mean_late = (p90 - promised).days / log(5)
    _, plan = planned(text)
    asked = plan.waves[0].date - dt.timedelta(days=3)  # at the gate; what is promised for after it, on the day

    def by_week(k: int) -> float:
        if asked < promised and k == 0:
            return 1 - 0.5 * exp(-(plan.waves[0].date - promised).days / mean_late)
        return 1 - 0.5 * exp(-max(0, (asked - promised).days + 7 * k) / mean_late)

    _holds(simulated(text), by_week, sum(1 - by_week(k) for k in range(400)))


@pytest.mark.parametrize(
    ("waves", "chance", "days"), [(4, 0.3, 21), *(slow(*each) for each in ((2, 0.7, 8), (6, 0.15, 40), (3, 0.5, 90)))]
)
def test_an_event_that_hits_everything_ties_all_fates(waves: int, chance: float, days: int) -> None:
    names = [f"a{n}" for n in range(waves)]
    text = f"""{WEEKLY}
streams: [{", ".join(f"{{id: s{n}, match: {{app: a{n}}}}}" for n in range(waves))}]
applications: [{", ".join(f"{{id: {name}}}" for name in names)}]
risks:
  register:
    - {{id: strike, probability: {chance}, from: 2026-01-06, to: 2026-01-06,
       days: {{low: {days}, likely: {days}, high: {days}}}, effects: [{{freeze: true}}]}}
"""
    simulation = simulated(text)
    first, last = simulation.waves[0].planned, dt.date(2026, 1, 5) + dt.timedelta(days=days)
    late = next(k for k in range(99) if first - dt.timedelta(days=3) + k * WEEK > last)  # the first gate after it

    _holds(simulation, lambda k: 1 - chance if k < late else 1.0, late * chance)
    later = first + late * WEEK
    assert {wave.p90 for wave in simulation.waves} == {later if chance > 0.1 else first}
    assert {wave.p10 for wave in simulation.waves} == {first if chance < 0.9 else later}


@pytest.mark.parametrize(("days", "first"), [(7, "2026-01-17"), slow(14, "2026-01-17"), slow(28, "2026-01-31")])
def test_effort_that_no_week_holds_delays_a_wave_and_does_not_end_it(days: int, first: str) -> None:
    """Four days are planned in a week that offers five: 4x fits the k-th try when no more than all weeks since."""
    dates = ", ".join(str(dt.date.fromisoformat(first) + dt.timedelta(days=days * n)) for n in range(20))
    text = f"""
programme: {{name: p, start: 2026-01-05, deadline: 2026-12-18}}
calendar: {{windows: [{{id: sat, dates: [{dates}], from: "20:00", hours: 10}}]}}
policy: {{preparation_days: 7, hypercare: {{hours: 0}}}}
teams: [{{id: ops, person_days_per_week: 5}}]
applications: [{{id: a, effort: {{ops: 4}}}}]
risks: {{effort: [{{shape: lognormal, p50: 1.0, p90: 2.5}}]}}
"""
    sigma, weeks = log(2.5) / NormalDist().inv_cdf(0.9), days // 7
    fits = [NormalDist().cdf(log(5 * (1 + weeks * k) / 4) / sigma) for k in range(20)]

    _holds(simulated(text), lambda k: fits[min(k // weeks, 19)], weeks * sum(1 - each for each in fits))


def test_after_a_rollback_all_is_prepared_again() -> None:
    """Six days of a week of five: a no-go each time, then two weeks hold them; each rollback begins anew."""
    text = f"""{WEEKLY}
teams: [{{id: ops, person_days_per_week: 5}}]
applications: [{{id: a, effort: {{ops: 4}}}}]
risks:
  effort: [{{low: 1.5, likely: 1.5, high: 1.5}}]
  cutovers: [{{probability: 0.4}}]
"""
    _holds(simulated(text), lambda k: 1 - 0.4 ** ((k + 1) // 2), 1 + 2 * 0.4 / 0.6)


def test_weeks_lost_to_an_event_are_made_up_for_in_later_ones() -> None:
    """Half a team for 16 days: two and a half days in each of two weeks hold four, and none is lost before."""
    text = f"""{WEEKLY}
teams: [{{id: ops, person_days_per_week: 5}}]
applications: [{{id: a, effort: {{ops: 4}}}}]
risks:
  register:
    - {{id: ill, probability: 0.5, from: 2026-01-06, to: 2026-01-06,
       days: {{low: 16, likely: 16, high: 16}}, effects: [{{team: ops, capacity: 0.5}}]}}
"""
    simulation = simulated(text)
    assert simulation.waves[0].planned == dt.date(2026, 1, 17)
    _holds(simulation, lambda k: 0.5 if k < 1 else 1.0, 0.5)


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
