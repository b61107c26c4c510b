"""Inventories without a plan (`tests/diagnosis`): the facts that clash, and a way out that holds once applied."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from waveplan import api
from waveplan.domain.objective import Goal
from waveplan.export.diagnosis_json import dump_diagnosis
from waveplan.export.plan_yaml import dump_plan
from waveplan.planning.diagnosis.edits import edited
from waveplan.planning.diagnosis.facts import facts_of
from waveplan.planning.options import SolveOptions

FOLDER = Path(__file__).parents[2] / "diagnosis"
CASES = sorted(FOLDER.glob("*.yaml"))
OPTIONS = SolveOptions(time_limit=None, deterministic_limit=20.0, reproducible=True, goals=(Goal(goal="finish"),))
_VALUE = re.compile(r"\[[^]]*\]|[^],}]+")  # a list, or a word up to the end of what holds it


def _read(file: Path) -> dict[str, Any]:
    """A case, in which every scalar stays the word it is."""
    case: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return case


def _validated(folder: Path, text: str) -> api.Validation:
    file = folder / "inventory.yaml"
    file.write_text(text, encoding="utf-8")
    return api.validate(str(file))


def _exit_code(validation: api.Validation) -> int:
    """Of `solve`: the inventory has errors, or it is proven that there is no plan."""
    if validation.has_errors:
        return 1
    outcome = api.solve(validation, options=OPTIONS)
    return 3 if outcome.status == "infeasible" else 0


def _text_at(text: str, fact: dict[str, Any]) -> str:
    return text.splitlines()[fact["line"] - 1][fact["column"] - 1 :]


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """An inventory's text, each value put where the way out says, in place of the one that stands there."""
    lines = text.splitlines()
    for edit in sorted(edits, key=lambda each: (each["line"], each["column"]), reverse=True):
        line, start = lines[edit["line"] - 1], edit["column"] - 1
        old = _VALUE.match(line, start)
        assert old is not None
        lines[edit["line"] - 1] = line[:start] + json.dumps(edit["value"]).replace('"', "") + line[old.end() :]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_facts_that_clash_and_a_way_out_that_holds(file: Path, tmp_path: Path) -> None:
    case = _read(file)
    text: str = case["inventory"]
    validation = _validated(tmp_path, text)
    assert _exit_code(validation) == int(case["exit"])
    diagnosis = api.diagnose(validation, options=OPTIONS)
    assert diagnosis is not None
    found = json.loads(dump_diagnosis(diagnosis))

    assert len(found["clashes"]) == len(_clashes(case))
    for clash, expected in zip(found["clashes"], _clashes(case), strict=True):
        assert (clash["proven"], clash["minimal"]) == (True, True)
        named = [(fact["kind"], _text_at(text, fact)) for fact in clash["facts"]]
        assert [kind for kind, _ in named] == [fact["kind"] for fact in expected["facts"]], named
        assert all(shown.startswith(fact["at"]) for (_, shown), fact in zip(named, expected["facts"], strict=True))
        costs = [way["cost"] for way in clash["ways_out"]]
        assert costs
        assert costs == sorted(costs)
        assert clash["ways_out"][0]["message"] == expected.get("first_way_out", clash["ways_out"][0]["message"])
    assert found["more_may_follow"] is False
    assert found["clash"] == {**_less_ways(found["clashes"][0]), "more_may_follow": len(found["clashes"]) > 1}

    first = found["ways_out"][0]
    assert first["message"] == case["first_way_out"]
    assert set(case.get("also", ())) <= {way["message"] for way in found["ways_out"]}
    assert "note" not in case or first["note"] == case["note"]
    assert {".".join(map(str, edit["path"])): _words(edit["value"]) for edit in first["edits"]} == case["edits"]
    if len(found["clashes"]) == 1:
        assert found["ways_out"] == found["clashes"][0]["ways_out"]

    mended = _validated(tmp_path, applied(text, first["edits"]))
    plan = api.solve(mended, options=OPTIONS).plan
    assert plan is not None
    (tmp_path / "plan.yaml").write_text(dump_plan(plan), encoding="utf-8")
    verdict = api.check(str(tmp_path / "plan.yaml"), str(tmp_path / "inventory.yaml"))
    assert [finding.message for finding in verdict.findings if finding.severity == "error"] == []


def _clashes(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The clashes of a case: several, or the only one."""
    clashes: list[dict[str, Any]] = case.get("clashes") or [{"facts": case["facts"]}]
    return clashes


def _less_ways(clash: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in clash.items() if key != "ways_out"}


def _words(value: Any) -> Any:
    return [str(each) for each in value] if isinstance(value, list) else str(value)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_facts_alone_clash_and_each_is_needed(file: Path, tmp_path: Path) -> None:
    """By whole solves: with only these facts there is no plan; with any one of them less there is."""
    case = _read(file)
    validation = _validated(tmp_path, case["inventory"])
    inventory = validation.inventory
    diagnosis = api.diagnose(validation, options=OPTIONS)
    assert inventory is not None
    assert diagnosis is not None

    def has_plan(kept: list[Any]) -> bool:
        left_out = (edit for fact in facts_of(inventory) if fact.path not in kept for edit in fact.relaxed)
        loosened = edited(inventory, left_out)
        return not api.errors_of(loosened) and api.solve_checked(loosened, options=OPTIONS).status == "planned"

    for clash in diagnosis.clashes:
        named = [fact.path for fact in clash.facts]
        assert not has_plan(named)
        for path in named:
            assert has_plan([other for other in named if other != path]), path
