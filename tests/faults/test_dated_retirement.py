"""Retirement is work: it has a date of its own, and counts with its effort and its crew."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from waveplan import api
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.standing import Done, Standing
from waveplan.planning import SolveOptions, solve

FOLDER = Path(__file__).parent / "dated-retirement"
OPTIONS = SolveOptions(deterministic_limit=5, workers=1)


def read(name: str) -> Inventory:
    inventory = api.validate(str(FOLDER / f"{name}.yaml")).inventory
    assert inventory is not None
    return inventory


def planned(inventory: Inventory) -> Plan:
    plan = api.solve_checked(inventory, options=OPTIONS).plan
    assert plan is not None
    return plan


def days(plan: Plan) -> dict[str, str]:
    return {each.id: each.date.isoformat() for each in plan.milestones if each.kind in {"retire", "site_exit"}}


@pytest.mark.parametrize("name", ["inventory", "only-retire"])
def test_what_is_retired_waits_for_its_date_and_its_people(name: str) -> None:
    """Not before Sunday 30 April, and the one admin is back on Monday 15 May."""
    assert days(planned(read(name))) == {"retire aix71-builds": "2023-05-15", "exit old-dc": "2023-05-15"}


@pytest.mark.parametrize("name", ["earlier", "effort"])
def test_it_is_proven_where_the_people_are_lacking(name: str) -> None:
    assert api.solve_checked(read(name), options=OPTIONS).status == "infeasible"


def inventory_of(
    retired: dict[str, Any], team: dict[str, Any], mover: dict[str, Any] | None = None, site: str = "dc"
) -> Inventory:
    """One application that moves in four weeks of preparation, and one that is retired after it."""
    mover = {"id": "new", "servers": ["s1"], "depends_on": [{"app": "old", "coupling": "shared"}], **(mover or {})}
    return Inventory.model_validate(
        {
            "waveplan": 1,
            "programme": {"name": "Retire", "start": "2027-01-04", "deadline": "2027-04-30"},
            "sites": [{"id": "dc", "target": "cloud"}, {"id": "cloud"}, {"id": "annex"}],
            "servers": [{"id": "s1", "site": "dc", "disk_gb": 5}, {"id": "s2", "site": site, "disk_gb": 5}],
            "teams": [{"id": "ops", **team}],
            "applications": [mover, {"id": "old", "servers": ["s2"], "strategy": "retire", **retired}],
            "policy": {"preparation_days": 14, "gates": []},
        }
    )


def test_its_effort_counts_in_the_weeks_before_it() -> None:
    """Hypercare ends on Tuesday 26 January; ten person-days in the ten days before Wednesday 27 are all there is."""
    plan = planned(inventory_of({"effort": {"ops": 10}}, {"person_days_per_week": 5}))
    assert days(plan)["retire old"] == "2027-01-27"
    used = {week: str(load.used) for week, load in plan.teams["ops"].weeks.items() if load.used}
    assert used == {"2027-W02": "3", "2027-W03": "5", "2027-W04": "2"}
    assert str(plan.metrics.peak_load) == "1"


def test_work_for_waves_comes_first_and_moves_the_retirement() -> None:
    """The wave of 23 January takes five person-days in each of the two weeks before it."""
    crowded = inventory_of({"effort": {"ops": 2}}, {"person_days_per_week": 5}, {"effort": {"ops": 10}})
    plan = planned(crowded)
    assert plan.waves[0].date == dt.date(2027, 1, 23)
    # ten days of 0.2 each: none of them may lie before the week of 25 January
    assert days(plan)["retire old"] == "2027-02-08"


def test_where_dates_leave_no_room_beside_a_wave_the_wave_moves() -> None:
    """The one person retires on Friday 29 January, so that it neither works nor rests from a cutover on that day.

    The first Saturday that the preparation leaves, 23 January, would have it rest until 4 February.
    """
    on_that_day = {"crew": {"ops": 1}, "not_before": "2027-01-29", "not_after": "2027-01-29"}
    mover = {"crew": {"ops": 1}, "depends_on": []}
    plan = planned(inventory_of(on_that_day, {"crew": 1, "rest_days": 10}, mover, site="annex"))
    assert (plan.waves[0].date.isoformat(), days(plan)["retire old"]) == ("2027-01-30", "2027-01-29")
    assert plan.solve.goals[0].status == "optimal"


def test_every_later_working_day_is_as_good_for_the_check() -> None:
    inventory = inventory_of({"crew": {"ops": 1}}, {"crew": 1})
    plan = planned(inventory)
    later = [
        each.model_copy(update={"date": dt.date(2027, 2, 16)}) if each.id == "retire old" else each
        for each in plan.milestones
    ]
    found = check(plan.model_copy(update={"milestones": later}), inventory).findings
    assert {finding.code for finding in found} == {"WP390"}  # the exit and the purge follow it


def test_what_is_gone_is_a_fact_and_the_rest_goes_from_now_on() -> None:
    inventory = inventory_of({"crew": {"ops": 1}}, {"crew": 1})
    plan = planned(inventory)
    wave = plan.waves[0].id
    done = Done({"new": wave}, (), {"old": dt.date(2027, 2, 11)}, dt.date(2027, 3, 1))
    standing = Standing(dt.date(2027, 3, 1), done, {}, {"new": wave}, {}, frozenset())
    again = solve(inventory, options=OPTIONS, standing=standing, baseline=plan).plan
    assert again is not None
    assert days(again)["retire old"] == "2027-02-11"
    standing = Standing(
        dt.date(2027, 3, 1), Done({"new": wave}, (), {}, dt.date(2027, 3, 1)), {}, {"new": wave}, {}, frozenset()
    )
    later = solve(inventory, options=OPTIONS, standing=standing, baseline=plan).plan
    assert later is not None
    assert days(later)["retire old"] == "2027-03-02"
