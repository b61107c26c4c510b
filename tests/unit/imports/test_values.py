"""Cells are read as people mean them, and told with their reason where they mean nothing or two things."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from waveplan.imports.values import (
    AmbiguousCellError,
    DayEvidence,
    NumberEvidence,
    UnreadableCellError,
    header_size_unit,
    header_unit,
    is_empty,
    read_address,
    read_amount,
    read_count,
    read_day,
    read_flag,
    read_fqdn,
    read_gbps,
    read_gigabytes,
    read_hours,
    read_mac,
    read_memory,
    read_number,
    read_share,
    read_uuid,
    read_word,
    size_unit,
    split_cell,
    text_of,
    without_unit,
    word_of,
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234\u00a0567", "1234567"),
        ("1'234.50", "1234.5"),
        ("1’234", "1234"),
        ("1.234.567", "1234567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("€ 1 200,00", "1200"),
        ("1 200 EUR", "1200"),
        ("1,5E+03", "1500"),
        ("−3", "-3"),
        (Decimal("7.25"), "7.25"),
    ],
)
def test_numbers(cell, number):
    assert read_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["abc", "1 23", "1,23,4", "1.2.3", "12 34", "1-2", True, date(2026, 3, 1), "9" * 80])
def test_what_is_no_number_is_told(cell):
    with pytest.raises(UnreadableCellError, match="is not a number"):
        read_number(cell)


@pytest.mark.parametrize("cell", [None, "", "  ", "N/A", "-", "#N/A", "NA", "inconnu", "\u00a0"])
def test_what_says_nothing_is_nothing(cell):
    assert is_empty(cell)
    assert read_number(cell) is read_day(cell) is read_flag(cell) is read_gigabytes(cell) is read_address(cell) is None


def test_a_word_that_is_no_number_may_be_a_word():
    assert (word_of("NA"), word_of("n/a"), word_of(" two \n words ")) == ("NA", None, "two words")


def test_a_number_with_two_meanings_is_asked_and_decided_by_its_column():
    with pytest.raises(AmbiguousCellError, match=r"'1.234' may be 1.234 or 1234") as raised:
        read_number("1.234")
    assert raised.value.asks == "decimal"
    seen = NumberEvidence()
    for cell in ("1.234", "7", "12,5", "no number"):
        seen.see_cell(cell)
    assert (seen.decided, read_number("1.234", seen.possible)) == (",", Decimal(1234))


def test_a_column_that_contradicts_itself_decides_nothing():
    seen = NumberEvidence()
    seen.see_cell("1.5")
    seen.see_cell("1,5")
    assert seen.decided is None
    assert read_number("2,5", seen.possible) == Decimal("2.5")
    with pytest.raises(AmbiguousCellError):
        read_number("2,500", seen.possible)


def test_amounts_have_the_limits_of_the_format():
    assert read_amount("0.1234567") == Decimal("0.123457")
    assert str(read_amount("1e3")) == "1000"
    with pytest.raises(UnreadableCellError, match="from 0 to"):
        read_amount("-1")
    with pytest.raises(UnreadableCellError, match="from 0 to"):
        read_amount("1000000001")
    with pytest.raises(UnreadableCellError, match="whole number"):
        read_count("2.5")
    assert (read_share("70 %"), read_share("0,7")) == (Decimal("0.7"), Decimal("0.7"))
    with pytest.raises(UnreadableCellError, match="no share"):
        read_share("70")


@pytest.mark.parametrize(
    ("header", "unit", "rest"),
    [
        ("Memory (In MB)", "MB", "Memory"),
        ("Provisioned MiB", "MiB", "Provisioned"),
        ("RAM (Go)", "Go", "RAM"),
        ("RAM [en Go]", "Go", "RAM"),
        ("Taille disque To", "To", "Taille disque"),
        ("disk_gb", "gb", "disk"),
        ("Mo", "Mo", "Mo"),
    ],
)
def test_units_of_headers(header, unit, rest):
    assert (header_unit(header), without_unit(header)) == (unit, rest)
    assert header_size_unit(header) == size_unit(unit) is not None


def test_headers_without_units():
    assert header_size_unit("Number of disks") is None
    assert without_unit("Number of disks") == "Number of disks"
    assert header_size_unit("") is None


@pytest.mark.parametrize(
    ("cell", "unit", "disk", "memory"),
    [
        (Decimal(1024), "MiB", "1.073742", "1"),  # 1024 × 2²⁰ bytes
        ("16384", "MB", "16.384", "16"),
        ("16 Go", "MB", "16", "16"),  # the cell's own unit comes first
        ("1,5 To", "Go", "1500", "1536"),
        ("2 TiB", "GB", "2199.023256", "2048"),
        ("500 gigaoctets", "To", "500", "500"),
        ("1073741824 bytes", "GB", "1.073742", "1"),
    ],
)
def test_sizes(cell, unit, disk, memory):
    assert read_gigabytes(cell, size_unit(unit)) == Decimal(disk)
    assert read_memory(cell, size_unit(unit)) == Decimal(memory)


def test_a_unit_nobody_knows_is_told():
    with pytest.raises(UnreadableCellError, match="unit"):
        read_gigabytes("12 parsecs")


@pytest.mark.parametrize(
    ("cell", "hours"),
    [("4", "4"), ("4 h", "4"), ("4h30", "4.5"), ("01:30", "1.5"), ("30 min", "0.5"), ("2 jours", "48"), ("1,5", "1.5")],
)
def test_hours(cell, hours):
    assert read_hours(cell) == Decimal(hours)


def test_hours_take_the_unit_of_their_header():
    assert read_hours("90", "min") == Decimal("1.5")


def test_speeds():
    assert [read_gbps(each) for each in ("10 Gb/s", "100 Mbps", "1 Tbit/s", "2")] == [10, Decimal("0.1"), 1000, 2]


def test_flags():
    assert [read_flag(each) for each in ("Oui", "x", "1", "TRUE", True, Decimal(1))] == [True] * 6
    assert [read_flag(each) for each in ("non", "0", "Faux", False, Decimal(0))] == [False] * 5
    with pytest.raises(UnreadableCellError, match="neither yes nor no"):
        read_flag("perhaps")
    with pytest.raises(UnreadableCellError, match="neither 0 nor 1"):
        read_flag(Decimal(2))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-03-14", "2026/3/14", "14 mars 2026", "14-Mar-26", "Mar 14, 2026", "March 14th, 2026", "Sat 14 Mar 2026",
        "samedi 14 mars 2026", "20260314", "2026-03-14T20:00:00Z", "14/03/2026 20:00", "3/14/2026", "14.03.2026",
        "46095", Decimal(46095), Decimal("46095.75"), datetime(2026, 3, 14, 20, 0), date(2026, 3, 14),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_days(cell):
    assert read_day(cell) == date(2026, 3, 14)


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "2026-13-01", "soon", "14/03", "99999999", True, Decimal(3), "1/2-2026"]
)
def test_what_is_no_day_is_told(cell):
    with pytest.raises(UnreadableCellError, match="is not a day"):
        read_day(cell)


def test_a_day_with_two_meanings_is_asked_and_decided_by_its_column():
    with pytest.raises(AmbiguousCellError, match="2026-03-05 or 2026-05-03") as raised:
        read_day("05/03/2026")
    assert raised.value.asks == "date_order"
    assert read_day("05/05/2026") == date(2026, 5, 5)
    seen = DayEvidence()
    for cell in ("05/03/2026", "2026-01-01", "25/03/2026"):
        seen.see_cell(cell)
    assert (seen.decided, read_day("05/03/2026", seen.possible)) == ("dmy", date(2026, 3, 5))


def test_years_of_two_digits_may_be_asked_too():
    with pytest.raises(AmbiguousCellError):
        read_day("05/03/26")
    assert read_day("05/03/26", ["dmy"]) == date(2026, 3, 5)
    assert read_day("05/03/26", ["ymd"]) == date(2005, 3, 26)
    assert read_day("05/03/99", ["mdy"]) == date(1999, 5, 3)


def test_several_values_in_a_cell():
    assert split_cell("a; b ;;a") == ("a", "b")
    assert split_cell("a\nb|c, d") == ("a", "b", "c", "d")
    assert split_cell("Doe, John", [";"]) == ("Doe, John",)
    assert split_cell(Decimal(7)) == ("7",)
    assert split_cell("N/A") == split_cell(None) == ()


def test_names_of_a_network():
    assert read_address("010.000.0.7/24") == "10.0.0.7"
    assert read_address("[2001:0DB8::0001]") == "2001:db8::1"
    assert read_mac("0050.56AA.bbcc") == read_mac("00-50-56-AA-BB-CC") == "00:50:56:aa:bb:cc"
    assert read_fqdn("ERP1.Example.org.") == "erp1.example.org"
    assert read_uuid("{42031D1E9E5B0A4C8C1E2B5E6F7A8B9C}") == "42031d1e-9e5b-0a4c-8c1e-2b5e6f7a8b9c"


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (read_address, "10.0.0.256"), (read_address, "host"), (read_mac, "00:50:56"), (read_mac, "zz:50:56:aa:bb:cc"),
        (read_fqdn, "two words"), (read_fqdn, "a..b"), (read_fqdn, "-a"), (read_uuid, "42031d1e"),
    ],
)  # fmt: skip
def test_names_that_are_none_are_told(read, cell):
    with pytest.raises(UnreadableCellError, match=r"is not (an? |the )"):
        read(cell)


@pytest.mark.parametrize(
    ("vocabulary", "cell", "word"),
    [
        ("environment", "Pré-production", "preprod"),
        ("environment", "PRODUCTION", "prod"),
        ("environment", "Recette", "preprod"),
        ("environment", "PRA", "dr"),
        ("criticality", "Très élevée", "critical"),
        ("criticality", "1 - most critical", "critical"),
        ("criticality", "Faible", "low"),
        ("strategy", "Lift & shift", "rehost"),
        ("strategy", "Décommissionner", "retire"),
        ("power", "poweredOn", "on"),
        ("power", "Éteint", "off"),
        ("server_kind", "Machine virtuelle", "vm"),
        ("server_kind", "LPAR", "partition"),
        ("coupling", "Forte", "hard"),
        ("order", "None", "any"),
    ],
)
def test_words(vocabulary, cell, word):
    assert read_word(cell, vocabulary) == word


def test_words_that_nobody_knows_are_told_with_the_choices():
    with pytest.raises(UnreadableCellError, match="'Bronze age' is none of critical, high, medium, low"):
        read_word("Bronze age", "criticality")
    assert read_word("", "criticality") is None


def test_text_of_cells():
    assert text_of(Decimal("1E+2")) == "100"
    assert text_of(Decimal("2.500")) == "2.5"
    assert text_of(datetime(2026, 3, 14)) == "2026-03-14"  # noqa: DTZ001
    assert text_of(True) == "true"
    assert text_of("a\u200b\u00a0b\x00 ") == "a\u00a0b"
