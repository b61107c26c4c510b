"""What headers mean: known ones and near ones, from the table `synonyms.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from waveplan.errors import UsageError
from waveplan.imports.records import Kind
from waveplan.imports.values import folded, without_unit

SURE = 100
_IN_BRACKETS = re.compile(r"[\[(][^\[\]()]*[\])]")
_NEAR = 86
_SHORTEST = 5  # letters of a header that may be near another one: shorter ones are that word or not


@dataclass(frozen=True, slots=True)
class Target:
    """What a column can fill: `name`, `names` or `any_name` of a kind, one of its `keys`, or one of its `fields`."""

    part: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a header is like a known one; 100 is the same, and among the same an earlier one is meant rather."""

    target: Target
    score: int
    rank: int
    known: str

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """The most alike first."""
        return (-self.score, self.rank, self.target.part, self.target.field)


@cache
def _tables() -> dict[Kind, dict[str, Any]]:
    text = files("waveplan.imports.mapping").joinpath("synonyms.yaml").read_text(encoding="utf-8")
    read: dict[Kind, dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return read


@cache
def _known(kind: Kind) -> dict[str, list[tuple[Target, int]]]:
    """Folded header → what it may mean, each with its place among the headers of that meaning."""
    found: dict[str, list[tuple[Target, int]]] = {}
    table = _tables()[kind]
    for part in ("name", "names", "any_name"):
        for rank, word in enumerate(table.get(part, ())):
            found.setdefault(folded(str(word)), []).append((Target(part), rank))
    for part in ("keys", "fields"):
        for field, words in table.get(part, {}).items():
            for rank, word in enumerate((field, *words)):
                found.setdefault(folded(str(word)), []).append((Target(part, field), rank))
    return found


def known_kinds() -> tuple[Kind, ...]:
    """Kinds of record whose sheets are recognised."""
    return tuple(_tables())


def is_named_after(sheet: str, kind: Kind) -> bool:
    """Whether a sheet or file is called like one that holds things of a kind."""
    words = folded(sheet)
    return any(words == each or f" {each} " in f" {words} " for each in map(folded, _tables()[kind].get("sheet", ())))


@cache
def likenesses(header: str, kind: Kind) -> tuple[Likeness, ...]:
    """What a header may mean for a kind of record, the most alike first."""
    known = _known(kind)
    found: dict[Target, Likeness] = {}
    bare = _IN_BRACKETS.sub(" ", header)
    spellings = dict.fromkeys(map(folded, (header, without_unit(header), bare, without_unit(bare))))
    spellings[_without_numbers(header)] = None
    for words in filter(None, spellings):
        for target, rank in known.get(words, ()):
            found.setdefault(target, Likeness(target, SURE, rank, words))
    if not found:
        for words in filter(None, spellings):
            for near, score in _near(words, known):
                for target, rank in known[near]:
                    found.setdefault(target, Likeness(target, score, rank, near))
    return tuple(sorted(found.values(), key=lambda each: each.sort_key))


def _without_numbers(header: str) -> str:
    """`Disk 2 size (GB)` is a disk size, whichever of them."""
    return " ".join(word for word in folded(without_unit(header)).split() if not word.isdigit())


def _near(words: str, known: dict[str, Any]) -> list[tuple[str, int]]:
    if len(words) < _SHORTEST:
        return []
    try:
        from rapidfuzz import fuzz, process
    except ImportError:
        raise UsageError(
            "near headers are found with rapidfuzz: install it with `pip install 'waveplan[import]'`"
        ) from None
    candidates = [each for each in known if len(each) >= _SHORTEST]
    found = process.extract(words, candidates, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=3)
    return [(near, int(score) - (score == SURE)) for near, score, _ in found]
