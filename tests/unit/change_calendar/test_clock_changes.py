"""Spans and slots around the hour that comes twice: instants decide, not what clocks show."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from waveplan.change_calendar.slots import occurrences
from waveplan.change_calendar.spans import Days, days_of, elapsed
from waveplan.domain.calendar_rules import Window

PARIS = ZoneInfo("Europe/Paris")
SUNDAY = dt.date(2026, 10, 25)  # 03:00 becomes 02:00


def test_half_an_hour_into_the_repeated_hour_is_no_empty_span() -> None:
    start = dt.datetime(2026, 10, 25, 2, 45, tzinfo=PARIS)
    end = elapsed(start, Decimal("0.5"))
    assert end < start.replace(tzinfo=PARIS), "what clocks show goes backwards"
    assert days_of(start, end, ZoneInfo("Pacific/Auckland")) == Days(SUNDAY, SUNDAY)
    assert (end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) == dt.timedelta(minutes=30)


def test_slots_come_in_order_of_instants() -> None:
    def slot(name: str, start: str, zone: str):  # type: ignore[no-untyped-def]
        window = Window.model_validate(
            {"id": name, "dates": [SUNDAY.isoformat()], "from": start, "hours": "1", "timezone": zone}
        )
        return next(occurrences(window, SUNDAY, SUNDAY, PARIS))

    london, paris = slot("london", "01:30", "Europe/London"), slot("paris", "02:45", "Europe/Paris")
    assert london.begins == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert paris.begins == dt.datetime(2026, 10, 25, 0, 45, tzinfo=dt.UTC)
    assert london.order < paris.order
