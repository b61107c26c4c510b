"""Moments as exports write them: ISO 8601, or a day whose order is decided by the whole column."""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import lru_cache

from waveplan.imports.forms.telling import Telling
from waveplan.imports.records import located
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.values import DATE_ORDERS, DateOrder, DayEvidence, day_readings

SeenAt = dict[DateOrder, datetime]
"""What a text means by each order in which days may be written."""

_CLOCK = re.compile(r"(?:T|\s|\A)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]+)?\s*([AaPp][Mm])?")


class Moments:
    """The moments of a column: each is read by all orders, and the column decides which one holds."""

    def __init__(self, telling: Telling, usual: DateOrder) -> None:
        self._telling = telling
        self._usual = usual
        self._evidence = DayEvidence()
        self._doubtful: tuple[str, RowPlace, int] | None = None

    def read(self, text: str, place: RowPlace, column: int) -> SeenAt:
        """What a text may mean; nothing, and a finding, where it is no moment."""
        if not text:
            return {}
        found = readings(text)
        if not found:
            template = "'{text}' is not a moment; when this was seen is left out"
            self._telling.note("WP528", located(place, column), template, {"text": text})
        self._evidence.see(found)
        if len(set(found.values())) > 1 and self._doubtful is None:
            self._doubtful = (text, place, column)
        return found

    def decided(self, source: str) -> DateOrder:
        """The order of the column: the only one left, else the usual one, which is told."""
        possible = self._evidence.possible
        order = self._usual if self._usual in possible else possible[0]
        if self._doubtful and self._evidence.decided is None:
            text, place, column = self._doubtful
            template = (
                "'{text}' may have its day or its month first, like all moments of this column; it is read as {day}, "
                "as {source} usually writes it"
            )
            day = readings(text)[order].date().isoformat()
            self._telling.note("WP519", located(place, column), template, {"text": text, "day": day, "source": source})
        return order


@lru_cache(maxsize=8192)
def readings(text: str) -> SeenAt:
    """A moment by each order by which it is one."""
    bare = text.strip().removesuffix("Z").strip()
    clock = _clock(bare)
    days = day_readings(_CLOCK.sub("", bare).strip() or bare)
    return {order: datetime.combine(days[order], clock) for order in DATE_ORDERS if order in days}


def _clock(text: str) -> time:
    match = _CLOCK.search(text)
    if match is None:
        return time()
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        hour = hour % 12 + (12 if match[4].casefold() == "pm" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else time()
