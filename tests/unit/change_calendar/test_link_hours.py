"""What links carry by the hour, against counting minute by minute."""

from __future__ import annotations

import datetime as dt
import random
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from waveplan.change_calendar.link_hours import LinkClock
from waveplan.change_calendar.link_weeks import mean_gbps
from waveplan.domain.inventory import Inventory
from waveplan.domain.sites import Link

PAIR = ("host", "old")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPEEDS = ("0.1", "0.4", "1", "2.5")


def inventory(links: list[dict[str, object]], zone: str = "Europe/Paris") -> Inventory:
    return Inventory.model_validate(
        {
            "waveplan": "1",
            "programme": {"name": "x", "start": "2026-01-05", "deadline": "2026-12-18", "timezone": zone},
            "sites": [{"id": "old"}, {"id": "host", "timezone": "Australia/Lord_Howe"}],
            "links": links,
        }
    )


def drawn_hours(rng: random.Random) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for _ in range(rng.randint(1, 3)):
        entry: dict[str, object] = {"gbps": rng.choice(SPEEDS)}
        if rng.random() < 0.8:
            first, last = (f"{rng.randint(0, 23):02}:{rng.choice([0, 7, 30]):02}" for _ in range(2))
            entry |= {"from": first, "to": last}
        if rng.random() < 0.5:
            entry["days"] = rng.sample(DAYS, rng.randint(1, 3))
        found.append(entry)
    return found


def speed_at(link: dict[str, object], when: dt.datetime) -> Fraction:
    """GB a minute at a moment, told from the format's words: the first entry that covers it."""
    local = when.astimezone(ZoneInfo({"old": "Europe/Paris", "host": "Australia/Lord_Howe"}[link["between"][0]]))
    now = f"{local.hour:02}:{local.minute:02}"
    for entry in link["gbps"]:
        days = entry.get("days", DAYS)
        today, yesterday = DAYS[local.weekday()], DAYS[local.weekday() - 1]
        first, last = entry.get("from", "00:00"), entry.get("to", "24:00")
        within = first <= now < last and today in days
        if last <= first:
            within = (now >= first and today in days) or (now < last and yesterday in days)
        if within:
            return Fraction(entry["gbps"]) * Fraction(link["efficiency"]) * Fraction(450, 60)
    return Fraction(0)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_carried_is_what_minutes_add_up_to(seed: int) -> None:
    rng = random.Random(seed)
    ways = rng.choices([["old", "host"], ["host", "old"]], k=rng.randint(1, 2))
    links = [{"between": way, "gbps": drawn_hours(rng), "efficiency": "0.5"} for way in ways]
    start = dt.datetime(2026, *rng.choice([(3, 28), (10, 24), (4, 4), (6, 13)]), rng.randint(10, 23), 30, tzinfo=dt.UTC)
    known = LinkClock(inventory(links))
    carried = Fraction(0)
    for minute in range(20 * 60):
        if minute % 97 == 0:
            assert known.carried(PAIR, start, Fraction(minute, 60)) == carried
            if carried:
                least = known.hours(PAIR, start, carried)
                assert least <= Fraction(minute, 60)
                assert known.carried(PAIR, start, least) == carried
                assert known.carried(PAIR, start, least - Fraction(1, 60)) < carried
        carried += sum(speed_at(link, start + dt.timedelta(minutes=minute)) for link in links)


def test_one_speed_for_all_hours_is_a_steady_link() -> None:
    hours = [{"days": ["mon-fri"], "gbps": 1}, {"gbps": 1}]
    known = LinkClock(inventory([{"between": ["old", "host"], "gbps": hours, "efficiency": 1}]))
    assert known.steady == {PAIR: 450}
    assert known.hours(PAIR, dt.datetime(2026, 3, 14, tzinfo=dt.UTC), Fraction(900)) == 2


def test_what_takes_longer_than_ten_weeks_goes_on_at_the_mean_speed() -> None:
    link = {"between": ["old", "host"], "gbps": [{"from": "20:00", "to": "02:00", "gbps": 1}], "efficiency": 1}
    known = LinkClock(inventory([link]))
    start = dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
    a_week = Fraction(450 * 6 * 7)
    assert known.hours(PAIR, start, 40 * a_week) == 40 * 7 * 24
    assert mean_gbps(Link.model_validate(link)) == Fraction(1, 4)
