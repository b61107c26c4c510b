"""Crews and people on call as a plan states them: worked out by hand, the same from planner and check, compared."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from support.inventories import inventory_from
from support.plans import state_plan

from waveplan import api
from waveplan.checking import check
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.plan_loads import PeopleNeed
from waveplan.planning.options import SolveOptions

TEXT = """
    policy: {preparation_days: 7, gates: [], hypercare: {hours: 48}}
    calendar: {windows: [{id: sat, days: [sat], from: "20:00", hours: 30}, {id: tue, days: [tue], from: "20:00", hours: 2}]}
    teams:
      - {id: ops, crew: 3, on_call: 2, rest_days: 2, absences: [{from: 2026-01-13, to: 2026-01-14, capacity: 0.5}]}
      - {id: dba, on_call: 1}
      - {id: idle, crew: 5}
    sites: [{id: old, target: new}, {id: new}]
    servers: [{id: s1, site: old}]
    applications:
      - {id: crm, crew: {ops: 2, dba: 1}, on_call: {ops: 1, dba: 1}}
      - {id: erp, crew: {ops: 1}, on_call: {ops: 1}}
      - {id: fax, strategy: retire, servers: [s1], crew: {ops: 1}, not_before: 2026-02-02, not_after: 2026-02-02}
"""  # noqa: E501
INVENTORY = inventory_from(TEXT)
WAVES = {"crm": "2026-01-10-sat", "erp": "2026-01-13-tue"}


def need(first: str, last: str, needed: int, offered: int | None, *causes: str) -> PeopleNeed:
    days = {"first": dt.date.fromisoformat(first), "last": dt.date.fromisoformat(last)}
    return PeopleNeed(**days, needed=needed, offered=offered, causes=list(causes))


def stated(plan: Plan) -> dict[str, tuple[list[PeopleNeed], list[PeopleNeed]]]:
    return {team: (load.crew, load.on_call) for team, load in plan.teams.items()}


def test_figures_are_those_worked_out_by_hand() -> None:
    first, second = "2026-01-10-sat", "2026-01-13-tue"
    assert stated(state_plan(INVENTORY, WAVES)) == {
        # Rest after the window of Saturday to Monday lasts until Wednesday: it meets the window of Tuesday, not
        # Wednesday, on which none runs. Half of the team is away then, rounded down.
        "ops": (
            [
                need("2026-01-10", "2026-01-12", 2, 3, first),
                need("2026-01-13", "2026-01-13", 3, 1, first, second),
                need("2026-02-02", "2026-02-02", 1, 3, "retire fax"),
            ],
            [
                need("2026-01-12", "2026-01-12", 1, 2, first),
                need("2026-01-13", "2026-01-14", 2, 1, first, second),
                need("2026-01-15", "2026-01-15", 1, 2, second),
            ],
        ),
        "dba": ([need("2026-01-10", "2026-01-12", 1, None, first)], [need("2026-01-12", "2026-01-14", 1, 1, first)]),
    }


def solved(inventory: Inventory) -> Plan:
    plan = api.solve_checked(inventory, options=SolveOptions(deterministic_limit=20)).plan
    assert plan is not None
    return plan


def test_planner_and_check_state_the_same() -> None:
    text = TEXT.replace(", absences: [{from: 2026-01-13, to: 2026-01-14, capacity: 0.5}]", "")
    text = text.replace("preparation_days: 7", "preparation_days: 5")
    text = text.replace("{id: crm,", "{id: crm, slot: 2026-01-10,").replace("{id: erp,", "{id: erp, slot: 2026-01-13,")
    inventory = inventory_from(text)
    plan = solved(inventory)
    assert [need.needed for need in plan.teams["ops"].crew] == [2, 3, 1]  # rest after the first window meets the second
    assert stated(plan) == stated(state_plan(inventory, WAVES))
    assert all(any(each) for each in stated(plan).values())


CHANGES: list[tuple[str, Any, str]] = [
    ("needed", 1, "ops crew from 2026-01-10 to 2026-01-12 1 of 3 for"),
    ("offered", 9, "2 of 9"),
    ("to", "2026-01-11", "to 2026-01-11"),
    ("from", "2026-01-09", "ops crew from 2026-01-09"),
    ("for", ["2026-01-13-tue"], "for 2026-01-13-tue"),
]


@pytest.mark.parametrize(("key", "value", "told"), CHANGES)
def test_a_figure_that_is_not_so_is_told(key: str, value: Any, told: str) -> None:
    data = plan_data()
    data["teams"]["ops"]["crew"][0][key] = value
    (message,) = [each.message for each in findings(data) if each.code == "WP390"]
    assert told in message


def test_whoever_states_some_states_all() -> None:
    data = plan_data()
    del data["teams"]["dba"]["on_call"]
    assert any("dba on-call from 2026-01-12" in each.message for each in findings(data))


def test_a_plan_that_states_none_is_as_good_as_before() -> None:
    data = plan_data()
    for team in data["teams"].values():
        team.pop("crew", None)
        team.pop("on_call", None)
    data["teams"] = {name: load for name, load in data["teams"].items() if load.get("weeks")}
    assert not [each for each in findings(data) if each.code in ("WP390", "WP391")]


def test_a_team_that_the_plan_makes_up_is_told() -> None:
    data = plan_data()
    data["teams"]["idle"] = {
        "crew": [{"from": "2026-01-10", "to": "2026-01-10", "needed": 1, "for": ["2026-01-10-sat"]}]
    }
    assert any("idle crew from 2026-01-10" in each.message for each in findings(data))


def plan_data() -> dict[str, Any]:
    return state_plan(INVENTORY, WAVES).model_dump(mode="json", by_alias=True, exclude_none=True)


def findings(data: dict[str, Any]) -> list[Any]:
    return list(check(Plan.model_validate(data), INVENTORY).findings)
