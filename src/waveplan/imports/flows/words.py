"""The words by which captures are read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from waveplan.loading.report import ReadingReport
from waveplan.loading.yaml_reader import read_yaml


@cache
def capture_words() -> Any:
    """The whole table of words: `words.yaml`."""
    report = ReadingReport("inventory")
    path = Path(__file__).with_name("words.yaml")
    return read_yaml(report.texts.add(path.name, path.read_text(encoding="utf-8")), report)[0]


@cache
def word_set(name: str) -> frozenset[str]:
    """One list of words."""
    return frozenset(capture_words()[name])


@cache
def known_headers() -> dict[str, str]:
    """Folded header → what it holds: `source_port`, `connections`; of two readings the first one wins."""
    words = capture_words()
    found: dict[str, str] = {}
    for part, side in product(words["parts"], words["sides"]):
        for name in _named(words["sides"][side], words["parts"][part], words["joints"]):
            found.setdefault(name, f"{side}_{part}")
        if part == "name":
            found |= dict.fromkeys(words["sides"][side], f"{side}_name")
    for what, names in words["alone"].items():
        found |= dict.fromkeys(names, f"any_{what}" if what in words["parts"] else what)
    return {**found, **words["exact"]}


def _named(sides: list[str], parts: list[str], joints: list[str]) -> Iterator[str]:
    for one, other, joint in product(sides, parts, joints):
        yield from (f"{one}{joint}{other}", f"{other}{joint}{one}")
