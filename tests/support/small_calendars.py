"""Calendars for small random inventories: windows, periods and gates in every form that the format has."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any


def vary(data: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Give some windows, periods and gates of a drawn inventory another form; about half of all keep theirs."""
    if rng.random() < 0.5:
        return data
    start = dt.date.fromisoformat(data["programme"]["start"])
    calendar = data["calendar"]
    for window in calendar["windows"]:
        if rng.random() < 0.5 and "days" in window:
            _reopen(window, start, rng)
        if rng.random() < 0.3:
            _end_by_clock(window, rng)
        if rng.random() < 0.3:
            window["public_holidays"] = rng.choice(["avoid", "allow"])
    if rng.random() < 0.6:
        freeze = {**period(start, rng), "reason": "closing"}
        if rng.random() < 0.4:
            freeze["match"] = {"domain": "x"}
        if rng.random() < 0.4:
            freeze["except"] = {"criticality": rng.choice(["critical", "low"])}
        calendar.setdefault("freezes", []).append(freeze)
    if rng.random() < 0.3:
        rng.choice(data["sites"]).setdefault("blackouts", []).append(_blackout(start, rng))
    if rng.random() < 0.3:
        rng.choice(data["applications"]).setdefault("blackouts", []).append(_blackout(start, rng))
    if rng.random() < 0.4:
        data["teams"][0].setdefault("absences", []).append(_absence(start, rng))
    _gates(data, rng)
    return data


def _blackout(start: dt.date, rng: random.Random) -> dict[str, Any]:
    found = period(start, rng)
    if rng.random() < 0.4:
        found["except"] = {"criticality": rng.choice(["critical", "high", "medium", "low"])}
    return found


def _reopen(window: dict[str, Any], start: dt.date, rng: random.Random) -> None:
    day = window.pop("days")[0]
    starting = (start + dt.timedelta(days=rng.randint(-9, 6))).isoformat()
    window |= rng.choice(
        [
            {"every": "month", "day": [f"first {day}", f"third {day}", f"last {day}"]},
            {"every": "month", "day": [f"second {day}", f"fourth {day}"]},
            {"every": "2 weeks", "day": day, "starting": starting},
            {"every": "week", "day": ["sun", day]},
            {"after": "second tue", "days_after": rng.randint(0, 6)},
        ]
    )


def _end_by_clock(window: dict[str, Any], rng: random.Random) -> None:
    del window["hours"]
    window["until"] = rng.choice(["02:00", "06:30", "23:30"])
    if rng.random() < 0.5:
        window["until_day"] = rng.choice(["sun", "mon"])


def period(start: dt.date, rng: random.Random) -> dict[str, Any]:
    """A period of some form."""
    first = start + dt.timedelta(days=rng.randint(0, 24))
    last = first + dt.timedelta(days=rng.randint(0, 5))
    forms: list[dict[str, Any]] = [
        {"from": f"{first}T{rng.choice(['00:00', '18:00', '23:30'])}", "to": f"{last + dt.timedelta(days=1)}T06:00"},
        {"from": first.isoformat(), "to": f"{last + dt.timedelta(days=1)}T{rng.choice(['20:00', '20:30'])}"},
        {
            "every": "week",
            "from": rng.choice(["fri 18:00", "sat", "sun 02:00"]),
            "to": rng.choice(["sat 21:00", "sun"]),
        },
        {"every": "month", "from_working_day": rng.choice([-3, -1]), "to_working_day": rng.randint(1, 5)},
        {"every": "month", "from_working_day": 2, "to_working_day": rng.randint(2, 7), "country": "FR"},
        {"every": "month", "from_working_day": -1, "to_working_day": 3, "from": first.isoformat()},
    ]
    return rng.choice(forms)


def _absence(start: dt.date, rng: random.Random) -> dict[str, Any]:
    share = rng.choice(["0", "0.5", "0.8"])
    if rng.random() < 0.5:
        return {**period(start, rng), "capacity": share}
    days = rng.sample(["mon", "wed", "fri", "sat"], rng.randint(1, 2))
    bounds = {"from": (start + dt.timedelta(days=5)).isoformat()} if rng.random() < 0.5 else {}
    return {"days": days, "capacity": share, **bounds}


def _gates(data: dict[str, Any], rng: random.Random) -> None:
    gates = data["policy"]["gates"]
    if not gates or rng.random() < 0.3:
        return
    gate = gates[0]
    if rng.random() < 0.6:
        del gate["days_before"]
        gate["working_days_before"] = rng.randint(0, 5)
    if rng.random() < 0.5:
        gate |= {"committee": "board", "at_session": "true"}
        sits = rng.choice([{"every": "week", "day": rng.choice(["tue", "fri"])}, {"every": "month", "day": "last thu"}])
        data["committees"] = [{"id": "board", **sits}]
    if rng.random() < 0.4:
        gate["working_day"] = "false"
    if rng.random() < 0.5:
        data["policy"].setdefault("hypercare", {})["before_next_gate"] = "true"
