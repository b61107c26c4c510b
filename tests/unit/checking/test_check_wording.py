"""Numbers and names in findings."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from waveplan.checking.wording import amounts, finding, names, number, rounded
from waveplan.domain.excess import excess


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (34, 2, "34"),
        (100, 0, "100"),
        (Decimal("4.50"), 2, "4.5"),
        (Decimal("1E+3"), 2, "1000"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(1, 3), 4, "0.3333"),
        (Decimal("0.005"), 2, "0"),
        (Decimal("0.015"), 2, "0.02"),
        (0, 4, "0"),
    ],
)
def test_a_number_shows_no_more_decimals_than_it_has(value: int | Decimal | Fraction, places: int, words: str) -> None:
    assert number(value, places) == words


def test_rounding_is_exact_where_floats_are_not() -> None:
    assert rounded(Decimal("2.675"), 2) == Decimal("2.68")
    assert rounded(Fraction(10**15 * 3 + 1, 3), 1) == Decimal("1000000000000000.3")


def test_used_and_limit_never_look_alike_when_they_differ() -> None:
    assert amounts(excess(Decimal("5.25"), 5, ())) == {"used": "5.25", "limit": "5"}
    assert amounts(excess(Decimal("5.000001"), Decimal(5), ())) == {"used": "5.000001", "limit": "5"}
    assert amounts(excess(Fraction(10, 3), Fraction(333, 100), ())) == {"used": "3.333", "limit": "3.33"}


def test_long_lists_of_names_are_cut_and_counted() -> None:
    assert names(["a", "b", "a"]) == "a, b"
    assert names("abcdefgh") == "a, b, c, d, e, f, … (+2)"
    assert names([]) == ""


def test_a_finding_takes_its_severity_from_the_catalogue_and_never_drives_a_terminal() -> None:
    found = finding(
        "WP305", "{wave} is frozen", {"wave": "\x1b[31mred"}, hint="thaw {wave}", hint_values={"wave": "\n"}
    )
    assert found.severity == "error"
    assert found.document == "plan"
    assert found.message == "\\x1b[31mred is frozen"
    assert found.advice == "thaw \\n"
