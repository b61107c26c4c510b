"""What could be done: against closed forms, each thing once, and nothing proposed that wins nothing."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from support.simulations import planned

from waveplan.domain.simulated import CounterMeasure, Simulation
from waveplan.simulation.simulating import SampleSize
from waveplan.usecases.simulate import SimulateOptions, simulate

HEAD = """
programme: {{name: p, start: 2026-01-05, deadline: {deadline}}}
calendar: {{windows: [{{id: sat, {days}, from: "20:00", hours: 10}}]}}
policy: {{preparation_days: 7, hypercare: {{hours: 0}}}}
"""
WEEKLY = HEAD.format(deadline="2026-02-02", days="days: [sat]")


def compared(text: str, runs: int = 2048) -> Simulation:
    """What is said of a plan, with measures."""
    inventory, plan = planned(text)
    found = simulate(inventory, plan, options=SimulateOptions(SampleSize(runs, 1)))
    assert found.simulation is not None, found.findings
    return found.simulation


def of_kind(simulation: Simulation, kind: str) -> list[CounterMeasure]:
    return [each for each in simulation.measures if each.kind == kind]


def before(simulation: Simulation, wave: int) -> int:
    """Tries that a wave has until the last day: one, and one for each week that is left."""
    last = simulation.dates[0].limit
    assert last is not None
    return 1 + (last - simulation.waves[wave].planned - dt.timedelta(days=1)) // dt.timedelta(weeks=1)


@pytest.mark.parametrize(("chance", "crew"), [(0.4, 3), (0.62, 5)])
def test_a_rehearsal_halves_the_chance_of_a_no_go(chance: float, crew: int) -> None:
    text = f"""{WEEKLY}
teams: [{{id: t, crew: 9}}]
applications: [{{id: a, crew: {{t: {crew}}}}}]
risks: {{gates: [{{probability: {chance}}}]}}
"""
    simulation = compared(text)
    tries = before(simulation, 0)

    (found,) = of_kind(simulation, "rehearsal")

    assert found.in_time == pytest.approx(1 - (chance / 2) ** tries, abs=0.012)
    assert found.gains == {"finish": pytest.approx(chance**tries - (chance / 2) ** tries, abs=0.02)}
    assert (found.verdict, found.person_days, found.p80_days >= 0) == ("proposed", crew, True)
    assert not of_kind(simulation, "rehearsals"), "the only wave of the entry is named once"


def test_one_rehearsal_halves_both_chances_and_is_listed_once() -> None:
    text = f"""{WEEKLY}
applications: [{{id: a, not_before: 2026-01-20}}]
risks: {{gates: [{{probability: 0.3}}], cutovers: [{{probability: 0.5}}]}}
"""
    simulation = compared(text)
    tries, goes = before(simulation, 0), 1 - 0.85 * 0.75

    (found,) = of_kind(simulation, "rehearsal")

    assert found.in_time == pytest.approx(1 - goes**tries, abs=0.015)


def test_a_rehearsal_costs_what_the_policy_says() -> None:
    dry = "preparation_days: 7, rehearsals: [{id: dry, days_before: 5, effort: {t: 2.5}}]"
    text = f"""{WEEKLY.replace("preparation_days: 7", dry)}
teams: [{{id: t, crew: 9}}]
applications: [{{id: a, crew: {{t: 4}}}}]
risks: {{gates: [{{probability: 0.6}}]}}
"""
    assert [each.person_days for each in of_kind(compared(text, 512), "rehearsal")] == [2.5]


def test_whoever_reads_down_pays_more_and_wins_more() -> None:
    """Waves in a row with chances of their own; each measure is told once, what is proposed from the cheapest on."""
    text = f"""{WEEKLY.replace("2026-02-02", "2026-03-02")}
teams: [{{id: t, crew: 9}}]
applications:
  - {{id: a, crew: {{t: 1}}, domain: x}}
  - {{id: b, crew: {{t: 2}}, domain: x, depends_on: [{{app: a, order: provider_first, min_gap_days: 1}}]}}
  - {{id: c, crew: {{t: 4}}, domain: y, depends_on: [{{app: b, order: provider_first, min_gap_days: 1}}]}}
risks:
  gates: [{{match: {{domain: x}}, probability: 0.3}}, {{probability: 0.5}}]
  cutovers: [{{probability: 0.2}}]
"""
    measures = compared(text).measures
    proposed = [each for each in measures if each.verdict == "proposed"]

    assert len({(each.kind, each.subject, each.waves) for each in measures}) == len(measures)
    assert len(proposed) >= 2
    for one, other in pairwise(proposed):
        assert one.person_days <= other.person_days
        won = [other.gains[name] - one.gains[name] for name in one.gains] + [other.in_time - one.in_time]
        assert other.p80_days > one.p80_days or max(won) > 0
    cheapest = {each.person_days: each for each in proposed}
    for each in measures:
        if each.verdict == "dearer":
            assert any(
                other.person_days <= each.person_days and other.in_time >= each.in_time - 0.001
                for other in cheapest.values()
            )
    (every,) = [each for each in of_kind(compared(text), "rehearsals") if each.subject == ""]
    assert len(every.waves) == 3


def test_what_wins_nothing_is_not_proposed() -> None:
    text = """
programme: {name: p, start: 2026-01-05, deadline: 2026-12-18}
calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 10}]}
policy: {preparation_days: 7, hypercare: {hours: 0}}
applications: [{id: a}, {id: late, not_before: 2026-11-01}]
risks: {gates: [{match: {app: a}, probability: 0.1}]}
"""
    measures = compared(text, 512).measures
    assert measures
    assert {each.verdict for each in measures} == {"nothing"}


@pytest.mark.parametrize("chance", [0.3, 0.55])
def test_a_window_more_before_the_last_day_is_one_try_more(chance: float) -> None:
    text = f"""{HEAD.format(deadline="2026-02-27", days="dates: [2026-01-17, 2026-03-07, 2026-03-14, 2026-03-21]")}
teams: [{{id: t, crew: 9}}]
applications: [{{id: a, crew: {{t: 6}}}}]
risks: {{gates: [{{probability: {chance}, notice_days: 7}}]}}
"""
    simulation = compared(text)

    (found,) = of_kind(simulation, "slot")

    assert found.in_time == pytest.approx(1 - chance**2, abs=0.012)
    assert (found.verdict != "nothing", found.person_days) == (True, 6)
    assert dt.date(2026, 1, 17) < dt.date.fromisoformat(found.subject) <= dt.date(2026, 2, 27)


def test_no_window_is_thought_of_where_a_freeze_holds() -> None:
    text = f"""{HEAD.format(deadline="2026-02-27", days="dates: [2026-01-17, 2026-03-07, 2026-03-14]")}
applications: [{{id: a}}]
risks: {{gates: [{{probability: 0.4}}]}}
"""
    frozen = text.replace("calendar: {", "calendar: {freezes: [{from: 2026-01-24, to: 2026-02-27}], ")
    (found,) = of_kind(compared(frozen, 512), "slot")
    assert dt.date.fromisoformat(found.subject) < dt.date(2026, 1, 24)


def test_one_person_more_while_an_event_takes_people() -> None:
    """Two of three are needed; half of three are not two, half of four are."""
    text = f"""{WEEKLY}
teams: [{{id: t, crew: 3}}]
applications: [{{id: a, crew: {{t: 2}}, not_before: 2026-01-25}}]
risks:
  register:
    - {{id: flu, probability: 0.4, from: 2026-01-06, to: 2026-01-06, days: {{low: 40, likely: 40, high: 40}},
       effects: [{{team: t, capacity: 0.5}}]}}
"""
    simulation = compared(text)

    (found,) = of_kind(simulation, "person")

    assert simulation.all_in_time.value == pytest.approx(0.6, abs=0.01)
    assert found.in_time == 1
    assert found.gains["finish"] == pytest.approx(0.4, abs=0.01)


def test_an_early_start_wins_the_weeks_that_it_gives() -> None:
    chance = 0.5
    text = f"{WEEKLY}applications: [{{id: a}}]\nrisks: {{gates: [{{probability: {chance}}}]}}"
    simulation = compared(text)
    tries = before(simulation, 0)

    (found,) = of_kind(simulation, "start")

    assert found.in_time == pytest.approx(1 - chance ** (tries + 2), abs=0.012)
    assert found.p80_days == 14


def test_events_strike_on_the_same_days_whenever_the_programme_begins() -> None:
    """An event a month has no month more to strike in: an early start that moves nothing changes nothing."""
    text = f"""{WEEKLY}
applications: [{{id: a, not_before: 2026-01-24}}]
risks:
  register: [{{id: stop, per_month: 0.5, days: {{low: 3, likely: 9, high: 12}}, effects: [{{freeze: true}}]}}]
"""
    simulation = compared(text)
    (found,) = of_kind(simulation, "start")
    assert (found.p80_days, found.mean_days, found.gains) == (0, 0, {"finish": 0})
    assert found.verdict == "nothing"
