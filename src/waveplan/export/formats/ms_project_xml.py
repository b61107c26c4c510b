"""How MS Project's XML writes texts, moments and durations."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

from waveplan.export.formats.clock_times import ClockTime

_SECONDS_IN_A_TENTH = 6


def add(parent: ET.Element, **values: str) -> None:
    """Children with these texts, in this order, which the format prescribes."""
    for name, value in values.items():
        ET.SubElement(parent, name).text = value


def day_time(moment: ClockTime) -> str:
    """A moment without a zone."""
    return moment.isoformat(timespec="seconds")


def duration(length: dt.timedelta) -> str:
    """A length in hours, minutes and seconds: PT30H0M0S."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"PT{hours}H{minutes}M{seconds}S"


def tenths(length: dt.timedelta) -> int:
    """A length in tenths of minutes, which links are told in."""
    return int(length.total_seconds()) // _SECONDS_IN_A_TENTH
