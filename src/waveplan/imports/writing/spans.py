"""Where the sections of a file and their entries stand, in one pass over the parser's events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from waveplan.loading.yaml_reader import PARSER

_OPEN = (MappingStartEvent, SequenceStartEvent)
_CLOSE = (MappingEndEvent, SequenceEndEvent)
_Names = tuple[set[str], set[str]]  # anchors, aliases


@dataclass(frozen=True, slots=True)
class EntrySpan:
    """From an entry's first character to where the parser ends it, remarks below a block included."""

    start: int
    end: int
    column: int
    is_mapping: bool
    anchors: frozenset[str] = frozenset()  # set in it
    aliases: frozenset[str] = frozenset()  # used in it


@dataclass(slots=True)
class SectionSpan:
    """A section's list: as it is written, and its entries. What is no list has none."""

    in_brackets: bool
    entries: list[EntrySpan] = field(default_factory=list)


def spans_of(text: str) -> dict[str, SectionSpan]:
    """The sections of a document by their keys. Raises ValueError where the document is no mapping."""
    events = iter(yaml.parse(text, Loader=PARSER))
    found: dict[str, SectionSpan] = {}
    for event in events:
        if isinstance(event, NodeEvent):
            if not isinstance(event, MappingStartEvent):
                raise ValueError("the document is no mapping")
            _root(events, found)
            break
    return found


def _root(events: Iterator[Any], found: dict[str, SectionSpan]) -> None:
    while not isinstance(key := next(events), MappingEndEvent):
        value = next(events)
        name = key.value if isinstance(key, ScalarEvent) else ""
        if isinstance(value, SequenceStartEvent):
            found[name] = SectionSpan(bool(value.flow_style), list(_entries(events)))
        else:
            _end(value, events)


def _entries(events: Iterator[Any]) -> Iterator[EntrySpan]:
    while not isinstance(first := next(events), SequenceEndEvent):
        names: _Names = (set(), set())
        last = _end(first, events, names)
        start, is_mapping = first.start_mark, isinstance(first, MappingStartEvent)
        anchors, aliases = map(frozenset, names)
        yield EntrySpan(start.index, last.end_mark.index, start.column, is_mapping, anchors, aliases)


def _end(first: Any, events: Iterator[Any], names: _Names | None = None) -> Any:
    """The event that ends what an event begins; anchors and aliases on the way are noted."""
    if names is not None and first.anchor is not None:
        names[isinstance(first, AliasEvent)].add(first.anchor)
    if isinstance(first, ScalarEvent | AliasEvent):
        return first
    depth = 1
    while depth:
        event = next(events)
        kind = type(event)
        if names is not None and getattr(event, "anchor", None) is not None:
            names[kind is AliasEvent].add(event.anchor)
        if kind in _OPEN:
            depth += 1
        elif kind in _CLOSE:
            depth -= 1
    return event
