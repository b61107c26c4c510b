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


@dataclass(frozen=True, slots=True)
class EntrySpan:
    """From an entry's first character to where the parser ends it, remarks below a block included."""

    start: int
    end: int
    column: int
    is_mapping: bool


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
        last = _end(first, events)
        start = first.start_mark
        yield EntrySpan(start.index, last.end_mark.index, start.column, isinstance(first, MappingStartEvent))


def _end(first: Any, events: Iterator[Any]) -> Any:
    """The event that ends what an event begins."""
    if isinstance(first, ScalarEvent | AliasEvent):
        return first
    depth = 1
    while depth:
        event = next(events)
        kind = type(event)
        if kind in _OPEN:
            depth += 1
        elif kind in _CLOSE:
            depth -= 1
    return event
