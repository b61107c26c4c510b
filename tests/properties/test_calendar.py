"""Calendar arithmetic across time zones, clock changes, year ends and countries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from waveplan.change_calendar import ChangeCalendar, Days, iso_week, week_monday
from waveplan.change_calendar.gates import is_session, last_session
from waveplan.change_calendar.spans import days_of, elapsed, moment, monday_of
from waveplan.change_calendar.working_days import is_working_day
from waveplan.domain.calendar_rules import Committee
from waveplan.domain.policy import Gate

ZONES = [
    "UTC",
    "Europe/Paris",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Asuncion",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
]
COUNTRIES = ["FR", "DE", "SA", "EG", "AE", "IL", "US", "BN", None]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0))
hours = st.decimals(0, 400, places=6)


@st.composite
def moments(draw):
    """Any moment, often close to a change of clocks, in a zone of its own."""
    zone = draw(zones)
    near = draw(st.none() | st.sampled_from(changes(zone.key)) if changes(zone.key) else st.none())
    if near is not None:
        return (near + dt.timedelta(minutes=draw(st.integers(-180, 180)))).astimezone(zone)
    return moment(draw(days), draw(times), zone)


def changes(name, cache={}):  # noqa: B006 - worked out once
    """Moments (to the hour before) at which a zone changes its clocks in 2026 and 2027."""
    if name not in cache:
        zone, hour = ZoneInfo(name), dt.timedelta(hours=1)
        start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        found = [start + n * hour for n in range(2 * 365 * 24)]
        cache[name] = [m for m in found if m.astimezone(zone).utcoffset() != (m + hour).astimezone(zone).utcoffset()]
    return cache[name]


def test_the_zones_do_change_their_clocks():
    assert sum(bool(changes(name)) for name in ZONES) >= 8


# --- spans ----------------------------------------------------------------------------------------------------------


@given(moments(), hours)
def test_elapsed_hours_are_exact_and_can_be_taken_back(start, span):
    end = elapsed(start, span)
    assert Fraction((end.astimezone(dt.UTC) - start.astimezone(dt.UTC)) // dt.timedelta(microseconds=1)) == (
        Fraction(span) * 3_600_000_000
    )
    assert end.tzinfo is start.tzinfo
    assert elapsed(end, -span).astimezone(dt.UTC) == start.astimezone(dt.UTC)


@given(moments(), st.integers(0, 4 * 24 * 60), zones)
def test_days_of_a_span_are_those_of_its_minutes(start, minutes, zone):
    end = elapsed(start, Decimal(minutes) / 60) if minutes % 3 == 0 else add_minutes(start, minutes)
    utc = start.astimezone(dt.UTC)
    touched = {(utc + dt.timedelta(minutes=n)).astimezone(zone).date() for n in range(max(1, minutes))}
    assert sorted(touched) == list(days_of(start, end, zone))


def add_minutes(start, minutes):
    return (start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(start.tzinfo)


@given(moments(), hours, hours, zones)
def test_two_spans_touch_the_days_of_their_sum(start, one, other, zone):
    assume(one and other)
    middle, end = elapsed(start, one), elapsed(start, one + other)
    both = {*days_of(start, middle, zone), *days_of(middle, end, zone)}
    assert both == set(days_of(start, end, zone))


@given(days, times, zones)
def test_a_time_of_day_exists_and_is_off_only_where_clocks_change(day, time, zone):
    found = moment(day, time, zone)
    assert found.astimezone(dt.UTC).astimezone(zone) == found
    wanted = dt.datetime.combine(day, time)
    if found.replace(tzinfo=None) != wanted:
        assert wanted < found.replace(tzinfo=None) <= wanted + dt.timedelta(hours=1)
        before = found.astimezone(dt.UTC) - dt.timedelta(hours=2)
        assert before.astimezone(zone).utcoffset() != found.utcoffset()


@given(days)
def test_iso_weeks_come_back_as_their_monday(day):
    monday = week_monday(iso_week(day))
    assert monday == monday_of(day)
    assert (monday.weekday(), 0 <= (day - monday).days < 7) == (0, True)
    assert {iso_week(each) for each in Days(monday, monday + dt.timedelta(days=6))} == {iso_week(day)}


# --- slots ----------------------------------------------------------------------------------------------------------


@st.composite
def programmes(draw):
    start = draw(days)
    windows = []
    for name in draw(st.sets(st.sampled_from("pqr"), min_size=1)):
        window = {"id": name, "from": draw(times).strftime("%H:%M"), "hours": str(draw(st.integers(1, 60)))}
        if draw(st.booleans()):
            window["days"] = sorted(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1)))
        else:
            offsets = draw(st.lists(st.integers(-3, 50), min_size=1))
            window["dates"] = [str(start + dt.timedelta(days=offset)) for offset in offsets]
        if draw(st.booleans()):
            window["timezone"] = draw(st.sampled_from([*ZONES, "site"]))
        windows.append(window)
    deadline = start + dt.timedelta(days=draw(st.integers(0, 40)))
    programme = {"start": str(start), "deadline": str(deadline), "timezone": draw(st.sampled_from(ZONES))}
    return {"programme": programme, "calendar": {"windows": windows}}


@given(sections=programmes())
def test_slots_are_all_and_only_the_occurrences_in_the_programme(inventory_of, sections):
    calendar = ChangeCalendar(inventory_of(**sections))
    expected = set()
    for window in sections["calendar"]["windows"]:
        zone = window.get("timezone")
        own = ZoneInfo(zone) if zone and zone != "site" else calendar.zone
        for nominal in Days(calendar.start - dt.timedelta(days=3), calendar.deadline + dt.timedelta(days=3)):
            wanted = str(nominal) in window.get("dates", ()) or WEEKDAYS[nominal.weekday()] in window.get("days", ())
            start = moment(nominal, dt.time.fromisoformat(window["from"]), own)
            date = nominal if zone == "site" else start.astimezone(calendar.zone).date()
            if wanted and calendar.start <= date <= calendar.deadline:
                expected.add((f"{nominal}-{window['id']}", date))
    assert {(slot.id, slot.date) for slot in calendar.slots} == expected
    assert len(calendar.slots) == len(expected) == len(calendar.slots_by_id)


@given(sections=programmes(), zone=st.sampled_from(ZONES), span=hours)
def test_slots_are_in_order_and_last_their_hours(inventory_of, sections, zone, span):
    calendar = ChangeCalendar(inventory_of(**sections))
    starts = [slot.start.astimezone(dt.UTC) for slot in calendar.slots]
    assert starts == sorted(starts)
    for slot in calendar.slots:
        start, end = slot.span(zone)
        assert end.astimezone(dt.UTC) - start.astimezone(dt.UTC) == dt.timedelta(hours=int(slot.hours))
        assert slot.days(zone).first == start.date()
        if slot.site_zone:
            assert start.date() == slot.nominal == slot.date
            assert start.tzinfo.key == zone
        run, care = calendar.run_days(slot, zone), calendar.hypercare_days(slot, span, zone)
        assert run.first <= run.last <= care.first <= run.last + dt.timedelta(days=1)
        last_moment = calendar.hypercare_end(slot, span, zone).astimezone(dt.UTC) - dt.timedelta(
            microseconds=bool(span)
        )
        assert care == Days(end.astimezone(calendar.zone).date(), last_moment.astimezone(calendar.zone).date())


# --- working days, sessions, gates ----------------------------------------------------------------------------------

PLACES = [{"id": f"p{n}", **({"country": country} if country else {})} for n, country in enumerate(COUNTRIES)]
places = st.lists(st.sampled_from([place["id"] for place in PLACES]), max_size=3)


def off(day, chosen):
    """Whether somebody at the chosen places is off, asked of each place alone."""
    countries = [COUNTRIES[int(place[1:])] for place in chosen] or [None]
    return not all(is_working_day(country, None, day) for country in countries)


@given(chosen=places, cutover=days, before=st.integers(0, 30))
def test_a_gate_is_the_last_working_day_up_to_its_day(inventory_of, chosen, cutover, before):
    calendar = ChangeCalendar(inventory_of(sites=PLACES))
    gate = Gate(id="g", days_before=before, working_day=True)
    found = calendar.gate_date(gate, cutover, chosen)
    base = cutover - dt.timedelta(days=before)
    assert found <= base
    assert not off(found, chosen)
    assert all(off(day, chosen) for day in Days(found + dt.timedelta(days=1), base))


@given(chosen=places, day=days, count=st.integers(0, 30))
def test_so_many_working_days_lie_up_to_the_nth(inventory_of, chosen, day, count):
    calendar = ChangeCalendar(inventory_of(sites=PLACES))
    found = calendar.working_day_after(chosen, day, count)
    between = [each for each in Days(day + dt.timedelta(days=1), found) if not off(each, chosen)]
    assert len(between) == count
    assert found == (between[-1] if count else day)


@given(days, st.sampled_from(["first", "second", "third", "fourth", "last", ""]), st.sampled_from(WEEKDAYS))
def test_a_committee_sits_as_often_as_it_says(day, which, weekday):
    given_day = {"every": "month" if which else "week", "day": f"{which} {weekday}".strip()}
    committee = Committee.model_validate({"id": "c", **given_day})
    found = last_session(committee, day)
    assert found <= day
    assert WEEKDAYS[found.weekday()] == weekday
    assert not any(is_session(committee, each) for each in Days(found + dt.timedelta(days=1), day))
    year = Days(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
    sessions = [each for each in year if is_session(committee, each)]
    if which:
        assert Counter(each.month for each in sessions) == Counter(range(1, 13))
    else:
        assert len(sessions) in {52, 53}


# --- people ---------------------------------------------------------------------------------------------------------


@st.composite
def teams(draw):
    start = draw(days)

    def later(most):
        return start + dt.timedelta(days=draw(st.integers(-10, most)))

    absences = []
    for _ in range(draw(st.integers(0, 3))):
        first = later(20)
        last = first + dt.timedelta(days=draw(st.integers(0, 9)))
        absences.append({"from": first, "to": last, "capacity": draw(st.decimals(0, 1, places=2))})
    team = {"id": "t", "person_days_per_week": draw(st.decimals(0, 50, places=2)), "crew": draw(st.integers(0, 9))}
    team |= {"absences": absences, "country": draw(st.sampled_from([c for c in COUNTRIES if c]))}
    if draw(st.booleans()):
        team["available"] = {"from": later(5), "to": start + dt.timedelta(days=30)}
    return start, team


@given(drawn=teams())
def test_a_weeks_offer_is_the_sum_of_its_days(inventory_of, drawn):
    start, team = drawn
    calendar = ChangeCalendar(inventory_of(teams=[team]))
    monday = monday_of(start)
    total = Fraction(0)
    for day in Days(monday, monday + dt.timedelta(days=6)):
        shares = [each["capacity"] for each in team["absences"] if each["from"] <= day <= each["to"]]
        share = min(shares, default=Decimal(1))
        limits = team.get("available", {"from": dt.date.min, "to": dt.date.max})
        share = share if limits["from"] <= day <= limits["to"] else Decimal(0)
        if is_working_day(team["country"], None, day):
            total += Fraction(team["person_days_per_week"]) / 5 * Fraction(share)
        people = calendar.team_crew("t", day)
        assert people <= team["crew"] * share < people + 1
    assert calendar.team_offer("t", monday) == total
