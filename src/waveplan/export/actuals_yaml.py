"""One record of the actuals as YAML: an entry a line, lots with their items on lines of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from waveplan.domain.actuals import Record
from waveplan.export.plan_facts import plain_number, quoted
from waveplan.export.tree_yaml import word

_LONGEST = 116


def record_words(record: Record) -> dict[str, Any]:
    """What a record says, in words as reading gives them; what is not given is left out."""
    return {name: _words(value) for name, value in _given(record).items()}


def record_text(record: Record, indent: str = "", all_quoted: bool = False) -> str:
    """A record between braces; a long one with items goes on in lines that begin with `indent`."""
    given = _given(record)
    whole = _flow(given, all_quoted)
    items = given.pop("items", None)
    if not indent or not items or len(indent) + len(whole) <= _LONGEST:
        return whole
    head = _flow(given, all_quoted)[:-1]
    lots = f",\n{indent}   ".join(f"{word(lot)}: {_flow(each, all_quoted)}" for lot, each in items.items())
    return f"{head},\n{indent} items: {{\n{indent}   {lots}}}}}"


def _given(record: Record) -> dict[str, Any]:
    values = ((name, getattr(record, name)) for name in type(record).model_fields)
    return {name: value for name, value in values if value not in (None, [], {})}


def _words(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _words(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_words(each) for each in value]
    return _word(value)


def _flow(value: Any, all_quoted: bool) -> str:
    write = quoted if all_quoted else word
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{write(key)}: {_flow(each, all_quoted)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each, all_quoted) for each in value) + "]"
    return _word(value) if isinstance(value, Decimal) else write(_word(value))


def _word(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
