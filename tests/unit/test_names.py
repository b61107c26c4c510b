"""One name for one thing: no two classes are called alike."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import waveplan

SOURCE = Path(waveplan.__file__).parent


def test_no_two_classes_have_one_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert len(homes) > 300  # it looks where they are
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
