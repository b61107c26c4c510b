"""Inventories without a plan (`tests/diagnosis`): the facts that clash, and a way out that holds once applied."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.command_line import Finished, run_waveplan

FOLDER = Path(__file__).parents[2] / "diagnosis"
_VALUE = re.compile(r"\[[^]]*\]|[^],}]+")  # a list, or a word up to the end of what holds it
CASES = sorted(FOLDER.glob("*.yaml"))


def _read(file: Path) -> dict[str, Any]:
    """A case, in which every scalar stays the word it is."""
    case: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return case


def _solve(folder: Path, text: str) -> Finished:
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    arguments = ("solve", "inventory.yaml", "--reproducible", "--time-limit", "20", "--format", "json", "-q")
    return run_waveplan(*arguments, cwd=folder, HOME=str(folder))


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
    done = _solve(tmp_path, text)
    assert done.code == int(case["exit"]), done.err
    found = json.loads(done.out)

    clash = found["clash"]
    assert (clash["proven"], clash["minimal"]) == (True, True)
    assert clash["more_may_follow"] == (case.get("more") == "true")
    named = [(fact["kind"], _text_at(text, fact)) for fact in clash["facts"]]
    expected = [(fact["kind"], fact["at"]) for fact in case["facts"]]
    assert [kind for kind, _ in named] == [kind for kind, _ in expected], named
    for (_, shown), (_, start) in zip(named, expected, strict=True):
        assert shown.startswith(start)

    first = found["ways_out"][0]
    assert first["message"] == case["first_way_out"]
    assert first.get("note") == case.get("note")
    assert {".".join(map(str, edit["path"])): _word(edit["value"]) for edit in first["edits"]} == case["edits"]
    assert [way["cost"] for way in found["ways_out"]] == sorted(way["cost"] for way in found["ways_out"])

    mended = _solve(tmp_path, applied(text, first["edits"]))
    assert mended.code == 0, mended.err
    (tmp_path / "plan.json").write_text(mended.out, encoding="utf-8")
    assert run_waveplan("check", "plan.json", "inventory.yaml", cwd=tmp_path, HOME=str(tmp_path)).code == 0


def _word(value: Any) -> Any:
    return [str(each) for each in value] if isinstance(value, list) else str(value)
