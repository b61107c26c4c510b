"""No test goes by the clock: guards are generous, and solves end by the solver's own time, as machines differ."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support.command_client import GUARD

TESTS = Path(__file__).resolve().parents[1]
LEAST = 600  # seconds


def numbers(call: ast.Call, name: str) -> Iterator[float]:
    """What stands for a keyword, where it is a number."""
    for keyword in call.keywords:
        if keyword.arg == name and isinstance(keyword.value, ast.Constant) and keyword.value.value is not None:
            yield float(keyword.value.value)


def objections(text: str) -> Iterator[str]:
    """Calls in a file whose outcome depends on how fast the machine is."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            if any(seconds < LEAST for seconds in numbers(node, "timeout")):
                yield f"line {node.lineno}: a guard is support.command_client.GUARD, or at least {LEAST} seconds"
            if any(numbers(node, "time_limit")):
                yield f"line {node.lineno}: give a deterministic_limit in place of seconds"


def test_no_guard_is_short_and_no_solve_has_seconds() -> None:
    assert GUARD >= LEAST
    found = {path: list(objections(path.read_text(encoding="utf-8"))) for path in TESTS.rglob("*.py")}
    assert {path.name: lines for path, lines in found.items() if lines} == {}


def test_what_goes_by_the_clock_is_found() -> None:
    text = "run(timeout=60)\nrun(timeout=900)\nSolveOptions(time_limit=5)\nSolveOptions(time_limit=None)\n"
    assert [line.partition(":")[0] for line in objections(text)] == ["line 1", "line 3"]
