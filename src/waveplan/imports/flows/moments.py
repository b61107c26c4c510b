"""When something was seen, in seconds: ISO 8601, seconds or milliseconds since 1970, days first or months first."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.dates import day_readings

Readings = tuple[int | None, int | None]
"""Seconds since 1970 with the day first, and with the month first."""

NOTHING: Readings = (None, None)
_EPOCH = re.compile(r"[0-9]{10}(?:[0-9]{3}|[0-9]{6})?(?:\.[0-9]+)?\Z")
_CLOCK = re.compile(r"(?<![0-9])([0-9]{1,2})[:hH]([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]+)?\s*([AaPp])?")


@lru_cache(maxsize=65_536)
def moment_readings(cell: CellValue) -> Readings:
    """What a cell means; moments without a zone count as UTC. Nothing where it is no moment."""
    if isinstance(cell, datetime):
        return _both(_seconds(cell))
    if isinstance(cell, date):
        return _both(_seconds(datetime(cell.year, cell.month, cell.day, tzinfo=UTC)))
    if not isinstance(cell, str | Decimal):
        return NOTHING
    return _of_text(str(cell).strip())


def _of_text(text: str) -> Readings:
    if _EPOCH.match(text):
        whole = text.partition(".")[0]
        return _both(int(whole[:10]))
    if text[4:5] == "-" and len(text) >= 10:
        try:
            return _both(_seconds(datetime.fromisoformat(text)))
        except ValueError:
            pass
    days = day_readings(text)
    clock = _of_clock(text)
    found = [days.get(order) for order in ("dmy", "mdy")]
    seconds = [None if day is None else _seconds(datetime(day.year, day.month, day.day, tzinfo=UTC)) for day in found]
    first, second = (None if day is None else day + clock for day in seconds)
    return NOTHING if first is None and second is None else (first, second)


def _of_clock(text: str) -> int:
    found = _CLOCK.search(text)
    if found is None:
        return 0
    hours = int(found[1]) % 24
    if found[4]:
        hours = hours % 12 + (12 if found[4] in "pP" else 0)
    return hours * 3600 + int(found[2]) % 60 * 60 + int(found[3] or 0) % 60


def _seconds(moment: datetime) -> int:
    return int((moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp())


def _both(seconds: int) -> Readings:
    return seconds, seconds


def moment_of(seconds: int) -> datetime:
    """The moment of so many seconds, in UTC."""
    return datetime.fromtimestamp(seconds, tz=UTC)
