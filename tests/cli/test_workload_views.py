"""`waveplan show --load`: the common workload plan, as it is typed."""

from __future__ import annotations

import json

import pytest
from support.command_line import ROOT, Waveplan

PLAN = ROOT / "examples" / "datacentre-exit.plan.yaml"


def test_organisations_come_by_month_with_totals(waveplan: Waveplan) -> None:
    done = waveplan("show", PLAN, "--load", "--by", "organisation", "--width", "100")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    months = [line.split()[0] for line in lines if " 2027  " in line and "%" in line]
    assert months[:5] == ["March", "April", "May", "June", "July"]
    assert lines[2].split() == ["Month", "business", "-", "together"]
    assert sum(line.startswith("Total") for line in lines) == 3  # all, and the teams of each organisation


def test_teams_come_by_week_unless_months_are_asked_for(waveplan: Waveplan) -> None:
    weeks = waveplan("show", PLAN, "--load").out
    months = waveplan("show", PLAN, "--load", "--per", "month").out
    assert "ISO week" in weeks and "Total" not in weeks
    assert "June 2027" in months and "ISO week" not in months


def test_a_period_alone_asks_for_loads(waveplan: Waveplan) -> None:
    assert waveplan("show", PLAN, "--per", "month").out == waveplan("show", PLAN, "--load", "--per", "month").out


def test_one_team_by_month(waveplan: Waveplan) -> None:
    done = waveplan("show", PLAN, "--team", "ibmi", "--per", "month", "--lang", "fr", "--width", "100")
    assert "mai 2027" in done.out
    assert "Semaine" not in done.out
    assert "testers" not in done.out


@pytest.mark.parametrize("arguments", [("--load",), ("--load", "--by", "organisation"), ("--per", "month")])
def test_loads_as_json_add_up(waveplan: Waveplan, arguments: tuple[str, ...]) -> None:
    data = json.loads(waveplan("show", PLAN, *arguments, "--json").out)
    assert data["per"] == ("week" if arguments == ("--load",) else "month")
    teams = [team for organisation in data["organisations"] for team in organisation["teams"]]
    assert sorted(team["team"] for team in teams) == ["databases", "ibmi", "network", "systems", "testers"]
    used = sum(load["used"] for team in teams for load in team["loads"].values())
    assert used == pytest.approx(data["together"]["total"]["used"])


def test_json_of_one_team_and_of_none(waveplan: Waveplan) -> None:
    data = json.loads(waveplan("show", PLAN, "--load", "--team", "ibmi", "--json").out)
    assert [team["team"] for each in data["organisations"] for team in each["teams"]] == ["ibmi"]
    wrong = waveplan("show", PLAN, "--load", "--team", "imbi", "--json")
    assert (wrong.code, wrong.out) == (2, "")
    assert "ibmi" in wrong.err


def test_json_without_loads_is_still_the_plan(waveplan: Waveplan) -> None:
    assert json.loads(waveplan("show", PLAN, "--json").out)["waveplan_plan"] == 1


def test_a_week_that_does_not_exist_is_a_finding(waveplan: Waveplan) -> None:
    text = PLAN.read_text(encoding="utf-8").replace("2027-W16:", "2027-W66:", 1)
    done = waveplan("show", "-", "--load", stdin=text.encode())
    assert (done.code, done.out) == (1, "")
    assert "'2027-W66' is not an ISO week like 2026-W08" in done.err
