"""Facts as indented JSON: amounts are exact numbers, dates and moments are ISO texts, records go by their fields."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from waveplan.export.plan_facts import plain_number, quoted

VERSION = 1  # of every document for other programs, under the key `waveplan_` and what it is


def versioned(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a document behind the version of its format, by which programs know what they read."""
    return {f"waveplan_{kind}": VERSION, **facts}


def document(kind: str, facts: Any) -> str:
    """A document for other programs, from its keys or from a record; keys and words never change with the language."""
    return json_text(versioned(kind, fields_of(facts) if is_dataclass(facts) else facts))


def fields_of(record: Any) -> dict[str, Any]:
    """A record by its fields."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def json_text(value: Any) -> str:
    """Records, lists, words, numbers and dates as JSON text that ends its last line."""
    return "".join(_pieces(value, "\n")) + "\n"


def _pieces(value: Any, line: str) -> Iterator[str]:
    """The text of a value; `line` is a line end with the indentation of what the value stands in."""
    if is_dataclass(value):
        value = fields_of(value)
    if isinstance(value, Mapping | list | tuple) and value:
        is_mapping = isinstance(value, Mapping)
        yield "{" if is_mapping else "["
        for number, each in enumerate(value):
            yield ("," if number else "") + line + "  "
            if is_mapping:
                yield f"{quoted(each)}: "
            yield from _pieces(value[each] if is_mapping else each, line + "  ")
        yield line + ("}" if is_mapping else "]")
    else:
        yield _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):  # the standard library would make it a float
        return plain_number(value)
    if isinstance(value, str | dt.date):
        return quoted(value if isinstance(value, str) else value.isoformat())
    return json.dumps(dict(value) if isinstance(value, Mapping) else value)
