"""Crews and people on call by team, organisation, wave, week and month, from what a plan states."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from golden.sample import sample_plan

from waveplan.domain.plan import Plan
from waveplan.export.workload_json import dump_roster_json
from waveplan.rosters import Roster, is_stated, roster
from waveplan.workload import Load


def _need(first: str, last: str, needed: int, offered: int | None, *causes: str) -> dict[str, Any]:
    found: dict[str, Any] = {"from": first, "to": last, "needed": needed, "for": list(causes)}
    return found if offered is None else found | {"offered": offered}


def _plan() -> Plan:
    return sample_plan(
        teams={
            "dba": {
                "organisation": "acme",
                "crew": [_need("2026-02-27", "2026-03-02", 2, 4, "a"), _need("2026-03-05", "2026-03-05", 3, 4, "b")],
                "on_call": [_need("2026-03-03", "2026-03-04", 1, None, "a")],
            },
            "ops": {"organisation": "acme", "crew": [_need("2026-03-01", "2026-03-03", 4, 5, "a", "b")]},
            "testers": {"crew": [_need("2026-03-05", "2026-03-05", 1, None, "b")]},
        }
    )


def _told(found: Roster) -> dict[str | None, list[tuple[str, str, Load, str]]]:
    return {
        each.whole.name: [
            (str(need.days.first), str(need.days.last), need.load, " ".join(need.causes)) for need in each.whole.needs
        ]
        for each in found.organisations
    }


def test_an_organisation_adds_up_its_teams_day_by_day() -> None:
    assert _told(roster(_plan(), "crew"))["acme"] == [
        ("2026-02-27", "2026-02-28", Load(Decimal(2), Decimal(4)), "a"),
        ("2026-03-01", "2026-03-02", Load(Decimal(6), Decimal(9)), "a b"),
        ("2026-03-03", "2026-03-03", Load(Decimal(4), Decimal(5)), "a b"),
        ("2026-03-05", "2026-03-05", Load(Decimal(3), Decimal(4)), "b"),
    ]


def test_a_period_shows_its_fullest_days_and_ends_with_it() -> None:
    dba = roster(_plan(), "crew", "month", team="dba").teams[0]
    assert [(need.period, str(need.days.first), str(need.days.last)) for need in dba.needs] == [
        ("2026-02", "2026-02-27", "2026-02-28"),
        ("2026-03", "2026-03-05", "2026-03-05"),
    ]
    weeks = roster(_plan(), "crew", "week", team="dba").teams[0]
    assert [(need.period, str(need.days.last), need.load.used) for need in weeks.needs] == [
        ("2026-W09", "2026-03-01", 2),
        ("2026-W10", "2026-03-05", 3),
    ]


def test_a_wave_shows_the_whole_need_of_its_days() -> None:
    found = roster(_plan(), "crew", wave="b")
    assert [(team.name, len(team.needs)) for team in found.teams] == [("dba", 1), ("ops", 1), ("testers", 1)]
    assert roster(_plan(), "on_call", wave="b").teams == ()


def test_people_without_a_limit_are_held_against_nothing() -> None:
    (need,) = roster(_plan(), "on_call").teams[0].needs
    assert (need.load.share, need.load.unlimited) == (None, 1)


def test_plans_of_before_state_nothing() -> None:
    assert is_stated(_plan())
    assert not is_stated(sample_plan(teams={"dba": {"weeks": {"2026-W09": {"used": 1}}}}))


def test_json_holds_every_need() -> None:
    plan = _plan()
    data = json.loads(dump_roster_json({"crew": roster(plan, "crew"), "on_call": roster(plan, "on_call", "week")}))
    acme = data["crew"]["organisations"][0]
    assert acme["teams"][1]["needs"] == [
        {
            "period": None,
            "from": "2026-03-01",
            "to": "2026-03-03",
            "needed": 4,
            "offered": 5,
            "unlimited": 0,
            "share": 0.8,
            "for": ["a", "b"],
        }
    ]
    assert data["on_call"]["per"] == "week"
    assert data["on_call"]["organisations"][0]["needs"][0]["period"] == "2026-W10"
