"""Numbers of a plan that are longer than decimals usually are: told, shown, and no more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from support.command_line import DATACENTRE_EXIT

from waveplan import api
from waveplan.checking import check
from waveplan.domain.rounding import to_step
from waveplan.render.language import translator

LONG = Decimal("9" * 40 + ".55")


@pytest.mark.parametrize("key", ["value", "bound", "gap"])
def test_a_long_figure_of_a_goal_is_a_finding(key: str) -> None:
    inventory = api.validate(str(DATACENTRE_EXIT)).inventory
    plan = api.load_plan(f"{DATACENTRE_EXIT}.plan.yaml").plan
    assert inventory is not None and plan is not None
    goals = [each.model_copy(update={key: LONG}) if not n else each for n, each in enumerate(plan.solve.goals)]
    edited = plan.model_copy(update={"solve": plan.solve.model_copy(update={"goals": goals})})
    found = check(edited, inventory).findings
    assert [each.path[:3] for each in found if each.severity == "error"][:1] == [("solve", "goals", 0)]
    assert all(each.message for each in found)


def test_a_long_number_is_shown_whole() -> None:
    assert translator("fr").number(LONG, 1).replace("\u202f", "") == "9" * 40 + ",6"
    assert to_step(LONG, Decimal("0.1")) == Decimal("9" * 40 + ".6")
