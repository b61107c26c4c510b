"""Every rule has a plan that just keeps it and one that just breaks it; the check tells them apart."""

from __future__ import annotations

import pytest
from support.cases import RuleCase, rule_cases

from waveplan.checking import RULES, check
from waveplan.domain.catalogue import PLAN_RULES

CASES = tuple(rule_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.name}")
def test_the_check_says_what_the_case_expects(case: RuleCase) -> None:
    findings = check(case.plan(), case.inventory).findings
    messages = "\n".join(f"{finding.code} {finding.message}" for finding in findings)
    assert tuple(finding.code for finding in findings) == case.expect, messages
    for words in case.says:
        assert words in messages
    assert all(finding.advice for finding in findings)


@pytest.mark.parametrize("code", [*PLAN_RULES, "WP390"])
def test_each_rule_has_a_case_that_keeps_it_and_one_that_breaks_it(code: str) -> None:
    mine = [case for case in CASES if case.code == code]
    assert any(not case.expect for case in mine)
    assert any(case.expect == (code,) and case.says for case in mine)


def test_the_check_has_every_hard_rule_of_the_catalogue_in_order() -> None:
    assert tuple(RULES) == PLAN_RULES
