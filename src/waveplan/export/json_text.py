"""Facts as indented JSON: amounts are exact numbers, dates and moments are ISO texts, records go by their fields."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
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
    pieces: list[str] = []
    _write(value, "\n", pieces.append)
    return "".join(pieces) + "\n"


def _write(value: Any, line: str, add: Callable[[str], None]) -> None:
    """Add the text of a value; `line` is a line end with the indentation of what the value stands in."""
    if isinstance(value, str):  # most are
        add(quoted(value))
        return
    if is_dataclass(value):
        value = fields_of(value)
    if not isinstance(value, dict | list | tuple | Mapping) or not value:
        add(_scalar(value))
        return
    inner, comma = line + "  ", ""
    if isinstance(value, list | tuple):
        add("[")
        for each in value:
            add(comma + inner)
            _write(each, inner, add)
            comma = ","
        add(line + "]")
        return
    add("{")
    for key, each in value.items():
        add(f"{comma}{inner}{quoted(key)}: ")
        _write(each, inner, add)
        comma = ","
    add(line + "}")


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):  # the standard library would make it a float
        return plain_number(value)
    if isinstance(value, str | dt.date):
        return quoted(value if isinstance(value, str) else value.isoformat())
    return json.dumps(dict(value) if isinstance(value, Mapping) else value)
