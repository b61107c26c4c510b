"""Dates, numbers and sentences in English and French."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from waveplan.domain.findings import Finding
from waveplan.render.almanac import almanac
from waveplan.render.language import Shown, safe, translator

EN, FR = translator("en"), translator("fr")
NARROW = "\u202f"


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (dt.date(2026, 3, 14), "Sat 14 Mar 2026", "sam. 14 mars 2026"),
        (dt.date(2026, 2, 1), "Sun 1 Feb 2026", "dim. 1er févr. 2026"),
        (dt.date(2025, 12, 31), "Wed 31 Dec 2025", "mer. 31 déc. 2025"),
    ],
)
def test_dates(day: dt.date, english: str, french: str) -> None:
    """A date has its weekday; French says 'premier'."""
    assert (EN.day(day), FR.day(day)) == (english, french)


def test_dates_can_leave_out_what_is_known() -> None:
    """Weekday and year are optional."""
    assert EN.day(dt.date(2026, 3, 14), weekday=False, year=False) == "14 Mar"


def test_periods_say_the_year_once() -> None:
    """The first date carries its year only when it is another one."""
    assert EN.days(dt.date(2026, 3, 14), dt.date(2026, 3, 16)) == "Sat 14 Mar to Mon 16 Mar 2026"
    assert FR.days(dt.date(2026, 12, 15), dt.date(2027, 1, 5)) == "mar. 15 déc. 2026 au mar. 5 janv. 2027"
    assert EN.days(dt.date(2026, 3, 14), dt.date(2026, 3, 14)) == "Sat 14 Mar 2026"


def test_every_almanac_names_each_day_and_month() -> None:
    """Ticks fit a ruler of months, four characters wide where a character is a week."""
    for code in ("en", "fr", "de", "es", "it", "nl", "pl", "pt_BR", "sv"):
        found = almanac(code)
        assert (len(found.weekdays), len(found.months), len(found.full_months)) == (7, 12, 12)
        assert len({*found.ticks}) == 12
        assert all(len(tick) <= 4 for tick in found.ticks), code


@pytest.mark.parametrize(
    ("value", "places", "english", "french"),
    [
        (1234567, None, "1,234,567", f"1{NARROW}234{NARROW}567"),
        (Decimal("1234.5"), None, "1,234.5", f"1{NARROW}234,5"),
        (Decimal("12.00"), None, "12", "12"),
        (Decimal("12.05"), 1, "12.1", "12,1"),
        (Decimal("0.04"), 1, "<0.1", "<0,1"),
        (Decimal(0), 1, "0.0", "0,0"),
        (Decimal("-3.5"), None, "−3.5", "−3,5"),
        (Decimal("1E+9"), None, "1,000,000,000", f"1{NARROW}000{NARROW}000{NARROW}000"),
        (Decimal("100"), None, "100", "100"),
    ],
)
def test_numbers(value: int | Decimal, places: int | None, english: str, french: str) -> None:
    """Separators are the language's; a little is not shown as nothing."""
    assert (EN.number(value, places), FR.number(value, places)) == (english, french)


@pytest.mark.parametrize(
    ("share", "english"),
    [("1", "100%"), ("0.999", "99%"), ("1.001", "101%"), ("0.5", "50%"), ("0.005", "1%"), ("1.04", "104%")],
)
def test_only_all_is_a_hundred_percent(share: str, english: str) -> None:
    """Rounding never turns nearly full into full, or over into full."""
    assert EN.percent(Decimal(share)) == english


def test_percent_in_french() -> None:
    """A narrow no-break space stands before the sign, a comma before decimals."""
    assert FR.percent(Decimal("0.125"), 1) == f"12,5{NARROW}%"


def test_sentences_are_translated_and_filled() -> None:
    """Numbers and dates inside sentences follow the language."""
    assert EN.say("limit {seconds} s", seconds=Decimal("1234.5")) == "limit 1,234.5 s"
    assert FR.say("limit {seconds} s", seconds=Decimal("1234.5")) == f"limite 1{NARROW}234,5 s"
    assert FR.say("deadline {date}", date=dt.date(2026, 7, 3)) == "échéance ven. 3 juil. 2026"


@pytest.mark.parametrize(("number", "french"), [(0, "0 lot"), (1, "1 lot"), (2, "2 lots")])
def test_french_counts_nothing_in_the_singular(number: int, french: str) -> None:
    """The plural begins with two in French, at everything but one in English."""
    assert FR.count("{n} lot", "{n} lots", number) == french
    assert EN.count("{n} lot", "{n} lots", 0) == "0 lots"


def test_series() -> None:
    """Words in a row end on 'and'."""
    assert EN.series(["a", "b", "c"]) == "a, b and c"
    assert FR.series(["a", "b"]) == "a et b"
    assert (EN.series(["a"]), EN.series([])) == ("a", "")


def test_input_is_made_safe_inside_sentences() -> None:
    """Escape codes, line breaks and right-to-left tricks come out as text; no-break blanks stay."""
    said = EN.say("No wave is called {name}.", name="a\x1b[31mb\nc\u202ed\u00a0e")
    assert said == "No wave is called a\\x1b[31mb\\nc\\u202ed\u00a0e."
    assert safe(Shown("as\nit is")) == "as\nit is"


def test_findings_are_translated_by_their_template() -> None:
    """What the catalogue does not know stays English, and is still safe."""
    finding = Finding("WP107", "no such sentence of {name}", {"name": "x\x1b"}, hint="neither this of {name}")
    finding = Finding(**{**_fields(finding), "hint_values": {"name": "y\x1b"}})
    assert FR.message(finding) == "no such sentence of x\\x1b"
    assert FR.advice(finding) == "neither this of y\\x1b"
    assert FR.advice(Finding("WP107", "text")) == ""


def test_findings_put_together_from_pieces_are_translated() -> None:
    """A list's entry is named by its list; what a sentence announces may follow it as it stands."""
    entry = Finding("WP104", "an entry of '{key}' must be a number, not {shown}", {"key": "days", "shown": "a list"})
    assert FR.message(entry) == "une entrée de 'days' doit être un nombre, pas une liste"
    hint = Finding("WP103", "unknown key '{key}'", {"key": "nme"}, hint="keys here: id, name")
    assert FR.advice(hint) == "clés possibles\u00a0: id, name"


def test_kinds_of_thing_are_translated_and_names_are_not() -> None:
    """A server that is called 'server' keeps its name."""
    values = {"kind": "application or server", "name": "server"}
    assert FR.message(Finding("WP107", "there is no {kind} '{name}'", values)) == (
        "application ou serveur 'server' introuvable"
    )


def _fields(finding: Finding) -> dict[str, object]:
    return {name: getattr(finding, name) for name in Finding.__slots__}


def test_unknown_languages_are_english() -> None:
    """A programme in a language that waveplan does not speak is still shown."""
    assert translator("de").code == "en"
