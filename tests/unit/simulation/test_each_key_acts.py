"""Keys of `risks` alone, against what can be worked out on paper: effects of events, shapes of hours and efforts."""

from __future__ import annotations

from collections.abc import Callable
from math import erf, log, sqrt

import pytest
from support.simulations import WEEKLY, simulated, weeks_late

P = 0.37
WHEN = "from: 2026-01-10, to: 2026-01-10, days: {low: 30, likely: 30, high: 30}"
CHAIN = "applications: [{id: a}, {id: b, domain: x, depends_on: [{app: a, order: provider_first, min_gap_days: 1}]}]\n"
MOVED = """sites: [{id: s1}, {id: s2}]
servers: [{id: v, site: s1, target: s2, disk_gb: 900}]
links: [{id: l, between: [s1, s2], gbps: 1}]
applications: [{id: a, servers: [v], cutover_hours: 1}]
"""
CREW = "teams: [{id: t, crew: 2}]\napplications: [{id: a, crew: {t: 2}}]\n"


def _event(effect: str) -> str:
    """It strikes on 10 January in so many cases and lasts to 8 February; windows are Saturdays from 17 January on."""
    return f"risks: {{register: [{{id: e, probability: {P}, {WHEN}, effects: [{effect}]}}]}}"


def _by_week(text: str, weeks: int) -> list[float]:
    """The share of runs that are over by each week after the planned one."""
    found = weeks_late(simulated(text))
    return [max((share for late, share in found.items() if late <= week), default=0.0) for week in range(weeks)]


@pytest.mark.parametrize(
    ("what", "effect", "weeks"),
    [
        (CHAIN, "{freeze: true}", 4),
        (CHAIN, "{freeze: true, match: {domain: x}}", 3),  # only the second wave, a week later
        ("applications: [{id: a}]\n", "{preparation_days: 20}", 3),  # 27 days from 10 January
        (MOVED, "{site: s1, closed: true}", 4),
        (MOVED, "{site: s2, closed: true}", 4),
        (MOVED, "{link: l, gbps: 0.05}", 4),  # forty hours for a window of ten
        (MOVED, "{link: l, gbps: 0.5}", 0),  # four hours still fit
        (CREW, "{team: t, capacity: 0.4}", 4),
        (CREW.replace("crew: 2}]\na", "crew: 5}]\na"), "{team: t, capacity: 0.4}", 0),  # two of five are enough
    ],
)
def test_what_an_event_hits_is_late_until_it_is_over(what: str, effect: str, weeks: int) -> None:
    found = _by_week(f"{WEEKLY}{what}{_event(effect)}", 6)

    assert found == pytest.approx([1 - P if week < weeks else 1 for week in range(6)], abs=0.02)


def _triangular(low: float, likely: float, high: float) -> Callable[[float], float]:
    """The share of cases up to an amount between the likely and the highest."""
    return lambda most: 1 - (high - most) ** 2 / ((high - low) * (high - likely))


def _lognormal(p50: float, p90: float) -> Callable[[float], float]:
    sigma = log(p90 / p50) / 1.2815515655446004
    return lambda most: (1 + erf(log(most / p50) / sigma / sqrt(2))) / 2


@pytest.mark.parametrize(
    ("spread", "share_up_to"),
    [
        ("shape: triangular, low: 0.8, likely: 1.0, high: 1.9", _triangular(0.8, 1.0, 1.9)),
        ("shape: lognormal, p50: 1.1, p90: 1.7", _lognormal(1.1, 1.7)),
    ],
)
def test_hours_past_the_point_of_no_return_take_another_night(
    spread: str, share_up_to: Callable[[float], float]
) -> None:
    """Six hours of work, and eight until the two of the way back must begin: each try is drawn anew."""
    app = "applications: [{id: a, cutover_hours: 5, test_hours: 1, rollback_hours: 2}]\n"

    found = _by_week(f"{WEEKLY}{app}risks: {{work: [{{{spread}}}]}}", 4)

    fails = 1 - share_up_to(8 / 6)
    assert found == pytest.approx([1 - fails ** (week + 1) for week in range(4)], abs=0.02)


@pytest.mark.parametrize(("team", "share"), [("t", _triangular(0.5, 1, 2.5)(5 / 4)), ("u", 1.0)])
def test_efforts_of_the_teams_that_an_entry_names_must_fit(team: str, share: float) -> None:
    """Four of five days are planned of one team and one of five of the other, in one week of preparation."""
    text = f"""{WEEKLY.replace("preparation_days: 7", "preparation_days: 5")}
teams: [{{id: t, person_days_per_week: 5}}, {{id: u, person_days_per_week: 5}}]
applications: [{{id: a, effort: {{t: 4, u: 1}}}}]
risks: {{effort: [{{teams: [{team}], shape: triangular, low: 0.5, likely: 1, high: 2.5}}]}}
"""
    assert _by_week(text, 1) == pytest.approx([share], abs=0.02)


@pytest.mark.parametrize(("matched", "share"), [("high", 0.6), ("low", 1.0)])
def test_the_first_entry_about_a_wave_counts_alone(matched: str, share: float) -> None:
    gates = f"gates: [{{match: {{criticality: {matched}}}, probability: 0.4}}, {{probability: 0}}]"
    text = f"{WEEKLY}applications: [{{id: a, criticality: high}}]\nrisks: {{{gates}}}"

    assert _by_week(text, 1) == pytest.approx([share], abs=0.02)
