"""Calendar exports, read by icalendar: same waves, lots and gates, same dates to the minute, updates told as such."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

import icalendar
import pytest
from support.exports import PLANS, Case, expected, exported, hostile, planned

from waveplan.export.programme import programme_view
from waveplan.render.language import translator


def events(content: bytes | None) -> list[icalendar.Event]:
    """The events of a calendar file as icalendar reads it."""
    assert content is not None
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def kind(event: icalendar.Event) -> str:
    return str(event["CATEGORIES"].cats[0])


@pytest.mark.parametrize("name", PLANS)
def test_a_calendar_holds_waves_and_gates_at_their_moments(name: str) -> None:
    case = planned(name)
    wanted = expected(case[0])
    found = events(exported(case, "ics").joined)
    spans = defaultdict(list)
    ends = {}
    gates = set()
    for event in found:
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if kind(event) == "cutover":
            assert start.utcoffset() == end.utcoffset() == dt.timedelta(0)
            spans[str(event["X-WAVEPLAN-WAVE"])].append((start, end))
        elif kind(event) == "hypercare":
            ends[str(event["X-WAVEPLAN-WAVE"])] = end
        elif kind(event) == "gate":
            assert end - start == dt.timedelta(days=1)
            gates.add((str(event["X-WAVEPLAN-WAVE"]), start))
    waves = {
        wave: (min(start for start, _ in each), max(end for _, end in each), ends[wave]) for wave, each in spans.items()
    }
    assert waves == wanted.waves
    assert gates == {(wave, day) for wave, _, day in wanted.gates}
    said = " ".join(str(event.get("DESCRIPTION", "")) for event in found if kind(event) == "cutover")
    if all(len(wave.lots) <= 20 for wave in case[0].waves):
        assert all(f"- {lot}" in said for lot in wanted.lots)


def test_days_end_on_the_day_after_and_no_zone_is_named() -> None:
    content = exported(planned("datacentre-exit"), "ics").joined or b""
    assert b"TZID" not in content
    assert b"\r\n" in content
    freeze = next(event for event in events(content) if kind(event) == "freeze")
    assert (freeze["DTSTART"].dt, freeze["DTEND"].dt) == (dt.date(2027, 3, 26), dt.date(2027, 4, 7))
    hours = next(event for event in events(exported(planned("clock-changes"), "ics").joined) if kind(event) == "freeze")
    assert hours["DTSTART"].dt == dt.datetime(2026, 7, 4, 16, tzinfo=dt.UTC)


def moved(case: Case, days: int) -> Case:
    """The same plan with the last wave's gates so many days earlier, and its second wave gone."""
    plan, inventory = case
    first, _, *others, last = plan.waves
    gates = [gate.model_copy(update={"date": gate.date - dt.timedelta(days=days)}) for gate in last.gates]
    return plan.model_copy(update={"waves": [first, *others, last.model_copy(update={"gates": gates})]}), inventory


def test_numbers_rise_only_for_what_changed_and_what_is_gone_is_cancelled() -> None:
    english = translator("en")
    before = planned("datacentre-exit")
    after = moved(before, 1)
    old = {str(event["UID"]): event for event in events(exported(before, "ics").joined)}
    since = (programme_view(*before, english),)
    new = {str(event["UID"]): event for event in events(exported(after, "ics", since=since).joined)}
    assert old.keys() == new.keys()
    raised = {uid for uid, event in new.items() if event["SEQUENCE"] == 1}
    gone, last = before[0].waves[1].id, before[0].waves[-1].id
    assert {uid for uid in new if new[uid]["STATUS"] == "CANCELLED"} == {
        uid for uid, event in old.items() if event.get("X-WAVEPLAN-WAVE") == gone
    }
    assert {str(new[uid]["X-WAVEPLAN-WAVE"]) for uid in raised} == {gone, last}
    assert {kind(new[uid]) for uid in raised if str(new[uid]["X-WAVEPLAN-WAVE"]) == last} == {"gate"}
    chain = (*since, programme_view(*after, english))
    back = {str(event["UID"]): event for event in events(exported(before, "ics", since=chain).joined)}
    assert {uid for uid, event in back.items() if event["SEQUENCE"] == 2} == raised
    assert all(event["STATUS"] == "CONFIRMED" for event in back.values())


def test_a_team_a_site_or_a_wave_has_its_own_calendar() -> None:
    case = planned("datacentre-exit")
    plan = case[0]
    ibmi = events(exported(case, "ics", narrowing={"team": "ibmi"}).joined)
    wanted = {wave.id for wave in plan.waves if wave.totals.effort.get("ibmi")}
    assert {str(event["X-WAVEPLAN-WAVE"]) for event in ibmi if "X-WAVEPLAN-WAVE" in event} == wanted
    alone = events(exported(case, "ics", narrowing={"wave": plan.waves[0].id}).joined)
    assert {str(event["X-WAVEPLAN-WAVE"]) for event in alone} == {plan.waves[0].id}
    west = events(exported(case, "ics", narrowing={"site": "dc-west"}).joined)
    assert any(str(event.get("LOCATION")) == "dc-west" for event in west)
    assert 0 < len([event for event in west if kind(event) == "cutover"]) <= len(plan.waves)


def test_hostile_names_make_no_events_and_break_no_lines() -> None:
    content = exported(hostile(), "ics").joined or b""
    assert content.split(b"\r\n").count(b"BEGIN:VEVENT") == len(events(content))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    names = {str(event["SUMMARY"]) for event in events(content)}
    assert any("<script>alert(1)</script>" in name for name in names)
    assert not any("\u202e" in name or "\n" in name for name in names)
