"""What is written as people write it is read as it was; nothing that a cell may hold breaks a reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from waveplan.imports import values
from waveplan.imports.values import UnreadableCellError

_READERS = (
    values.read_number, values.read_amount, values.read_count, values.read_share, values.read_day, values.read_flag,
    values.read_gigabytes, values.read_memory, values.read_gbps, values.read_hours, values.read_address,
    values.read_mac, values.read_fqdn, values.read_uuid, lambda cell: values.read_word(cell, "environment"),
    values.split_cell, values.text_of, values.word_of,
)  # fmt: skip
_CELLS = st.one_of(
    st.text(max_size=40),
    st.text("0123456789.,' -/:eE%\u00a0\u202fGoMiB", max_size=24),
    st.decimals(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.none(),
)
_NUMBERS = st.decimals(0, 10**9, places=3)
_DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(_CELLS)
def test_readers_read_or_tell(cell):
    for read in _READERS:
        try:
            read(cell)
        except UnreadableCellError as error:
            assert str(error)


@given(_NUMBERS, st.sampled_from(["", " ", "\u00a0", "\u202f", "'", "."]))
def test_numbers_with_a_comma_come_back(number, part):
    text = f"{number:,.3f}".replace(",", "_").replace(".", ",").replace("_", part)
    assert values.read_number(text, [","]) == number


@given(_NUMBERS, st.sampled_from(["", " ", "'", ","]))
def test_numbers_with_a_point_come_back(number, part):
    assert values.read_number(f"{number:,.3f}".replace(",", part), ["."]) == number


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1))
def test_one_number_with_two_places_decides_its_column(numbers):
    seen = values.NumberEvidence()
    cells = [f"{number:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".") for number in numbers]
    for cell in cells:
        seen.see_cell(cell)
    assert seen.decided == ","
    assert [values.read_number(cell, seen.possible) for cell in cells] == numbers


@given(_DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y", "%B %d, %Y", "%Y-%m-%dT10:00:00Z"]))
def test_plain_days_come_back(day, form):
    assert values.read_day(day.strftime(form)) == day


@given(
    _DAYS,
    st.sampled_from(
        [("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y"), ("dmy", "%d.%m.%y"), ("mdy", "%m-%d-%y"), ("ymd", "%y/%m/%d")]
    ),
)
def test_days_come_back_in_the_order_that_is_told(day, form):
    order, written = form
    assert values.read_day(day.strftime(written), [order]) == day


@given(st.lists(_DAYS, min_size=1), st.sampled_from([("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")]))
def test_a_column_of_days_is_right_or_asks(days, form):
    order, written = form
    seen = values.DayEvidence()
    for day in days:
        seen.see_cell(day.strftime(written))
    assert order in seen.possible
    for day in days:
        try:
            assert values.read_day(day.strftime(written), seen.possible) == day
        except values.AmbiguousCellError:
            assert seen.decided is None


@given(st.decimals(0, 10**5, places=2), st.sampled_from(["MB", "Mo", "MiB", "GB", "Go", "To", "TiB"]), st.booleans())
def test_a_unit_means_the_same_in_cell_and_header(size, unit, in_cell):
    known = values.size_unit(unit)
    read = values.read_gigabytes(f"{size} {unit}") if in_cell else values.read_gigabytes(Decimal(size), known)
    assert abs(read - size * known.gigabytes) < Decimal("0.000001")


@given(st.ip_addresses())
def test_addresses_come_back(address):
    assert values.read_address(address.exploded) == str(address)


@given(st.lists(st.text("abcdefgh", min_size=1), unique=True), st.sampled_from([";", "|", "\n", ","]))
def test_lists_come_back(words, separator):
    assert values.split_cell(f" {separator} ".join(words)) == tuple(words)
