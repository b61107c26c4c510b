"""Names of different sources that differ by little: asked about, never a reason to join."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from waveplan.domain.findings import Finding
from waveplan.imports.merging.normal_forms import folded
from waveplan.imports.merging.things import Thing
from waveplan.imports.records import Kind

_ASKED: tuple[Kind, ...] = ("site", "team", "application", "service")  # machines are numbered: near names mean nothing
_LIKENESS = 88
_MOST_OF_ONE_WORD = 50
_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGITS = re.compile(r"\d+")


def near_names(entries: Mapping[Kind, Sequence[Thing]]) -> Iterator[Finding]:
    """A finding for each pair of things that no source has both of and that are called nearly alike."""
    try:
        from rapidfuzz.fuzz import token_sort_ratio
    except ImportError:  # it comes with what reads spreadsheets; without it nothing is asked
        return
    for kind in _ASKED:
        things = entries.get(kind, ())
        for one, other in _candidates(things):
            first, second = things[one], things[other]
            names = folded(first.name), folded(second.name)
            if _DIGITS.findall(names[0]) == _DIGITS.findall(names[1]) and token_sort_ratio(*names) >= _LIKENESS:
                yield _asked(first, second)


def _candidates(things: Sequence[Thing]) -> Iterator[tuple[int, int]]:
    """Pairs that share a word, or its beginning."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        words = _WORD.findall(folded(thing.name))
        for part in {*words, *(f"{word[:4]}…" for word in words)}:
            blocks[part].append(number)
    pairs = {
        pair for numbers in blocks.values() if len(numbers) <= _MOST_OF_ONE_WORD for pair in combinations(numbers, 2)
    }
    for one, other in sorted(pairs):
        sources = [{source for source, _ in things[each].records} for each in (one, other)]
        if sources[0].isdisjoint(sources[1]):
            yield one, other


def _asked(first: Thing, second: Thing) -> Finding:
    values = {"one": _said(first), "other": _said(second)}
    finding = Finding(
        "WP540",
        "{one} and {other} are called nearly alike, and were kept apart",
        values,
        "warning",
        (first.name, second.name),
        hint="if they are one, write the name alike in both sources; if they are two, nothing need be done",
    )
    told = next((record for _, record in (*second.records, *first.records) if record.place.row), None)
    return finding.at(told.location()) if told else finding


def _said(thing: Thing) -> str:
    sources = sorted({source for source, _ in thing.records})
    return f"'{thing.name}' ({', '.join(sources)})" if sources else f"'{thing.name}'"
