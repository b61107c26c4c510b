"""Values of records in the words of a YAML file."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from waveplan.export.plan_facts import plain_number
from waveplan.imports.records import Scalar


def worded(value: Scalar | tuple[Scalar, ...]) -> str | tuple[str, ...]:
    """A value as it is written, several as several; what is empty is nothing."""
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(word for each in value if (word := _word(each))))
    return _word(value)


def _word(value: Scalar) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
