"""Small inventories that change while the programme runs: other limits, windows, teams, dates; items gone and new."""

from __future__ import annotations

import copy
import datetime as dt
import random
from typing import Any

from support.small_inventories import Draw

Data = dict[str, Any]
_PARTS = ("calendar", "policy", "teams", "rules", "contracts", "streams", "links", "sites")


def changed(rng: random.Random, data: Data, draw: type[Draw]) -> Data:
    """The same with parts of another inventory that is drawn like it, some dates moved, an application less or more."""
    found, other = copy.deepcopy(data), draw(random.Random(rng.random())).inventory()
    for part in _PARTS:
        if rng.random() < 0.3:
            found.pop(part, None)
            found |= {part: other[part]} if part in other else {}
    for date, days in (("start", rng.randint(2, 9)), ("deadline", rng.randint(-6, 6))):
        if rng.random() < 0.2:
            day = dt.date.fromisoformat(found["programme"][date]) + dt.timedelta(days=days)
            found["programme"][date] = day.isoformat()
    for change in (_another, _gone, _new):
        if rng.random() < 0.3:
            change(rng, found, other)
    known = {site["id"] for site in found["sites"]}
    return found if {"cloud"} - known == {"cloud"} - {site["id"] for site in data["sites"]} else data


def _another(rng: random.Random, found: Data, other: Data) -> None:
    """An application has other hours, effort, ties and dates by now."""
    app = rng.choice(found["applications"])
    for each in other["applications"]:
        if each["id"] == app["id"]:
            kept = {key: app[key] for key in ("servers", "steps", "after", "strategy") if key in app}
            app.clear()
            app.update({**each, **kept})
            app["strategy"] = kept.get("strategy", "rehost")


def _gone(rng: random.Random, found: Data, other: Data) -> None:
    if len(found["applications"]) < 2:
        return
    gone = found["applications"].pop(rng.randrange(1, len(found["applications"])))["id"]
    for entry in (*found["applications"], *found.get("services", ())):
        entry["depends_on"] = [tie for tie in entry.get("depends_on", ()) if tie.get("app") != gone]


def _new(rng: random.Random, found: Data, other: Data) -> None:
    name = f"n{len(found['applications'])}"
    tie = {"app": found["applications"][0]["id"], "coupling": rng.choice(["soft", "hard"])}
    servers = [rng.choice(found["servers"])["id"]] if rng.random() < 0.5 else []
    if all(app["id"] != name for app in found["applications"]):
        found["applications"].append({"id": name, "servers": servers, "depends_on": [tie], "effort": {"t": 1}})


def tightened(rng: random.Random, data: Data, done: list[dt.date]) -> Data:
    """The same with rules that what has been done may break: its days, its size, how close its waves came."""
    found = copy.deepcopy(data)
    policy = found.setdefault("policy", {})
    for tighten in (_smaller_waves, _slower, _later, _fewer_people, _closed_days):
        if rng.random() < 0.6:
            tighten(rng, found, policy, done)
    return found


def _smaller_waves(rng: random.Random, found: Data, policy: Data, done: list[dt.date]) -> None:
    policy["wave_limits"] = {**policy.get("wave_limits", {}), rng.choice(["servers", "applications", "lots"]): 1}


def _slower(rng: random.Random, found: Data, policy: Data, done: list[dt.date]) -> None:
    policy["cadence"] = [{"min_gap_days": rng.choice([6, 8, 14]), "max_waves_per_week": 1}]
    if rng.random() < 0.5:
        policy["hypercare"] = {"hours": 24 * rng.randint(1, 4), "max_waves_at_once": 1, "before_next_gate": True}


def _later(rng: random.Random, found: Data, policy: Data, done: list[dt.date]) -> None:
    policy["earliest_wave_by_criticality"] = {"critical": 3, "high": 2}
    for entry in found["applications"]:
        if rng.random() < 0.3 and done:
            entry["not_before"] = (done[-1] + dt.timedelta(days=1)).isoformat()


def _fewer_people(rng: random.Random, found: Data, policy: Data, done: list[dt.date]) -> None:
    for team in found.get("teams", ()):
        team |= {key: 1 for key in ("person_days_per_week", "crew", "on_call") if rng.random() < 0.5}


def _closed_days(rng: random.Random, found: Data, policy: Data, done: list[dt.date]) -> None:
    if done:
        day = rng.choice(done)
        freeze = {"from": (day - dt.timedelta(days=1)).isoformat(), "to": (day + dt.timedelta(days=1)).isoformat()}
        found.setdefault("calendar", {}).setdefault("freezes", []).append(freeze)
