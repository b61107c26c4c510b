"""`waveplan roster` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.command_line import ROOT, Waveplan

EXAMPLE = str(ROOT / "examples" / "first-steps")
PEOPLE = """\
waveplan_roster: 1
people:
  - {name: first administrator, teams: [admins], phone: "4711", language: fr}
  - {name: second administrator, teams: [admins]}
  - {name: third administrator, teams: [admins]}
  - {name: fourth administrator, teams: [admins]}
"""

BACKWARDS = """\
waveplan_roster: 1
people: [{name: a, teams: [x], available: [{start: 2027-01-02T00:00Z, end: 2027-01-01T00:00Z}]}]
"""


@pytest.fixture
def folder(tmp_path: Path, waveplan: Waveplan) -> Path:
    assert waveplan("solve", EXAMPLE, "--reproducible", "-q", "-o", "plan.yaml").code == 0
    (tmp_path / "roster.yaml").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def test_everybody_has_a_seat_and_whoever_falls_out_is_replaced(waveplan: Waveplan, folder: Path) -> None:
    words = ("roster", "plan.yaml", EXAMPLE, "roster.yaml", "--wave", "W01")
    done = waveplan(*words, "--width", "160")
    assert done.code == 0, done.err
    assert "first administrator" in done.out and "4711" in done.out
    duties = json.loads(waveplan(*words, "--json").out)["waves"][0]["duties"]
    assert all(each["person"] for each in duties)
    night = {each["person"] for each in duties if each["kind"] == "night"}
    gone = min(night)
    again = json.loads(waveplan(*words, "--json", "--out", gone).out)["waves"][0]["duties"]
    assert all(each["person"] not in {None, gone} for each in again)
    changed = [each for each in again if each["before"] is not None]
    assert {each["before"] for each in changed} == {gone}


def test_what_cannot_be_manned_is_told_with_its_reason(waveplan: Waveplan, folder: Path) -> None:
    (folder / "roster.yaml").write_text(
        "waveplan_roster: 1\npeople: [{name: alone, teams: [admins, admin]}]\n", encoding="utf-8"
    )
    done = waveplan("roster", "plan.yaml", EXAMPLE, "roster.yaml", "--wave", "W01", "--lang", "en")
    assert done.code == 1
    assert "WP418" in done.err and "whoever could has another duty, or rests" in done.err
    assert "WP419" in done.err and "roster.yaml:2" in done.err
    assert "NOBODY" in done.out
    assert "PERSONNE" in waveplan("roster", "plan.yaml", EXAMPLE, "roster.yaml", "--wave", "W01", "--lang", "fr").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people: [{name: a}]\n", "teams"),
        ("waveplan_roster: 1\npeople: [{name: a, teams: [x], phon: 1}]\n", "phon"),
        ("waveplan_roster: 1\npeople: [{name: a, teams: [x]}, {name: a, teams: [x]}]\n", "there twice"),
        ("waveplan_roster: 1\nshift_hours: 0.5\n", "at least 1"),
        ("waveplan_plan: 1\n", "another kind"),
        (BACKWARDS, "comes before"),
    ],
)
def test_a_roster_that_cannot_be_read_is_told(waveplan: Waveplan, folder: Path, text: str, said: str) -> None:
    (folder / "roster.yaml").write_text(text, encoding="utf-8")
    done = waveplan("roster", "plan.yaml", EXAMPLE, "roster.yaml")
    assert done.code in {1, 2}
    assert said in done.err and "Traceback" not in done.err


def test_nobody_of_that_name_falls_out(waveplan: Waveplan, folder: Path) -> None:
    done = waveplan("roster", "plan.yaml", EXAMPLE, "roster.yaml", "--out", "fifth")
    assert done.code == 2 and "fifth" in done.err


def test_names_are_in_no_plan(folder: Path) -> None:
    assert "administrator" not in (folder / "plan.yaml").read_text(encoding="utf-8")
