"""The bottom line claims what is proven, and no more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from golden.sample import sample_data

from waveplan.domain.plan import Plan
from waveplan.render.language import translator
from waveplan.render.summary import bottom_line

EN, FR = translator("en"), translator("fr")


def _line(goals: list[dict[str, Any]] | None = None, language: str = "en", **changes: Any) -> str:
    data = sample_data() | {"unplanned": []}
    data["calendar"]["hard_dates"] = []
    data["solve"]["goals"] = goals or []
    for path, value in changes.items():
        section, _, key = path.partition("__")
        data[section][key] = value
    return bottom_line(Plan.model_validate(data), translator(language), 10_000).plain


def test_waves_and_deadline() -> None:
    """How many, from when to when, and what is left until the deadline."""
    assert _line() == "8 waves from Sat 14 Feb to Sat 6 Jun 2026; deadline met with 23 days to spare."


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("2026-06-11", "deadline met with 1 day to spare"),
        ("2026-06-10", "deadline met on its last day"),
        ("2026-06-09", "deadline missed by 1 day"),
        ("2026-05-31", "deadline missed by 10 days"),
    ],
)
def test_deadline(deadline: str, words: str) -> None:
    """Counted from the last hypercare day."""
    assert f"; {words}." in _line(programme__deadline=dt.date.fromisoformat(deadline))


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        ({"goal": "finish", "value": 156, "bound": 156, "status": "optimal"}, "finish proven optimal"),
        (
            {"goal": "finish", "value": 154, "bound": 154, "status": "optimal", "tolerance": "5%"},
            "finish 156 days, within its tolerance of the proven optimum of 154 days",
        ),
        (
            {"goal": "finish", "value": 154, "bound": 154, "status": "optimal", "tolerance": "2"},
            "finish 156 days, within its tolerance of the proven optimum of 154 days",
        ),
        (
            {"goal": "finish", "value": 154, "bound": 154, "status": "optimal", "tolerance": "1"},
            "finish 156 days, worse than the proven optimum of 154 days",
        ),
        (
            {"goal": "finish", "value": 154, "bound": 154, "status": "optimal", "tolerance": "1%"},
            "finish 156 days, worse than the proven optimum of 154 days",
        ),
        (
            {"goal": "coexistence", "value": 4180, "bound": 3678.4, "gap": 0.12, "status": "feasible"},
            "coexistence 4,180, gap 12%: at best 3,678.4",
        ),
        (
            {"goal": "coexistence", "value": 4000, "bound": 3678.4, "gap": 0.0804, "status": "feasible"},
            "coexistence 4,180, gap 12%: at best 3,678.4",  # of the plan as it stands, not of a value given up later
        ),
        ({"goal": "coexistence", "value": 4180, "status": "feasible"}, "coexistence feasible, no bound proven"),
        (
            {"goal": "coexistence", "value": 4180, "bound": 0, "gap": 1, "status": "feasible"},
            "coexistence feasible, no bound proven",
        ),
        ({"goal": "peak_load", "status": "unknown"}, "peak load: nothing known"),
        ({"goal": "moved_lots", "value": 2, "bound": 2, "status": "optimal"}, "moved lots proven optimal"),
    ],
)
def test_proof(goal: dict[str, Any], words: str) -> None:
    """Optimal, within a tolerance, within a gap, feasible, unknown: each is called what it is."""
    assert _line([goal]).endswith(f"; {words}.")


def test_small_gaps_are_rounded_up() -> None:
    """A gap never looks smaller than it is."""
    goal = {"goal": "coexistence", "value": 4180, "bound": 4160, "gap": 0.0048, "status": "feasible"}
    assert "coexistence 4,180, gap 0.5%: at best 4,160" in _line([goal])


def test_interruption_is_said() -> None:
    """The best plan so far is not called more than that."""
    assert "; search interrupted: the best plan found so far." in _line(solve__interrupted=True)


def test_missed_hard_dates_and_lots_left_out_are_named() -> None:
    """What is wrong with the plan stands in the bottom line."""
    data = sample_data()
    line = bottom_line(Plan.model_validate(data), EN, 10_000).plain
    assert "; 1 hard date missed (exit_by dc-north); 1 lot left out of the plan; " in line


def test_one_day_and_no_waves() -> None:
    """A plan may have one date, or none."""
    data = sample_data() | {"unplanned": []}
    data["calendar"]["hard_dates"] = []
    data["solve"]["goals"] = []
    data["waves"] = data["waves"][:1]
    assert bottom_line(Plan.model_validate(data), EN, 200).plain.startswith("1 wave on Sat 14 Feb 2026; ")
    data["waves"] = []
    assert bottom_line(Plan.model_validate(data), EN, 200).plain == "No waves."


def test_lines_break_at_ordinary_blanks_only() -> None:
    """French signs stay with their words."""
    line = bottom_line(Plan.model_validate(sample_data()), FR, 40).plain
    assert all(len(each) <= 40 and each[0] not in ";:%" for each in line.splitlines())
