"""Sentences that waveplan wrote into a file in English, found again in the catalogue so that they can be translated."""

from __future__ import annotations

import re
import string
import struct
from collections.abc import Iterator, Mapping
from functools import cached_property

from waveplan.domain.findings import Phrase, Phrases

_DEEPEST = 3  # sentences within sentences
_FEWEST = 20  # letters beside its placeholders by which a sentence is told from what somebody wrote
_FEWEST_WITHIN = 10  # and within a sentence that is known


class Sentences:
    """The English sentences of a compiled catalogue."""

    def __init__(self, compiled: bytes) -> None:
        self._compiled = compiled

    def recognised(self, text: str, depth: int = _DEEPEST) -> Phrase | Phrases | None:
        """The sentence that a text is, with its values; the one with the most words of its own if several fit."""
        if text.count(" ") < 2 or not depth:
            return None
        fewest = _FEWEST if depth == _DEEPEST else _FEWEST_WITHIN
        fits = ((len("".join(pieces)), template) for template, pieces in self._pieced if _in_turn(pieces, text))
        for _, template in sorted((fit for fit in fits if fit[0] >= fewest), reverse=True):
            found = _pattern(template).fullmatch(text)
            if found:
                values = found.groupdict()
                return Phrase(template, {name: self._value(value, depth) for name, value in values.items()})
        parts = [self.recognised(part, depth - 1) for part in text.split("; ")] if "; " in text else []
        known = [part for part in parts if isinstance(part, Phrase)]
        return Phrases(tuple(known)) if parts and len(known) == len(parts) else None

    def _value(self, value: str, depth: int) -> object:
        return self.recognised(value, depth - 1) or value

    @cached_property
    def _pieced(self) -> list[tuple[str, list[str]]]:
        """Sentences with the pieces between their placeholders."""
        return [(text, _pieces(text)) for text in _messages(self._compiled)]


def _messages(compiled: bytes) -> Iterator[str]:
    """The sentences of a .mo file; of one that depends on a number, either form."""
    count, table = struct.unpack_from("<2I", compiled, 8)
    for entry in range(count):
        length, start = struct.unpack_from("<2I", compiled, table + 8 * entry)
        yield compiled[start : start + length].decode().split("\0")[0]


def _pieces(template: str) -> list[str]:
    try:
        return [text for text, *_ in string.Formatter().parse(template) if text]
    except ValueError:  # braces of its own: no sentence with placeholders
        return [template]


def _in_turn(pieces: list[str], text: str) -> bool:
    place = 0
    for piece in pieces:
        place = text.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    return True


def _pattern(template: str) -> re.Pattern[str]:
    """What a sentence looks like when its placeholders are filled."""
    if _pieces(template) == [template]:
        return re.compile(re.escape(template))
    seen: Mapping[str, None] = {}
    parts = []
    for text, name, *_ in string.Formatter().parse(template):
        parts.append(re.escape(text))
        if name and name in seen:
            parts.append(f"(?P={name})")
        elif name:
            seen = {**seen, name: None}
            parts.append(f"(?P<{name}>.+?)")
    return re.compile("".join(parts), re.DOTALL)
