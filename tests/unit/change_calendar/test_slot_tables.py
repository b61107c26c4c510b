"""What slots are for lots of a zone: tables hold what each slot says itself."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from support.inventories import inventory_from
from support.small_calendars import period

from waveplan.change_calendar import ChangeCalendar, instant
from waveplan.domain.calendar_rules import Freeze

TEXT = """
programme: {start: 2026-03-20, deadline: 2026-11-10, timezone: America/St_Johns}
sites:
  - {id: a, timezone: Europe/Paris}
  - {id: b, timezone: Europe/Berlin}
  - {id: c, timezone: Pacific/Chatham}
  - {id: d, timezone: America/Havana}
calendar:
  windows:
    - {id: night, days: [sat, wed], from: "23:00", hours: 9.5, timezone: site}
    - {id: weekend, days: [sat], from: "20:00", hours: 30}
    - {id: dawn, days: [sun], from: "01:30", until: "04:00", timezone: site}
"""
ZONES = (None, "Europe/Paris", "Europe/Berlin", "Pacific/Chatham", "America/Havana")


@pytest.fixture(scope="module")
def calendar():
    return ChangeCalendar(inventory_from(TEXT))


@pytest.mark.parametrize("zone", ZONES)
def test_moments_and_days_are_those_of_the_slots(calendar, zone):
    found = calendar.tables.of(zone)
    assert len(calendar.slots) > 100
    for place, slot in enumerate(calendar.slots):
        assert found.moments[place] == tuple(map(instant, slot.span(zone)))
        assert found.own_days[place] == slot.days(zone)
        assert found.runs[place] == calendar.run_days(slot, zone)
        for hours in (Decimal(0), Decimal("47.5"), Decimal(240)):
            assert found.hypercare(hours)[place] == calendar.hypercare_days(slot, hours, zone)


def test_zones_of_one_time_share_their_table(calendar):
    of = calendar.tables.of
    assert of("Europe/Paris") is of("Europe/Berlin")
    assert of("Europe/Paris") is not of("Pacific/Chatham")


def test_slots_that_run_into_a_period_are_those_that_say_so(calendar):
    draw, met = random.Random(7), 0
    for _ in range(60):
        closures = calendar.closures(Freeze.model_validate(period(calendar.start, draw)))
        for zone in ZONES:
            said = {place for place, slot in enumerate(calendar.slots) if closures.meeting(slot, zone) is not None}
            assert calendar.tables.of(zone).meeting(closures) == said
            met += 0 < len(said) < len(calendar.slots)
    assert met > 100
