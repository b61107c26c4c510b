"""`waveplan show --crew` and `--on-call`, as they are typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support.command_line import ROOT, Waveplan

PLAN = ROOT / "examples" / "datacentre-exit.plan.yaml"
FOLDER = ROOT / "examples" / "datacentre-exit"


def test_a_full_team_is_seen(waveplan: Waveplan) -> None:
    done = waveplan("show", PLAN, "--crew", "--team", "ibmi", "--width", "80")
    assert (done.code, done.err) == (0, "")
    assert re.search(r"Sat 12 Jun to Wed 16 Jun +3 +3 +100%.*W08", done.out)
    assert "systems" not in done.out


def test_both_beside_the_load_with_a_title_each(waveplan: Waveplan) -> None:
    out = waveplan("show", PLAN, "--load", "--crew", "--on-call", "--lang", "fr").out
    titles = ["Équipes de bascule, les jours où une fenêtre est ouverte", "Astreinte pendant l’hypercare"]
    assert out.index("sem. ISO") < out.index(titles[0]) < out.index(titles[1])


def test_one_wave_shows_its_days_only(waveplan: Waveplan) -> None:
    out = waveplan("show", PLAN, "--on-call", "--wave", "W08").out
    assert "Wed 16 Jun" in out and "W08, W09" in out
    assert "W12" not in out


@pytest.mark.parametrize(("per", "period"), [("week", "2027-W24"), ("month", "June 2027")])
def test_periods_show_their_fullest_days(waveplan: Waveplan, per: str, period: str) -> None:
    out = waveplan("show", PLAN, "--on-call", "--per", per, "--team", "systems").out
    assert re.search(rf"{period} +Wed 16 Jun +5 +6 +83%", out)
    assert "fullest day" in out
    assert "Not shown at this width: ." not in waveplan("show", PLAN, "--crew", "--per", per, "--width", "70").out


def test_organisations_together(waveplan: Waveplan) -> None:
    out = waveplan("show", PLAN, "--crew", "--by", "organisation").out
    assert "\nbusiness\n" in out and "ibmi" not in out


def test_as_json_each_that_was_asked_for(waveplan: Waveplan) -> None:
    both = json.loads(waveplan("show", PLAN, "--crew", "--on-call", "--json").out)
    assert set(both) == {"waveplan_rosters", "crew", "on_call"}
    one = json.loads(waveplan("show", PLAN, "--on-call", "--team", "ibmi", "--wave", "W08", "--json").out)
    (team,) = one["on_call"]["organisations"][0]["teams"]
    (need,) = team["needs"]
    assert (need["from"], need["needed"], need["offered"]) == ("2027-06-14", 2, 2)
    assert waveplan("show", PLAN, "--crew", "--team", "imbi", "--json").code == 2


def test_a_plan_of_before_says_how_to_get_them_and_refresh_adds_them(waveplan: Waveplan, tmp_path: Path) -> None:
    text = PLAN.read_text(encoding="utf-8")
    older = re.sub(r"    (?:crew|on_call):\n(?:      - .*\n)+", "", text)
    plan = tmp_path / "plan.yaml"
    plan.write_text(older, encoding="utf-8")
    assert "refresh" in waveplan("show", plan, "--crew").out
    assert waveplan("check", plan, FOLDER).code == 0
    done = waveplan("refresh", plan, FOLDER)
    assert (done.code, "nothing that it said was wrong" in done.err) == (0, True)
    assert plan.read_text(encoding="utf-8") == text  # crew and on_call in their places, and nobody calls it edited


def test_retirements_show_what_they_take_of_people(waveplan: Waveplan) -> None:
    out = waveplan("show", PLAN, "--milestones", "--width", "100").out
    assert re.search(r"Retired +Date +Person-days before +Crew on the day", out)
    assert re.search(r"loyalty-old +Mon 28 Jun 2027 +systems 1, testers 0.5 +systems 1", out)
