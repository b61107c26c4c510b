"""Small random inventories whose amounts are as long, as small and as large as the format allows."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory

LENGTHS = [
    "0.000001",
    "0.333333",
    "1.142857",
    "12.333333",
    "999.999999",
    "123456.789012",
    "999999999.999999",
    "1000000000",
]


def extreme_inventory(rng: random.Random) -> Inventory:
    """Draw a small inventory, then make amounts extreme: those of a team, of sizes, of ties, of hours."""
    data = Draw(rng).inventory()
    unit = rng.choice(LENGTHS)
    for team in data["teams"]:
        _team(rng, team, unit)
    for server in data["servers"]:
        server["disk_gb"] = rng.choice([*LENGTHS, 400])
        server["ram_gb"] = rng.choice(LENGTHS)
    for app in data["applications"]:
        _application(rng, app, unit)
    for link in data.get("links", ()):
        link["gbps"] = rng.choice([*LENGTHS, "0.3"])
        link["efficiency"] = rng.choice(["0.000001", "0.333333", "0.999999", "1"])
    if rng.random() < 0.3:
        data["sites"][2]["capacity"] = [{"ram_gb": rng.choice(LENGTHS)}, {"from": "2026-05-06", "ram_gb": "1000000000"}]
    if rng.random() < 0.4:
        limits = {"data_tb": rng.choice(LENGTHS), "effort": {"t": rng.choice([unit, "1000000000"])}}
        data["policy"]["wave_limits"] = {name: limits[name] for name in rng.sample(sorted(limits), rng.randint(1, 2))}
    for site in data["sites"][:2]:
        site["users"] = rng.choice([1, 123_456_789, 1_000_000_000])
    return Inventory.model_validate(data)


def _team(rng: random.Random, team: dict[str, Any], unit: str) -> None:
    if rng.random() < 0.8:
        team["person_days_per_week"] = rng.choice([unit, unit, "37.666667", "1000000000"])
        team["country"] = "FR"
    if rng.random() < 0.6:
        period = {"from": "2026-04-29", "to": rng.choice(["2026-05-04", "2026-05-12"])}
        team["absences"] = [{**period, "capacity": rng.choice(["0.333333", "0.777777", "0.999999"])}]


def _application(rng: random.Random, app: dict[str, Any], unit: str) -> None:
    if app["strategy"] == "retire":  # when it goes is for the plan to state, and more than one day may do
        app["strategy"] = "rehost"
    formula = {"each": unit, "per_server": "0.333333", "per_100_users": "0.111111"}
    app["effort"] = {"t": rng.choice([unit, unit, "0.000001", "0.333333", formula])}
    if rng.random() < 0.2:
        app["cutover_hours"] = rng.choice(["0.000001", "3.333333", "876600"])
    if rng.random() < 0.2:
        app["max_downtime_hours"] = rng.choice(["0.000001", "5.999999", "876600"])
    if rng.random() < 0.2:
        app["hypercare_hours"] = rng.choice(["0.000001", "47.999999"])
    for tie in app.get("depends_on", ()):
        tie["weight"] = rng.choice(LENGTHS)
