"""Working days of several places at once: looked up as they would be walked to."""

from __future__ import annotations

import datetime as dt
from itertools import count, islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from waveplan.change_calendar.day_sums import DaySums
from waveplan.change_calendar.recurrence import is_day, last_such_day
from waveplan.change_calendar.work_days import work_days
from waveplan.change_calendar.working_days import days_of_year, is_working_day

ONE_DAY = dt.timedelta(days=1)
PLACES = [("FR", None), ("FR", "57"), ("SA", None), ("MY", "01"), ("US", "CA"), ("AE", None), (None, None)]
places = st.frozensets(st.sampled_from(PLACES), max_size=3)
days = st.dates(dt.date(2021, 11, 20), dt.date(2029, 2, 10))  # the weekend of some of them changes within


def walked(of, day, step):
    """Working days from a day on, the day itself included, one after the other."""
    there = of or {(None, None)}
    every = (day + step * number for number in count())
    return (each for each in every if all(is_working_day(*place, each) for place in there))


@given(places, days, st.integers(1, 300))
def test_the_nth_working_day_is_the_one_walked_to(of, day, number):
    table = work_days(of)
    assert table.works(day) is (next(walked(of, day, ONE_DAY)) == day)
    assert table.on_or_after(day) == next(walked(of, day, ONE_DAY))
    assert table.after(day, number) == next(islice(walked(of, day + ONE_DAY, ONE_DAY), number - 1, None))
    assert table.on_or_before(day, number) == next(islice(walked(of, day, -ONE_DAY), number - 1, None))
    assert table.before(day, number) == next(islice(walked(of, day - ONE_DAY, -ONE_DAY), number - 1, None))
    assert table.after(day, 0) == table.before(day, 0) == day


@given(places, days, st.integers(-3, 800))
def test_working_days_between_two_days(of, first, number):
    last = first + number * ONE_DAY
    there = of or {(None, None)}
    every = [first + each * ONE_DAY for each in range(number + 1)]
    assert work_days(of).between(first, last) == [d for d in every if all(is_working_day(*p, d) for p in there)]


@given(places, days, st.integers(1, 40), st.integers(0, 40))
def test_nothing_lies_before_the_earliest_day(of, day, number, back):
    earliest, table = day - back * ONE_DAY, work_days(of)
    assert table.before(day, number, earliest) == max(table.before(day, number), earliest)
    assert table.on_or_before(day, number, earliest) == max(table.on_or_before(day, number), earliest)


def test_far_years_are_asked_about_alone_and_dates_end_where_they_end():
    table = work_days(frozenset((("FR", None),)))
    assert table.on_or_before(dt.date(8500, 1, 1), 2) < dt.date(8500, 1, 1)
    assert len([year for year in table._years if 2100 < year < 8400]) == 0
    with pytest.raises(OverflowError):
        work_days(frozenset()).after(dt.date.max - 2 * ONE_DAY, 9)
    with pytest.raises(OverflowError):
        work_days(frozenset()).before(dt.date.min + 2 * ONE_DAY, 9)
    assert work_days(frozenset()).before(dt.date(2026, 1, 5), 36_500, dt.date(1990, 1, 1)) == dt.date(1990, 1, 1)


def test_a_year_has_the_working_days_of_its_days():
    for place in PLACES:
        year = [dt.date(2022, 1, 1) + number * ONE_DAY for number in range(365)]
        assert days_of_year(*place, 2022) == tuple(day for day in year if is_working_day(*place, day))


@given(st.sampled_from(["mon", "sun", "first tue", "third fri", "fourth sat", "last wed"]), days)
@example("last wed", dt.date(2026, 1, 1))
def test_the_last_such_day_is_the_one_walked_to(word, day):
    walking = (day - number * ONE_DAY for number in count())
    assert last_such_day(word, day) == next(each for each in walking if is_day(word, each))


@given(days, st.integers(-2, 900))
def test_sums_of_days_are_those_of_each(first, number):
    def of_year(year):
        return [
            day.month * day.day
            for day in (
                dt.date.fromordinal(n)
                for n in range(dt.date(year, 1, 1).toordinal(), dt.date(year + 1, 1, 1).toordinal())
            )
        ]

    every = [first + each * ONE_DAY for each in range(max(0, number + 1))]
    assert DaySums(of_year).between(first, first + number * ONE_DAY) == sum(day.month * day.day for day in every)
