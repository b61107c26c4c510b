"""The common workload plan: weeks into months, teams into organisations, limits kept apart from what has none."""

from __future__ import annotations

import json
from decimal import Decimal

from golden.sample import sample_plan

from waveplan.domain.plan import Plan
from waveplan.export.workload_json import dump_workload_json
from waveplan.workload import Load, month_of, workload


def _week(used: float, offered: float | None = None) -> dict[str, float]:
    return {"used": used} if offered is None else {"used": used, "offered": offered}


def _plan() -> Plan:
    return sample_plan(
        teams={
            "dba": {
                "organisation": "acme",
                "weeks": {"2026-W09": _week(2, 5), "2026-W10": _week(0, 5), "2026-W14": _week(1, 4)},
            },
            "helpers": {"organisation": "acme", "weeks": {"2026-W10": _week(3)}},
            "vendor": {"organisation": "beta", "weeks": {"2026-W10": _week(4, 0)}},
            "nobody's": {"weeks": {"2026-W09": _week(1, 2)}},
        }
    )


def test_a_week_counts_in_the_month_of_its_thursday() -> None:
    assert month_of("2026-W09") == "2026-02"  # Monday 23 February to Sunday 1 March
    assert month_of("2026-W14") == "2026-04"  # Monday 30 March to Sunday 5 April
    assert month_of("2026-W18") == "2026-04"  # Monday 27 April to Sunday 3 May
    assert (month_of("2026-W01"), month_of("2020-W53")) == ("2026-01", "2020-12")


def test_months_add_up_their_weeks_with_and_without_work() -> None:
    dba = workload(_plan(), "month").teams[0]
    assert dba.periods == {
        "2026-02": Load(Decimal(2), Decimal(5)),
        "2026-03": Load(Decimal(0), Decimal(5)),
        "2026-04": Load(Decimal(1), Decimal(4)),
    }
    assert dba.total == Load(Decimal(3), Decimal(14))
    assert dba.periods["2026-03"].share == 0


def test_organisations_come_by_name_and_teams_without_one_last() -> None:
    loads = workload(_plan(), "month")
    assert [each.whole.name for each in loads.organisations] == ["acme", "beta", None]
    assert [[team.name for team in each.teams] for each in loads.organisations] == [
        ["dba", "helpers"],
        ["vendor"],
        ["nobody's"],
    ]
    assert loads.periods == ("2026-02", "2026-03", "2026-04")
    assert loads.whole.total == Load(Decimal(11), Decimal(16), Decimal(3))


def test_work_without_a_limit_is_not_held_against_what_others_offer() -> None:
    acme = workload(_plan(), "month").organisations[0].whole
    assert acme.periods["2026-03"] == Load(Decimal(3), Decimal(5), Decimal(3))
    assert acme.periods["2026-03"].share == 0
    assert acme.total.share == Decimal(3) / 14


def test_work_that_nobody_is_there_for_has_a_share_without_end() -> None:
    assert workload(_plan(), "week").organisations[1].whole.total.share == Decimal("Infinity")
    assert Load(Decimal(2), None, Decimal(2)).share is None
    assert Load(Decimal(2), Decimal(0), Decimal(2)).share is None


def test_one_team_stands_alone() -> None:
    loads = workload(_plan(), "week", "vendor")
    assert [each.whole.name for each in loads.organisations] == ["beta"]
    assert loads.periods == ("2026-W10",)


def test_json_holds_everything_and_no_number_that_json_does_not_have() -> None:
    data = json.loads(dump_workload_json(workload(_plan(), "month")))
    acme, beta, rest = data["organisations"]
    assert (data["per"], data["periods"][0]) == ("month", "2026-02")
    assert acme["loads"]["2026-02"] == {"used": 2, "offered": 5, "unlimited": 0, "share": 0.4}
    assert acme["teams"][1]["total"] == {"used": 3, "offered": None, "unlimited": 3, "share": None}
    assert beta["total"] == {"used": 4, "offered": 0, "unlimited": 0, "share": None}
    assert rest["organisation"] is None
    assert data["together"]["total"]["used"] == 11
