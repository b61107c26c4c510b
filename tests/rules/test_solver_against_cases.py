"""The model, the search and the checker, written apart, say the same of every rule case."""

from __future__ import annotations

import datetime as dt

import pytest
from support.cases import RuleCase, rule_cases
from support.solver import search_accepts, solver_accepts

from waveplan.domain.items import Items

# What a plan can only break by being written wrongly; the solver's plans are whole by construction.
WRITTEN_WRONGLY = {"WP301", "WP302", "WP303", "WP340", "WP390"}


def cases() -> list[RuleCase]:
    return [
        case
        for case in rule_cases()
        if not WRITTEN_WRONGLY.intersection(case.expect) and case.code not in WRITTEN_WRONGLY
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.code} {case.name}")
def test_the_solver_accepts_what_the_checker_accepts(case: RuleCase) -> None:
    assignment = {}
    for wave, held in case.waves.items():
        slot = wave.rpartition("/")[2]
        for item in held:
            names = [item] if isinstance(item, str) else item
            assignment.update(dict.fromkeys(names, slot))
    planned = {item.id for item in Items(case.inventory).planned}
    assert planned == {item for item in assignment if item in planned}, "the case leaves something out"
    dates = {
        name.removeprefix("retire "): dt.date.fromisoformat(each["date"])
        for name, each in case.stated.get("milestones", {}).items()
        if name.startswith("retire ")
    }
    assert solver_accepts(case.inventory, assignment, dates) == (not case.expect)
    if dates:
        return  # the search looks at waves alone; retirements are dated beside them
    assert search_accepts(case.inventory, assignment) == (not case.expect)
