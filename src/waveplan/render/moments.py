"""When waves run and end, by the clocks of the programme's zone; with the hours of each site where these differ."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfoNotFoundError

from waveplan.change_calendar import latest
from waveplan.change_calendar.slots import Span, zone_named
from waveplan.change_calendar.spans import instant
from waveplan.domain.plan import Plan, SiteHours, Wave
from waveplan.render.language import Language, Shown, safe

_MIDNIGHT = dt.time()


def programme_zone(plan: Plan) -> dt.tzinfo:
    """The zone that the plan names; UTC for one that does not exist, as a plan may be edited by hand."""
    try:
        return zone_named(plan.programme.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def spans_of(plan: Plan, wave: Wave, lot: str | None = None) -> list[Span]:
    """When a wave runs, or one lot of it, in programme time and in order: once, or once for each zone of its sites."""
    zone = programme_zone(plan)
    own = [each for each in wave.site_hours if lot is None or lot in each.lots]
    moments = [(each.start, each.end) for each in own] or [(wave.slot.start, wave.slot.end)]
    return sorted(
        ((start.astimezone(zone), end.astimezone(zone)) for start, end in moments), key=lambda s: instant(s[0])
    )


def by_start(wave: Wave) -> list[SiteHours]:
    """The hours of each zone of sites, in order of their start; a plan edited by hand may have any order."""
    return sorted(wave.site_hours, key=lambda hours: (instant(hours.start), hours.zone))


def whole_span(plan: Plan, wave: Wave, lot: str | None = None) -> Span:
    """From the first start to the last end, in programme time."""
    spans = spans_of(plan, wave, lot)
    return spans[0][0], latest(end for _, end in spans)


def clock(moment: dt.datetime) -> Shown:
    """A time of day."""
    return Shown(f"{moment:%H:%M}")


def closing_clock(moment: dt.datetime, day: dt.date) -> Shown:
    """The time of day at which something ends that counts to a day: midnight is the end of it."""
    return Shown("24:00") if moment.time() == _MIDNIGHT and moment.date() > day else clock(moment)


def with_offset(language: Language, moment: dt.datetime) -> Shown:
    """A moment with its distance from UTC."""
    return Shown(f"{language.moment(moment)} ({offset_words(moment)})")


def offset_words(moment: dt.datetime) -> Shown:
    """How far a moment's zone is from UTC: "UTC+01:00"."""
    offset = moment.strftime("%z")
    return Shown("UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:5]}")


def site_names(hours: SiteHours) -> Shown:
    """The sites that have these hours, or their zone where there is none."""
    return safe(", ".join(hours.sites) or hours.zone)


def site_hours_words(language: Language, plan: Plan, hours: SiteHours) -> Shown:
    """Hours by a site's own clock, and what they are in programme time."""
    zone = programme_zone(plan)
    start, end = hours.start.astimezone(zone), hours.end.astimezone(zone)
    return language.say(
        "{start} to {end} ({zone}), in programme time {first} to {last}",
        start=language.moment(hours.start, year=False),
        end=_end(language, hours.start, hours.end),
        zone=offset_words(hours.start),
        first=language.moment(start, year=False),
        last=_end(language, start, end),
    )


def _end(language: Language, start: dt.datetime, end: dt.datetime) -> Shown:
    return clock(end) if end.date() == start.date() else language.moment(end, year=False)
