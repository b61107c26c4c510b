"""What was imported last, what stands, what the sources say now: what comes of the three, value by value.

A value that nobody touched follows its source; one that was made by hand stays, and where its source has changed as
well, that is a conflict of three values, told until somebody decides. Lists take in what sources add and let go what
they drop, and keep what was added by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from waveplan.imports.writing.drafts import Tree

Decision = Callable[[str, Any], str]
"""What is decided for a field, by its path and what is said of it: `accept`, `keep`, `review`, or nothing."""
_NAMES = ("id", "app", "service", "from")


class _NoValue(Enum):
    MISSING = "missing"


MISSING = _NoValue.MISSING


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that the import changes; what is MISSING is not there."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A value that the import does not change unasked."""

    path: str
    imported: Any  # last
    standing: Any
    said: Any  # now
    review: bool = False  # it waits for somebody to look, and nobody made it by hand


@dataclass(slots=True)
class ThreeWay:
    """What comes of one entry."""

    tree: Tree = field(default_factory=dict)  # to stand
    wrote: Tree = field(default_factory=dict)  # to be remembered
    changes: list[ValueChange] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # what sources say no more, and stands


def three_way(
    base: Tree,
    standing: Mapping[str, Any],
    new: Tree,
    decide: Decision,
    *,
    drop: bool = False,
    kept: frozenset[str] = frozenset(),
) -> ThreeWay:
    """The entry that comes of three versions of it; `kept` are words that lists do not let go."""
    found = ThreeWay()
    merging = _Merging(found, decide, drop, kept)
    found.tree, found.wrote = merging.mapping(base, standing, new, "")
    return found


class _Merging:
    def __init__(self, found: ThreeWay, decide: Decision, drop: bool, kept: frozenset[str]) -> None:
        self._kept = kept
        self._found = found
        self._decide = decide
        self._drop = drop

    def mapping(self, base: Tree, standing: Mapping[str, Any], new: Tree, path: str) -> tuple[Tree, Tree]:
        """What stands, and what is remembered, of a mapping."""
        tree: Tree = dict(standing)
        wrote: Tree = {}
        for key in dict.fromkeys((*new, *base)):
            here = f"{path}.{key}" if path else key
            stands = standing.get(key)
            value, remembered = self.value(
                base.get(key, MISSING), MISSING if stands is None else stands, new.get(key, MISSING), here
            )
            if value is not MISSING:
                tree[key] = value
            elif stands is not None:
                del tree[key]
            if remembered is not MISSING:
                wrote[key] = remembered
        return tree, wrote

    def value(self, base: Any, standing: Any, new: Any, path: str) -> tuple[Any, Any]:
        """What stands, and what is remembered, of a value of any shape."""
        if isinstance(new, dict) and (standing is MISSING or isinstance(standing, Mapping)):
            if standing is not MISSING or base is MISSING:
                known = standing if isinstance(standing, Mapping) else {}
                tree, wrote = self.mapping(base if isinstance(base, dict) else {}, known, new, path)
                return tree or MISSING, wrote
        elif isinstance(new, list) and standing is not MISSING and not isinstance(standing, Mapping):
            return self._list(base, standing if isinstance(standing, list) else [standing], standing, new, path)
        return self._leaf(base, standing, new, path)

    def _leaf(self, base: Any, standing: Any, new: Any, path: str) -> tuple[Any, Any]:
        if new is MISSING:
            return self._said_no_more(base, standing, path)
        if same(standing, new) or (path == "hostname" and str(standing).casefold() == str(new).casefold()):
            return standing, new
        decided = self._decide(path, new)
        if same(base, new):  # the source has not changed: what was done by hand stays
            return (self._change(path, standing, new), new) if decided == "accept" else (standing, new)
        if decided == "keep":
            return standing, new
        by_hand = not same(base, standing)
        if decided != "accept" and (by_hand or decided == "review"):
            self._found.questions.append(OpenQuestion(path, base, standing, new, review=not by_hand))
            return standing, base
        return self._change(path, standing, new), new

    def _said_no_more(self, base: Any, standing: Any, path: str) -> tuple[Any, Any]:
        if standing is MISSING:
            return MISSING, MISSING
        if not same(base, standing):
            return standing, MISSING
        if self._drop:
            return self._change(path, standing, MISSING), MISSING
        self._found.dropped.append(path)
        return standing, base

    def _change(self, path: str, before: Any, after: Any) -> Any:
        self._found.changes.append(ValueChange(path, before, after))
        return after

    # --- lists -----------------------------------------------------------------------------------------------------

    def _list(self, base: Any, standing: list[Any], as_it_stands: Any, new: list[Any], path: str) -> tuple[Any, Any]:
        old = base if isinstance(base, list) else [] if base is MISSING else [base]
        if any(isinstance(each, Mapping) for each in (*standing, *new)):
            return self._entries(old, standing, new, path)
        decided = self._decide(path, new)
        added = [each for each in new if each not in old and each not in standing]
        lost = [each for each in old if each not in new and each in standing and each not in self._kept]
        if not added and not lost:
            return as_it_stands, new
        if decided == "keep":
            return as_it_stands, new
        if decided == "review":
            self._found.questions.append(OpenQuestion(path, base, as_it_stands, new, review=True))
            return as_it_stands, base
        merged = [*(each for each in standing if each not in lost), *added]
        return self._change(path, as_it_stands, merged or MISSING), new

    def _entries(self, old: list[Any], standing: list[Any], new: list[Any], path: str) -> tuple[Any, Any]:
        """A list of mappings, each known by what it is called."""
        before, wanted = _by_name(old), _by_name(new)
        tree, wrote = [], []
        for number, each in enumerate(standing):
            name = _name(each, number)
            b, n = before.get(name, MISSING), wanted.pop(name, MISSING)
            if b is MISSING and n is MISSING:
                tree.append(each)
                continue
            value, remembered = self.value(b, each, n, f"{path}[{name}]")
            tree += [value] if value is not MISSING else []
            wrote += [remembered] if remembered is not MISSING else []
        for name, each in wanted.items():
            value, remembered = self.value(before.get(name, MISSING), MISSING, each, f"{path}[{name}]")
            tree += [value] if value is not MISSING else []
            wrote += [remembered] if remembered is not MISSING else []
        return tree or MISSING, wrote


def _by_name(entries: Iterable[Any]) -> dict[str, Any]:
    return {_name(each, number): each for number, each in enumerate(entries)}


def _name(entry: Any, number: int) -> str:
    if isinstance(entry, Mapping):
        return next((str(entry[key]) for key in _NAMES if isinstance(entry.get(key), str)), f"#{number + 1}")
    return str(entry)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: numbers whatever their zeros, one word as a list of one, lists in any order."""
    if one is MISSING or other is MISSING:
        return one is other
    if isinstance(one, list) or isinstance(other, list):
        first, second = (each if isinstance(each, list) else [each] for each in (one, other))
        return len(first) == len(second) and all(any(same(a, b) for b in second) for a in first)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other or (isinstance(one, str) and isinstance(other, str) and _as_number(one, other))


def _as_number(one: str, other: str) -> bool:
    if not (one[:1].isdigit() and other[:1].isdigit()) or len(one) > 30 or len(other) > 30:
        return False
    try:
        return Decimal(one) == Decimal(other) and (one[0] != "0" or "." in one) == (other[0] != "0" or "." in other)
    except InvalidOperation:
        return False


def shown(value: Any) -> str:
    """A value as sentences show it."""
    if value is MISSING or value is None:
        return "—"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(each)}" for key, each in value.items()) + "}"
    return str(value)
