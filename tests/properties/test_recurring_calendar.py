"""What recurs, against definitions that look at one day, or one minute, after the other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from waveplan.change_calendar import ChangeCalendar, Days, instant
from waveplan.change_calendar.closures import closures_of
from waveplan.change_calendar.recurrence import nominal_days
from waveplan.change_calendar.slots import occurrences
from waveplan.change_calendar.working_days import is_working_day
from waveplan.domain.calendar_rules import Window
from waveplan.domain.periods import Absence, Period
from waveplan.domain.policy import Gate

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ORDINALS = ["first", "second", "third", "fourth", "last"]
ZONES = ["UTC", "Europe/Paris", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Auckland"]
ONE = dt.timedelta(days=1)

weekdays = st.sampled_from(WEEKDAYS)
month_days = st.builds("{} {}".format, st.sampled_from(ORDINALS), weekdays)
days = st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
zones = st.sampled_from(ZONES).map(ZoneInfo)
countries = st.sampled_from([None, "FR", "DE", "SA", "EG"])


def is_nth(word: str, day: dt.date) -> bool:
    """Whether a day is what `second sat` means: by listing all such weekdays of its month."""
    which, name = word.split()
    month = [day.replace(day=number) for number in range(1, 29)]
    month += [month[-1] + number * ONE for number in (1, 2, 3) if (month[-1] + number * ONE).month == day.month]
    alike = [each for each in month if WEEKDAYS[each.weekday()] == name]
    return alike[-1] == day if which == "last" else alike[ORDINALS.index(which)] == day


def window(**fields: object) -> Window:
    return Window.model_validate({"id": "w", "from": "20:00", "hours": "4", **fields})


# --- windows --------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(days, st.integers(0, 200), st.lists(month_days, min_size=1, max_size=3))
def test_days_of_every_month(first, length, words):
    last = first + length * ONE
    found = list(nominal_days(window(every="month", day=words), first, last))
    assert found == [day for day in Days(first, last) if any(is_nth(word, day) for word in words)]


@settings(max_examples=60)
@given(days, st.integers(0, 200), month_days, st.integers(0, 45))
def test_days_after_a_day_of_every_month(first, length, word, later):
    last = first + length * ONE
    found = list(nominal_days(window(after=word, days_after=str(later)), first, last))
    assert found == [day for day in Days(first, last) if is_nth(word, day - later * ONE)]


@settings(max_examples=80)
@given(days, st.integers(0, 150), st.lists(weekdays, min_size=1, max_size=3), st.integers(1, 5), st.integers(-90, 90))
def test_days_of_every_so_many_weeks(first, length, names, step, shift):
    starting, last = first + shift * ONE, first + length * ONE
    fields = {"every": f"{step} weeks", "day": names, "starting": starting.isoformat()}
    found = list(nominal_days(window(**fields), first, last))
    week_opens, wanted, origin = False, [], None
    for day in Days(starting, last):  # from the first such day on, every step-th week, Monday by Monday
        if origin is None and WEEKDAYS[day.weekday()] in names:
            origin = day - day.weekday() * ONE
        week_opens = origin is not None and ((day - origin).days // 7) % step == 0
        if day >= first and week_opens and WEEKDAYS[day.weekday()] in names:
            wanted.append(day)
    assert found == wanted


@settings(max_examples=60)
@given(days, st.integers(0, 500), month_days, st.integers(1, 6), st.integers(-300, 300))
def test_days_of_every_so_many_months(first, length, word, step, shift):
    starting, last = first + shift * ONE, first + length * ONE
    fields = {"every": f"{step} months", "day": word, "starting": starting.isoformat()}
    found = list(nominal_days(window(**fields), first, last))

    def in_turn(day: dt.date) -> bool:
        return ((day.year - starting.year) * 12 + day.month - starting.month) % step == 0

    assert found == [day for day in Days(first, last) if day >= starting and is_nth(word, day) and in_turn(day)]


@settings(max_examples=80)
@given(days, times, times, st.none() | weekdays, zones)
def test_a_window_ends_when_clocks_first_show_its_end(day, opens, until, name, zone):
    fields = {"from": f"{opens:%H:%M}", "until": f"{until:%H:%M}", "until_day": name, "dates": [day.isoformat()]}
    own = Window.model_validate({"id": "w", **{key: value for key, value in fields.items() if value is not None}})
    slot = next(iter(occurrences(own, day - ONE, day + ONE, zone)), None)
    assume(slot is not None and slot.start.time() == opens)  # else clocks skip it
    minute = instant(slot.start)
    while True:
        minute += dt.timedelta(minutes=1)
        shown = minute.astimezone(zone)
        if shown.time() == until and (name is None or WEEKDAYS[shown.weekday()] == name):
            break
    expected = dt.datetime.combine(slot.closes.date(), until, zone)
    exists = instant(expected).astimezone(zone).time() == until
    unclear = {expected.replace(fold=fold).utcoffset() for fold in (0, 1)}
    assume(exists and len(unclear) == 1)  # else clocks skip the end, or show it twice
    assert instant(slot.end) == minute
    assert slot.hours * 60 == (minute - instant(slot.start)) // dt.timedelta(minutes=1)


# --- periods --------------------------------------------------------------------------------------------------------


@settings(max_examples=80)
@given(weekdays, st.none() | times, weekdays, st.none() | times, days, times, zones)
def test_weeks_are_closed_between_two_points_of_the_week(begins, opens, ends, closes, day, time, zone):
    first = begins + (f" {opens:%H:%M}" if opens else "")
    last = ends + (f" {closes:%H:%M}" if closes else "")
    assume(first != last or opens is None)
    period = Period.model_validate({"every": "week", "from": first, "to": last})
    found = closures_of(period, (None, None), zone, Days(day - 20 * ONE, day + 20 * ONE))
    begin = WEEKDAYS.index(begins) * 1440 + (opens.hour * 60 + opens.minute if opens else 0)
    end = WEEKDAYS.index(ends) * 1440 + (closes.hour * 60 + closes.minute if closes else 1440)
    now = day.weekday() * 1440 + time.hour * 60 + time.minute
    closed = begin <= now < end if begin < end else now >= begin or now < end
    if end == begin + 7 * 1440:
        closed = True
    if opens is None and closes is None:
        assert found.holds(day) == closed
        return
    moment = dt.datetime.combine(day, time, zone)
    assume(len({moment.replace(fold=fold).utcoffset() for fold in (0, 1)}) == 1)
    shown = {edge.time() for each in found for edge in (each.start, each.end)}
    assume(shown <= {opens or dt.time(), closes or dt.time()})  # else clocks skip an end of it
    assert any(instant(each.start) <= instant(moment) < instant(each.end) for each in found) == closed


numbers = st.integers(1, 12) | st.integers(-12, -1)


@settings(max_examples=80)
@given(numbers, numbers, countries, days, st.integers(0, 70))
def test_months_are_closed_between_two_working_days(begins, ends, country, first, length):
    assume(not (begins > ends and (begins > 0) == (ends > 0)))
    last = first + length * ONE
    period = Period.model_validate({"every": "month", "from_working_day": begins, "to_working_day": ends})
    found = closures_of(period, (country, None), ZoneInfo("UTC"), Days(first, last))

    def working(day: dt.date, number: int) -> dt.date:
        month = [
            each for each in Days(day - 40 * ONE, day + 40 * ONE) if (each.year, each.month) == (day.year, day.month)
        ]
        works = [each for each in month if is_working_day(country, None, each)]
        return works[number - 1 if number > 0 else number]

    for day in Days(first, last):
        after, before = working(day, begins) <= day, day <= working(day, ends)
        assert found.holds(day) == (after or before if begins < 0 < ends else after and before), day


@settings(max_examples=60)
@given(st.lists(weekdays, min_size=1, max_size=3), days, st.integers(0, 20), st.integers(0, 20))
def test_a_team_is_away_on_its_weekdays_within_dates(inventory_of, names, day, before, after):
    absence = {"days": names, "capacity": "0.5", "from": (day - before * ONE).isoformat()}
    absence |= {"to": (day + after * ONE).isoformat()} if after else {}
    calendar = ChangeCalendar(inventory_of(teams=[{"id": "t", "absences": [absence]}]))
    assert Absence.model_validate(absence).days
    for each in Days(day - 25 * ONE, day + 25 * ONE):
        within = day - before * ONE <= each and (not after or each <= day + after * ONE)
        away = WEEKDAYS[each.weekday()] in names and within
        assert calendar.team_share("t", each) == (Decimal("0.5") if away else 1)


# --- gates ----------------------------------------------------------------------------------------------------------

SITES = [{"id": f"p{number}", "country": country} for number, country in enumerate(["FR", "DE", "SA"])]
COMMITTEES = [{"id": "weekly", "every": "week", "day": "thu"}, {"id": "monthly", "every": "month", "day": "last tue"}]


@settings(max_examples=80)
@given(
    st.lists(st.sampled_from([0, 1, 2]), max_size=2, unique=True),
    st.dates(dt.date(2026, 3, 1), dt.date(2026, 12, 18)),
    st.integers(0, 12),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, "weekly", "monthly"]),
)
def test_a_gate_is_the_last_day_that_is_all_it_asks_for(inventory_of, sites, cutover, before, counted, free, committee):
    calendar = ChangeCalendar(inventory_of(sites=SITES, committees=COMMITTEES))
    fields = {"working_days_before" if counted else "days_before": str(before), "working_day": str(free).lower()}
    fields |= {"committee": committee, "at_session": "true"} if committee else {}
    gate = Gate.model_validate({"id": "g", **fields})

    def works(day: dt.date) -> bool:
        places = [SITES[number]["country"] for number in sites] or [None]
        return all(is_working_day(country, None, day) for country in places)

    def suits(day: dt.date) -> bool:
        sits = {None: True, "weekly": day.weekday() == 3, "monthly": is_nth("last tue", day)}[committee]
        left = sum(works(each) for each in Days(day, cutover - ONE)) if counted else (cutover - day).days
        return sits and left >= before and (works(day) or not free)

    wanted = next(day for back in range(400) if suits(day := cutover - back * ONE))
    assert calendar.gate_date(gate, cutover, [f"p{number}" for number in sites]) == wanted
    assert wanted <= calendar.gate_at_latest(gate, cutover)
