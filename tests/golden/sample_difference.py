"""The sample plan against itself with a little of everything changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from golden.sample import sample_data

from waveplan.assessment.differing import plan_difference
from waveplan.domain.differences import PlanDifference
from waveplan.domain.plan import Plan


def sample_difference() -> PlanDifference:
    """A wave moves as a whole, another is closed, lots move, join, come and go; dates, loads and goals follow."""
    before, after = sample_data(), sample_data()
    _move_waves(after)
    _regroup(before, after)
    _move_dates(after)
    _loads(after)
    after["metrics"] |= {"finish": 161, "coexistence": Decimal("3980.5"), "peak_load": Decimal("0.98")}
    after["programme"]["deadline"] = dt.date(2026, 7, 10)
    return plan_difference(Plan.model_validate(before), Plan.model_validate(after))


def _move_waves(data: dict[str, Any]) -> None:
    first, *_, last = data["waves"]
    first["id"], first["date"] = "main/2026-02-21-weekend", dt.date(2026, 2, 21)
    for gate in first["gates"]:
        gate["date"] += dt.timedelta(days=7)
    data["waves"].remove(last)
    data["waves"][-1]["lots"] += last["lots"]
    data["waves"][2]["number"] += 1


def _regroup(before: dict[str, Any], after: dict[str, Any]) -> None:
    one, other = after["lots"][:2]
    one["items"] = [*one["items"], *other["items"], "archive"]
    one["id"] += "-x"
    gone = after["lots"][2]["id"]
    after["lots"] = [one, *after["lots"][3:], {"id": "fresh-0000", "items": [f"fresh-{n}" for n in range(9)]}]
    old = {lot["id"] for lot in before["lots"][:2]} | {gone}
    for wave in after["waves"]:
        wave["lots"] = [lot for lot in wave["lots"] if lot not in old]
    after["waves"][1]["lots"] += [one["id"], "fresh-0000"]


def _move_dates(data: dict[str, Any]) -> None:
    for milestone in data["milestones"]:
        milestone["date"] += dt.timedelta(days=3)
    data["milestones"].pop()
    data["calendar"]["hard_dates"][0]["reached"] = dt.date(2026, 6, 29)


def _loads(data: dict[str, Any]) -> None:
    for team in data["teams"].values():
        for number, load in enumerate(team["weeks"].values()):
            load["used"] = Decimal(str(load["used"])) + Decimal(number % 4) / 2
