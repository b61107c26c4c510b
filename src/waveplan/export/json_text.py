"""Facts as indented JSON: amounts are exact numbers, dates and moments are ISO texts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from waveplan.export.plan_facts import plain_number, quoted


def json_text(value: Any) -> str:
    """Records, lists, words, numbers and dates as JSON text that ends its last line."""
    return "".join(_pieces(value, "\n")) + "\n"


def _pieces(value: Any, line: str) -> Iterator[str]:
    """The text of a value; `line` is a line end with the indentation of what the value stands in."""
    if isinstance(value, dict | list) and value:
        is_mapping = isinstance(value, dict)
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
    return json.dumps(value)
