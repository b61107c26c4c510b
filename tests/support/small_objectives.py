"""Small inventories in which goals pull apart: each application may go on some days only, ties bind most of them."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal

START = dt.date(2026, 3, 2)
TOLERANCES = {
    "finish": ["0", "9", "14", "60%"],
    "waves": ["0", "1", "1", "50%"],
    "coexistence": ["0", "20", "60%", "100%"],
    "peak_load": ["0", "0.25", "0.5", "60%"],
    "criticality_risk": ["0", "2", "4", "60%"],
}


def small_objective(rng: random.Random) -> tuple[Inventory, tuple[Goal, ...]]:
    """Draw three or four applications, three or five days, and two or three goals, most of them with some room."""
    apps = [f"a{number}" for number in range(rng.randint(3, 4))]
    days = sorted(rng.sample(range(8, 46), 5 if len(apps) == 3 else 3))
    dates = [(START + dt.timedelta(days=day)).isoformat() for day in days]
    data: dict[str, Any] = {
        "waveplan": "1",
        "programme": {"name": "goals", "start": START.isoformat(), "deadline": "2026-05-01"},
        "sites": [{"id": "old", "target": "new"}, {"id": "new"}],
        "links": [{"between": ["old", "new"], "gbps": "1", "efficiency": "1"}],
        "servers": [{"id": f"s{number}", "site": "old", "disk_gb": "600"} for number in range(len(apps))],
        "teams": [{"id": "t", "person_days_per_week": rng.choice(["5", "8"])}],
        "applications": [_application(rng, number, apps, dates) for number in range(len(apps))],
        "calendar": {"windows": _windows(rng, dates)},
        "policy": {"preparation_days": 5, "gates": [], "hypercare": {"hours": rng.choice([0, 60])}},
    }
    if rng.random() < 0.3:
        data["policy"]["wave_limits"] = {"lots": 2}
    return Inventory.model_validate(data)


def _application(rng: random.Random, number: int, apps: list[str], dates: list[str]) -> dict[str, Any]:
    barred = rng.sample(dates, rng.choice([0, 1, 1, len(dates) - 3]))
    ties = [{"app": other, "weight": rng.choice([1, "1.5", 4])} for other in apps[:number] if rng.random() < 0.6]
    return {
        "id": apps[number],
        "servers": [f"s{number}"],
        "criticality": rng.choice(["critical", "high", "low"]),
        "effort": {"t": rng.choice([0, 1, 2, "2.5"])},
        "blackouts": [{"from": day, "to": day} for day in barred],
        "depends_on": ties,
    }


def _windows(rng: random.Random, dates: list[str]) -> list[dict[str, Any]]:
    """The last window may be longer than those before it, so that more fits into it."""
    first, last = ["2", "6"] if rng.random() < 0.4 else ["6", "6"]
    return [
        {"id": "w", "dates": dates[:-1], "from": "20:00", "hours": first},
        {"id": "x", "dates": dates[-1:], "from": "20:00", "hours": last},
    ]


def small_goals(rng: random.Random) -> tuple[Goal, ...]:
    """Draw two or three goals, most of them with some room."""
    names = rng.sample(sorted(TOLERANCES), rng.randint(2, 3))
    return tuple(Goal.model_validate({"goal": name, "tolerance": rng.choice(TOLERANCES[name])}) for name in names)
