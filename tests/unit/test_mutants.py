"""The small changes of code that `tools/mutations.py` tries: each is one, and none is of what is no code."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLE = '''
LIMIT = 3


@keep(4)
def least(found: list[int], most: int = 5) -> int:
    """Docstring of a function."""
    assert found, "nothing found"
    total = 0
    for each in sorted(found):
        if each > 1 and not each % 2:
            continue
        total += min(each, most)
    note("a sentence with blanks", key="name")
    return total or None


class Held:
    def names(self):
        yield from [each for each in self.all if each.known]
'''


@pytest.fixture
def mutants(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(Path(__file__).parents[2] / "tools"), *sys.path])
    import mutants

    return mutants


def test_each_change_is_made_alone_and_is_code(mutants: Any) -> None:
    count = len(mutants.mutants_of(ast.parse(SAMPLE)))
    changed = set()
    for number in range(count):
        tree = ast.parse(SAMPLE)
        mutants.mutants_of(tree)[number].apply()
        compile(tree, "sample", "exec")
        changed.add(ast.unparse(tree))
    assert len(changed) == count
    assert ast.unparse(ast.parse(SAMPLE)) not in changed


def test_what_is_changed(mutants: Any) -> None:
    found = {(each.function, each.what) for each in mutants.mutants_of(ast.parse(SAMPLE))}
    assert found == {
        ("least", "0 → 1"),
        ("least", "sorted → list: sorted(found)"),
        ("least", "Gt → GtE: each > 1"),
        ("least", "Gt → LtE: each > 1"),
        ("least", "1 → 2"),
        ("least", "and → or: each > 1 and (not each % 2)"),
        ("least", "Mod → FloorDiv: each % 2"),
        ("least", "2 → 3"),
        ("least", "left out: continue"),
        ("least", "left out: total += min(each, most)"),
        ("least", "Add → Sub: total += min(each, most)"),
        ("least", "min → max: min(each, most)"),
        ("least", "left out: note('a sentence with blanks', key='name')"),
        ("least", "'name' → 'name~'"),
        ("least", "return None: return total or None"),
        ("least", "or → and: total or None"),
        ("Held.names", "no condition: if each.known"),
        ("Held.names", "left out: yield from [each for each in self.all if each.known]"),
    }
