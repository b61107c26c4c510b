"""Where findings of the rules' cases point, and whom they name: kept in a file (UPDATE_GOLDEN=1 accepts what changed).

A case that the file does not have yet is not compared: add it by UPDATE_GOLDEN=1.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.cases import RuleCase, rule_cases

from waveplan.checking import check
from waveplan.domain.catalogue import PLAN_RULES
from waveplan.domain.findings import Finding

KEPT = Path(__file__).parent / "kept" / "finding-places.yaml"
BROKEN = [case for case in rule_cases() if case.expect]


def _name(case: RuleCase) -> str:
    return f"{case.code}: {case.name}"


def _told(finding: Finding) -> str:
    place = ".".join(map(str, finding.path)) or "-"
    return f"{finding.code} {finding.severity} at {place} of {', '.join(finding.subjects) or '-'}"


def _findings(case: RuleCase) -> tuple[Finding, ...]:
    return check(case.plan(), case.inventory).findings


def test_the_file_is_of_the_cases_that_there_are() -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        told = {_name(case): [_told(each) for each in _findings(case)] for case in BROKEN}
        KEPT.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=1000), encoding="utf-8")
    known, names = _kept(), {_name(case) for case in BROKEN}
    assert set(known) <= names
    assert len(known) >= 0.9 * len(names)


@pytest.mark.parametrize("case", BROKEN, ids=_name)
def test_findings_point_at_what_is_to_be_changed(case: RuleCase) -> None:
    findings, data = _findings(case), case.plan().model_dump(by_alias=True)
    for each in findings:
        assert each.code not in PLAN_RULES or _is_in(data, each.path) or _is_in(case.inventory.model_dump(), each.path)
    if _name(case) in _kept():
        assert [_told(each) for each in findings] == _kept()[_name(case)]


def _is_in(data: Any, path: tuple[str | int, ...]) -> bool:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _kept() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.load(KEPT.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found
