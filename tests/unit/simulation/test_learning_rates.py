"""Rates and spreads moved by what has happened: decisions, cutovers, rehearsals, hours in the window."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.nights import SLOT, plan_of, two_applications
from support.simulations import LIMITS

from waveplan import planning
from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.learnt import TaskObservation
from waveplan.domain.simulated import LearntRate
from waveplan.runbooks import scheduled, tasks_of
from waveplan.simulation.learning import known_of, learnt_from
from waveplan.simulation.simulating import SampleSize
from waveplan.simulation.spreads import middle_of
from waveplan.usecases.nights import seen_in_nights
from waveplan.usecases.runbooks import runbook_templates
from waveplan.usecases.simulate import SimulateOptions, simulate

DAY = dt.date(2027, 1, 8)
WORK = [{"match": {"app": "a"}, "shape": "lognormal", "p50": "0.8", "p90": "1.2"}, {"low": 1, "likely": 1, "high": 1}]


def learnt(risks: dict[str, Any], actuals: dict[str, Any], *seen: TaskObservation) -> list[LearntRate]:
    """What is learnt of the plan of one wave."""
    inventory = two_applications(risks=risks)
    history = History(Actuals.model_validate({"waveplan_actuals": 1, **actuals}), plan_of(inventory), DAY)
    return list(learnt_from(inventory, plan_of(inventory), history, seen)[1])


def took(taken: int, planned: int, run: str | None, kind: str = "work", wave: str = SLOT) -> TaskObservation:
    return TaskObservation(wave, "t", "W01/a/t", kind, run, planned, taken)  # type: ignore[arg-type]


def test_hours_of_a_night_are_added_up_and_weighed_against_eight_as_stated() -> None:
    seen = [took(90, 60, "r1"), took(30, 60, "r1", "transfer"), took(0, 60, "r1", "checkpoint"), took(130, 100, "r2")]

    (found,) = learnt({"work": WORK}, {}, *seen)

    assert (found.what, found.subject, found.tries) == ("work", "1", 2)
    assert found.before == pytest.approx(0.8, abs=1e-4)
    assert found.hits == pytest.approx((1.0 + 1.3) / 2)
    assert found.after == pytest.approx((8 * 0.8 + 2 * 1.15) / 10, abs=1e-4)


def test_the_whole_spread_moves_and_what_was_seen_as_stated_moves_nothing() -> None:
    inventory = two_applications(risks={"work": WORK})
    plan = plan_of(inventory)
    history = History(Actuals.model_validate({"waveplan_actuals": 1}), plan, DAY)

    moved, _ = learnt_from(inventory, plan, history, [took(160, 100, "r1")])
    entry, other = moved.risks.work
    assert float(middle_of(entry)) == pytest.approx((8 * 0.8 + 1.6) / 9, abs=1e-4)
    assert entry.p50 is not None
    assert entry.p90 is not None
    assert float(entry.p90 / entry.p50) == pytest.approx(1.5)
    assert other == inventory.risks.work[1]

    same, _ = learnt_from(inventory, plan, history, [took(80, 100, f"r{n}") for n in range(9)])
    assert float(middle_of(same.risks.work[0])) == pytest.approx(0.8, abs=1e-4)


def test_without_an_entry_hours_become_what_was_seen_as_far_as_it_weighs() -> None:
    (found,) = learnt({}, {}, took(200, 100, None))
    assert (found.subject, found.before, found.after) == ("", 1.0, pytest.approx(10 / 9))


def test_every_day_on_which_a_cutover_was_tried_counts() -> None:
    tries = [
        {"wave": SLOT, "date": "2027-01-02", "result": "rolled_back"},
        {"wave": SLOT, "date": "2027-01-05", "result": "rolled_back"},
        {"wave": SLOT, "date": "2027-01-05", "result": "done"},  # the record before it was wrong
        {"wave": SLOT, "date": "2027-01-09", "result": "done"},  # not yet
    ]
    (found,) = learnt({"cutovers": [{"probability": 0.1}]}, {"cutovers": tries})
    assert (found.tries, found.hits, found.after) == (2, 1, pytest.approx((20 * 0.1 + 1) / 22))


def test_every_day_on_which_a_gate_decided_counts() -> None:
    def decided(day: int, decision: str, lots: list[str] | None = None) -> dict[str, Any]:
        more = {} if lots is None else {"lots": lots}
        return {"wave": SLOT, "gate": "go-no-go", "date": f"2027-01-0{day}", "decision": decision, **more}

    gates = [
        decided(4, "no_go"),
        decided(6, "no_go"),
        decided(6, "go"),  # the record before it was wrong
        decided(9, "no_go"),  # not yet
    ]
    (found,) = learnt({"gates": [{"probability": 0.1}]}, {"gates": gates})
    assert (found.tries, found.hits, found.after) == (2, 1, pytest.approx((20 * 0.1 + 1) / 22))

    of_lots = [decided(4, "no_go", ["x"]), decided(4, "no_go"), decided(5, "no_go", ["x", "y"]), decided(7, "go")]
    (found,) = learnt({"gates": [{"probability": 0.1}]}, {"gates": of_lots})
    assert (found.tries, found.hits) == (3, 2), "a chance is one of a wave: lots refused on one day are one no-go"


def test_rehearsals_count_where_somebody_decided() -> None:
    def decision(run: str | None, state: str, day: int = 5) -> dict[str, Any]:
        return {"wave": SLOT, "happened": f"2027-01-0{day}T02:00:00Z", "state": state, "run": run}

    tasks = [
        decision("r1", "roll_back"),
        decision("r2", "go_on"),
        decision("r3", "go_on", 4),
        decision("r3", "roll_back", 5),
        decision("r4", "roll_back", 9),  # not yet
        decision(None, "roll_back"),  # the night itself has a record of its cutover
        {"wave": SLOT, "task": "a/x", "happened": "2027-01-05T01:00:00Z", "state": "done", "run": "r5"},
    ]
    (found,) = learnt({"cutovers": [{"probability": 0.1}]}, {"tasks": tasks})
    assert (found.tries, found.hits) == (3, 2)


@pytest.mark.parametrize(("first", "days"), [("a", 30), ("nobody", 3)])
def test_a_wave_that_was_rolled_back_waits_as_the_entry_says_that_is_about_it(first: str, days: int) -> None:
    """Nor what another entry says, even where that one waits longer."""
    entries = [{"match": {"id": first}, "probability": 0.1, "again_days": 30}, {"probability": 0.1, "again_days": 3}]
    back = {"cutovers": [{"wave": SLOT, "date": "2027-01-07", "result": "rolled_back"}]}

    assert _held_until({"cutovers": entries}, back) == dt.date(2027, 1, 7) + dt.timedelta(days=days)


@pytest.mark.parametrize(("first", "days"), [("a", 30), ("nobody", 5)])
def test_a_wave_that_was_a_no_go_waits_as_the_entry_says_that_is_about_it(first: str, days: int) -> None:
    entries = [{"match": {"id": first}, "probability": 0.1, "notice_days": 30}, {"probability": 0.1, "notice_days": 5}]
    said = {"gates": [{"wave": SLOT, "gate": "go-no-go", "date": "2027-01-06", "decision": "no_go"}]}

    assert _held_until({"gates": entries}, said) == dt.date(2027, 1, 6) + dt.timedelta(days=days)


def _held_until(risks: dict[str, Any], actuals: dict[str, Any]) -> dt.date | None:
    """The day before which the only wave cannot be."""
    inventory = two_applications(risks=risks)
    plan = plan_of(inventory)
    history = History(Actuals.model_validate({"waveplan_actuals": 1, **actuals}), plan, DAY)
    return known_of(plan, history, DAY, inventory).held[SLOT].not_before


def test_a_simulation_reads_the_observations_that_minutes_are_learnt_from() -> None:
    policy = {"preparation_days": 7}
    teams = [{"id": "ops", "crew": 9}, {"id": "dba", "crew": 9}]
    inventory = two_applications(risks={"work": WORK}, policy=policy, teams=teams)
    plan = planning.solve(inventory, options=LIMITS).plan
    assert plan is not None
    wave = plan.waves[0].id
    templates = runbook_templates(inventory).tasks
    planned = scheduled(tasks_of(plan, inventory, plan.waves[0], templates))
    records = []
    for each in planned.tasks:
        end = each.start + 2 * (each.end - each.start)  # everything takes twice as long
        for state, moment in (("started", each.start), ("done", end)):
            moment -= dt.timedelta(days=3)
            records.append({"wave": wave, "task": each.task.id, "happened": moment, "state": state, "run": "r1"})
    actuals = Actuals.model_validate({"waveplan_actuals": 1, "tasks": records})
    assert len(seen_in_nights(plan, inventory, templates, actuals.tasks)) > 0

    options = SimulateOptions(SampleSize(16), compare=False)
    found = simulate(inventory, plan, actuals=actuals, as_of=plan.waves[0].date - dt.timedelta(days=1), options=options)

    assert found.simulation is not None, found.findings
    (rate,) = found.simulation.learnt
    assert (rate.what, rate.tries, rate.hits) == ("work", 1, pytest.approx(2.0))
