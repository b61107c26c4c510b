"""What links carry from a moment on: hour by hour where their speed goes by hours, whatever the clocks do meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from waveplan.change_calendar.link_weeks import DAY, WEEK, SpeedWeek, window_speeds
from waveplan.change_calendar.slots import zone_named
from waveplan.domain.inventory import Inventory
from waveplan.domain.sites import Link

Pair = tuple[str, str]  # sorted: links have no direction
_BY_THE_CLOCK = 10 * WEEK  # minutes; what takes longer goes on at the mean speed of a week
_QUARTER = 15  # minutes: zones change their offset at quarters of an hour


@dataclass(frozen=True, slots=True)
class Stretch:
    """From so many hours after the start on, when so many GB are across, so many GB an hour; until the next one."""

    begins: Fraction
    carried: Fraction
    speed: Fraction

    def carried_by(self, hours: Fraction) -> Fraction:
        """GB that are across so many hours after the start, as long as this stretch lasts."""
        return self.carried + self.speed * (hours - self.begins)


class LinkClock:
    """The links of an inventory as windows use them; those between the same two sites add up.

    Hours of a link are those that clocks show at the first of its two sites.
    """

    def __init__(self, inventory: Inventory) -> None:
        self._zones = {site.id: site.timezone or inventory.programme.timezone for site in inventory.sites}
        self._otherwise = inventory.programme.timezone
        found: dict[Pair, list[Link]] = {}
        for link in inventory.links:
            found.setdefault((min(link.between), max(link.between)), []).append(link)
        self._links: Mapping[Pair, tuple[Link, ...]] = {pair: tuple(found[pair]) for pair in sorted(found)}
        self._known: dict[tuple[Pair, dt.datetime], _Carried] = {}

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Pairs of sites with a link, sorted."""
        return tuple(self._links)

    @cached_property
    def steady(self) -> Mapping[Pair, Fraction]:
        """GB an hour, of the pairs whose links are always as fast."""
        found = {}
        for pair, links in self._links.items():
            speeds = [window_speeds(link).steady for link in links]
            if None not in speeds:
                found[pair] = sum((speed for speed in speeds if speed is not None), Fraction(0)) * 60
        return found

    def stretches(self, pair: Pair, start: dt.datetime) -> Iterator[Stretch]:
        """What is carried from a moment on, stretch by stretch of one speed; the last one never ends."""
        if pair in self.steady:
            yield Stretch(Fraction(0), Fraction(0), self.steady[pair])
            return
        key = (pair, start.astimezone(dt.UTC))
        if key not in self._known:
            self._known[key] = _Carried(self._stretches(pair, start))
        yield from self._known[key].all()

    def carried(self, pair: Pair, start: dt.datetime, hours: Fraction) -> Fraction:
        """GB that cross in so many hours from a moment on; less than none in less than no time."""
        last = Stretch(Fraction(0), Fraction(0), Fraction(1))
        if hours < 0:
            return last.carried_by(hours)
        for stretch in self.stretches(pair, start):
            if stretch.begins > hours:
                break
            last = stretch
        return last.carried_by(hours)

    def hours(self, pair: Pair, start: dt.datetime, gigabytes: Fraction) -> Fraction:
        """The least hours from a moment on in which so many GB are across."""
        if not gigabytes:
            return Fraction(0)
        last = None
        for stretch in self.stretches(pair, start):
            if stretch.carried >= gigabytes:
                break
            last = stretch
        assert last is not None
        return last.begins + (gigabytes - last.carried) / last.speed

    def _stretches(self, pair: Pair, start: dt.datetime) -> Iterator[Stretch]:
        carried, begun, speed = Fraction(0), 0, Fraction(-1)
        for minute, each in self._speeds(pair, start):
            if each != speed:
                if speed >= 0:
                    carried += speed * (minute - begun)
                begun, speed = minute, each
                yield Stretch(Fraction(begun, 60), carried, speed * 60)
        carried += speed * (_BY_THE_CLOCK - begun)
        means = (week.total / WEEK for week in self._weeks[pair].values())
        yield Stretch(Fraction(_BY_THE_CLOCK, 60), carried, sum(means, Fraction(0)) * 60)

    def _speeds(self, pair: Pair, start: dt.datetime) -> Iterator[tuple[int, Fraction]]:
        """GB a minute from so many minutes after the start on; where speeds may change, in order."""
        weeks = self._weeks[pair]
        first = int(start.timestamp()) // 60
        passed = 0
        while passed < _BY_THE_CLOCK:
            speeds, until = Fraction(0), _BY_THE_CLOCK - passed
            for zone, week in weeks.items():
                speed, lasts = week.at(_minute_of_week(first + passed, zone))
                speeds, until = speeds + speed, min(until, lasts, _clocks_run_on(first + passed, zone))
            yield passed, speeds
            passed += until

    @cached_property
    def _weeks(self) -> Mapping[Pair, Mapping[ZoneInfo, SpeedWeek]]:
        """GB a minute through the week, by the zone whose clocks count."""
        found: dict[Pair, dict[ZoneInfo, SpeedWeek]] = {}
        for pair, links in self._links.items():
            if pair in self.steady:
                continue
            weeks = found.setdefault(pair, {})
            for link in links:
                zone = zone_named(self._zones.get(link.between[0], self._otherwise))
                known, more = weeks.get(zone), window_speeds(link)
                weeks[zone] = more if known is None else known.beside(more)
        return found


class _Carried:
    """Stretches that are worked out as far as somebody asks."""

    def __init__(self, stretches: Iterator[Stretch]) -> None:
        self._more = stretches
        self._found: list[Stretch] = []

    def all(self) -> Iterator[Stretch]:
        number = 0
        while True:
            if number == len(self._found):
                stretch = next(self._more, None)
                if stretch is None:
                    return
                self._found.append(stretch)
            yield self._found[number]
            number += 1


def _clocks_run_on(minute: int, zone: ZoneInfo) -> int:
    """For how many minutes from one on no clock of the zone is put on or back: at most a day, at least to a quarter."""
    return DAY if _offset(minute, zone) == _offset(minute + DAY, zone) else _QUARTER - minute % _QUARTER


def _offset(minute: int, zone: ZoneInfo) -> dt.timedelta | None:
    return dt.datetime.fromtimestamp(minute * 60, zone).utcoffset()


def _minute_of_week(minute: int, zone: ZoneInfo) -> int:
    local = dt.datetime.fromtimestamp(minute * 60, zone)
    return local.weekday() * DAY + local.hour * 60 + local.minute
