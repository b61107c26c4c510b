"""Public functions that raise say so, for whoever calls them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import waveplan

SOURCE = Path(waveplan.__file__).parent
TYPED = "cli"  # the command line turns every error into words: nobody catches what its functions raise


def public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef]:
    """Functions and methods that others may call."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node.body)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def raises(function: ast.FunctionDef) -> bool:
    """Whether it raises something itself; a bare `raise` hands on what somebody else has told of."""
    return any(isinstance(node, ast.Raise) and node.exc is not None for node in ast.walk(function))


def silent(path: Path) -> list[str]:
    """Functions of a file that raise and do not say so."""
    functions = public_functions(ast.parse(path.read_text(encoding="utf-8")).body)
    found = [each for each in functions if raises(each) and "aise" not in (ast.get_docstring(each) or "")]
    return [f"{path.relative_to(SOURCE)}:{each.lineno} {each.name}" for each in found]


def test_who_raises_says_so() -> None:
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if path.relative_to(SOURCE).parts[0] != TYPED]
    assert len(paths) > 100
    assert [line for path in paths for line in silent(path)] == []
