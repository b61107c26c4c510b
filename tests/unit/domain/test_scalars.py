"""Scalars: typed by their field, bounded, exact."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from waveplan.domain.calendar_rules import Window
from waveplan.domain.objective import Tolerance
from waveplan.domain.people import Team
from waveplan.domain.policy import Hypercare, Policy
from waveplan.domain.scalars import (
    MAX_DAYS,
    MAX_HOURS,
    Amount,
    DayCount,
    Hours,
    PositiveShare,
    Share,
    parse_amount,
    parse_count,
    parse_day,
    parse_flag,
    parse_id,
    parse_time,
    parse_weekday,
    parse_word,
)
from waveplan.domain.sites import Site


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        ("0", "0"),
        ("010", "10"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("1e9", "1000000000"),
        ("0.000001", "0.000001"),
        (0.1, "0.1"),
    ],
)
def test_amounts_are_exact(given, amount):
    assert parse_amount(given) == Decimal(amount)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "x",
        "1,5",
        "1_000",
        "0x10",
        "-1",
        "1e308",
        "1000000000.000001",
        "0.0000001",
        "nan",
        "inf",
        True,
        None,
        [],
        "1e99999",
    ],
)
def test_what_is_no_amount(wrong):
    with pytest.raises(PydanticCustomError):
        parse_amount(wrong)


def test_counts_are_whole():
    assert parse_count("4.0") == 4
    with pytest.raises(PydanticCustomError):
        parse_count("4.5")


def test_days_and_times():
    assert parse_day("2026-02-28") == dt.date(2026, 2, 28)
    assert parse_time("7:05") == dt.time(7, 5)
    for wrong in ("2026-02-30", "2026-2-3", "20260203", "2026-02-03T00:00", dt.datetime(2026, 1, 1)):  # noqa: DTZ001
        with pytest.raises(PydanticCustomError):
            parse_day(wrong)
    for wrong in ("24:00", "12:60", "12", "12:5", 1350):
        with pytest.raises(PydanticCustomError):
            parse_time(wrong)


def test_words_stay_words():
    assert [parse_word(word) for word in ("no", "on", "010", "22:30", 7)] == ["no", "on", "010", "22:30", "7"]
    with pytest.raises(PydanticCustomError):
        parse_word(True)
    assert parse_id("no") == "no"
    assert [parse_flag(word) for word in ("true", "False", True)] == [True, False, True]
    for wrong in ("no", "yes", "1", 1):
        with pytest.raises(PydanticCustomError):
            parse_flag(wrong)
    assert parse_weekday("Sat") == "sat"


@pytest.mark.parametrize("wrong", ["", "a b", "a\nb", "\x1b[2J", "a/b", "a@b", "-x", "x" * 129, 5])
def test_what_is_no_id(wrong):
    with pytest.raises(PydanticCustomError):
        parse_id(wrong)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Site, {"id": "x", "decommission_days": MAX_DAYS + 1}),
        (Team, {"id": "x", "rest_days": "1000000000"}),
        (Policy, {"preparation_days": "1e9"}),
        (Hypercare, {"hours": "1e9"}),
        (Window, {"id": "w", "days": ["sat"], "from": "20:00", "hours": "1e9"}),
        (Window, {"id": "w", "days": ["sat"], "from": "20:00", "hours": "0"}),
    ],
)
def test_spans_that_no_calendar_holds(model, fields):
    with pytest.raises(ValidationError):
        model.model_validate(fields)


def test_long_spans_are_still_spans():
    assert Site.model_validate({"id": "x", "decommission_days": str(MAX_DAYS)}).decommission_days == MAX_DAYS
    assert Hypercare.model_validate({"hours": "8760.5"}).hours == Decimal("8760.5")


@pytest.mark.parametrize(
    ("given", "amount", "share", "shown"),
    [("5%", "0.05", True, "5%"), ("5", "5", False, "5"), ("0.5 %", "0.005", True, "0.5%"), (10, "10", False, "10")],
)
def test_tolerances(given, amount, share, shown):
    tolerance = Tolerance.parse(given)
    assert (tolerance.amount, tolerance.is_share, str(tolerance)) == (Decimal(amount), share, shown)


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (Share, "-0.1", "from 0 to 1,"),
        (Share, 2_000_000_000, "from 0 to 1,"),
        (PositiveShare, -1, "from 0 to 1,"),
        (DayCount, -3, f"from 0 to {MAX_DAYS},"),
        (Hours, -3, f"from 0 to {MAX_HOURS},"),
        (Amount, -3, "from 0 to 1000000000,"),
    ],
)
def test_what_is_out_of_range_is_told_by_its_own_limits(kind: type, value: object, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        TypeAdapter(kind).validate_python(value)
