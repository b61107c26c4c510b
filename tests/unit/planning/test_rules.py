"""Every hard rule of the format stands on both sides, under one code: what the builders state, and what is checked."""

from __future__ import annotations

from functools import cache

import pytest
from support.cases import RuleCase, rule_cases

from waveplan.checking import RULES
from waveplan.domain.catalogue import PLAN_RULES
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.retirements.problem import retirement_problem

BY_CONSTRUCTION = {"WP301", "WP302", "WP303", "WP340"}  # once, in a lot, in a slot, in its stream: what a problem is
CASES = tuple(rule_cases())


def stated_of(case: RuleCase) -> frozenset[str]:
    """Codes of all rules that the problems made of a case state."""
    return _stated(CASES.index(case))


@cache
def _stated(number: int) -> frozenset[str]:
    facts = PlanningFacts(CASES[number].inventory)
    built = build_problem(facts)
    return built.codes | retirement_problem(facts, built.problem).codes


@pytest.mark.parametrize("code", [code for code in PLAN_RULES if code not in BY_CONSTRUCTION])
def test_a_problem_states_the_rule_that_its_plan_breaks(code: str) -> None:
    broken = [case for case in CASES if case.code == code and set(case.expect) == {code}]
    assert broken
    assert [case.name for case in broken if code not in stated_of(case)] == []


def test_what_a_problem_states_is_checked() -> None:
    stated = {code for case in CASES for code in stated_of(case)}
    assert stated == set(RULES) - BY_CONSTRUCTION


def test_the_check_holds_the_rules_of_the_catalogue() -> None:
    assert set(RULES) == set(PLAN_RULES)
