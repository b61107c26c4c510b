"""Countries, their parts and time zones: whether they exist, and which one was probably meant."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from waveplan.change_calendar.working_days import UnknownPlaceError, is_weekend, parts_of
from waveplan.loading.report import suggestion
from waveplan.loading.suggestions import Suggester

_CODE = re.compile(r"[A-Z]{2}\Z")
_ANY_DAY = dt.date(2026, 1, 1)
# What people write for a country whose code is another one.
_USUAL_MISTAKES = {"UK": "GB", "EL": "GR", "EN": "GB", "SP": "ES", "JA": "JP"}


@lru_cache(maxsize=512)
def is_country(code: str) -> bool:
    """Whether it is a two-letter country code (ISO 3166-1) whose public holidays are known."""
    return bool(_CODE.match(code)) and code not in _USUAL_MISTAKES and _has_calendar(code, None)


@lru_cache(maxsize=512)
def is_part(country: str, subdivision: str) -> bool:
    """Whether a country has that subdivision (the part of ISO 3166-2 after the country)."""
    return _has_calendar(country, subdivision)


def _has_calendar(country: str, subdivision: str | None) -> bool:
    try:
        is_weekend(country, subdivision, _ANY_DAY)
    except UnknownPlaceError:
        return False
    return True


def country_hint(code: str) -> dict[str, Any]:
    """The `report.add` arguments that say which country was probably meant."""
    upper = code.upper()
    meant = _USUAL_MISTAKES.get(upper, upper)
    if is_country(meant):
        return suggestion(meant, [meant])
    return {"hint": "use the two letters of ISO 3166-1, such as FR, DE or US"}


def part_hint(country: str, subdivision: str) -> dict[str, Any]:
    """The `report.add` arguments that say which subdivision was probably meant."""
    known = parts_of(country)
    bare = subdivision.upper().removeprefix(f"{country}-")
    if bare in known:
        return suggestion(bare, [bare])
    listed = ", ".join(known)
    otherwise = f"those with holidays of their own are {listed}; leave it out elsewhere" if known else "leave it out"
    return suggestion(subdivision, known, otherwise)


@lru_cache(maxsize=512)
def is_zone(name: str) -> bool:
    """Whether it is the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The names of all time zones."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _zones_by_city() -> dict[str, str]:
    return {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones())}


def zone_hint(name: str, suggester: Suggester) -> dict[str, Any]:
    """The `report.add` arguments that say which time zone was probably meant."""
    meant = _zones_by_city().get(name.strip().lower().replace(" ", "_")) or suggester.closest(name)
    return suggestion(meant, [meant]) if meant else {"hint": "use a name like Europe/Paris or UTC"}
