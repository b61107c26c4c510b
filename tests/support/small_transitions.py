"""Small random inventories of whole transitions; few enough plans to try them all."""

from __future__ import annotations

import random
from typing import Any

from support.small_calendars import vary
from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory


def small_transition(rng: random.Random) -> Inventory:
    """Draw an inventory with services, steps, tranches, pilots, milestones promised by others, knowledge transfers."""
    return Inventory.model_validate(_own_hours(vary(Transition(rng).inventory(), rng), rng))


def _own_hours(data: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Now and then a window in each site's own hours, of sites far from each other."""
    if rng.random() < 0.25:
        rng.choice(data["calendar"]["windows"])["timezone"] = "site"
        for site in data["sites"]:
            if rng.random() < 0.6:
                site["timezone"] = rng.choice(["Asia/Tokyo", "America/Los_Angeles", "Europe/Paris"])
    return data


class Transition(Draw):
    """Few rules of other kinds, so that enough plans are valid for those of transitions to tell them apart."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.density = rng.choice([0.05, 0.1, 0.25])
        self.apps = [f"a{number}" for number in range(rng.randint(1, 2))]

    def sometimes(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def selector(self) -> dict[str, Any]:
        return self.rng.choice(
            [
                {"app": "a0"},
                {"app": "a0/first"},
                {"service": "desk"},
                {"service": "net"},
                {"site": self.rng.choice(["north", "south"])},
                {"kind": ["service_desk", "other"]},
                {"step": ["second", "far"]},
                {"domain": "x"},
            ]
        )

    def rule(self, number: int) -> dict[str, Any]:
        pair = self.rng.sample([{"app": "a0"}, {"service": "desk"}, {"service": "net"}, {"site": "south"}], 2)
        return {"id": f"r{number}", self.rng.choice(["before", "apart"]): pair}

    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        data["sites"].append({"id": "cloud", "country": "FR"})
        data["services"] = self.services()
        if self.sometimes():
            data["applications"][0] |= {"strategy": "rehost", "steps": self.steps()}
        if self.sometimes():
            data["external_milestones"] = [{"id": "m", "date": self.day(0, 18)}]
            self.rng.choice([*data["applications"], *data["services"]])["after"] = ["m"]
        if self.sometimes(0.6):
            self.tranches(data)
        if self.sometimes(0.4):
            data["pilots"] = [{"id": "p", "items": self.selector(), "soak_days": self.rng.choice([0, 3, 10])}]
            if self.sometimes():
                data["pilots"][0]["for"] = self.selector()
        if self.sometimes(0.6):
            data["knowledge_transfers"] = [self.transfer()]
        if self.sometimes(0.3):
            data["streams"] = [{"id": "desks", "match": {"service": "desk"}, "policy": self.stream_policy()}]
        return data

    def services(self) -> list[dict[str, Any]]:
        desk: dict[str, Any] = {"id": "desk", "kind": "service_desk", "domain": self.rng.choice(["x", "y"])}
        desk["sites"] = self.rng.choice([["north"], ["south"], ["north", "south"]])
        desk["effort"] = {"t": self.rng.choice([0, 1, {"each": "0.5", "per_100_users": 5}])}
        desk["crew"] = {"t": self.rng.randint(0, 2)}
        desk["cutover_hours"] = self.rng.choice([0, 3])
        if self.sometimes(0.3):
            desk["steps"] = [{"id": "near"}, {"id": "far", "min_gap_days": self.rng.choice([0, 5, 9])}]
        if len(self.apps) > 1 and self.sometimes(0.5):
            return [desk]
        net: dict[str, Any] = {"id": "net", "sites": self.rng.choice([["north"], ["south"]])}
        tie: dict[str, Any] = {"service": "net", "coupling": self.rng.choice(["soft", "soft", "hard"])}
        tie["all_sites"] = self.rng.choice(["true", "false"])
        if tie["coupling"] == "soft":
            tie["order"] = self.rng.choice(["any", "provider_first", "consumer_first"])
        desk["depends_on"] = [tie] if self.sometimes(0.7) else []
        return [desk, net]

    def steps(self) -> list[dict[str, Any]]:
        second: dict[str, Any] = {"id": "second", "min_gap_days": self.rng.choice([0, 0, 4, 9])}
        if self.sometimes(0.6):
            second["target"] = "cloud"
        if self.sometimes(0.3):
            second["effort"] = {"t": 2}
        return [{"id": "first"}, second]

    def tranches(self, data: dict[str, Any]) -> None:
        one: dict[str, Any] = {"id": "t1", "match": self.selector()}
        other: dict[str, Any] = {"id": "t2", "match": self.rng.choice([{}, self.selector()])}
        if self.sometimes(0.3):
            one["finish_by"] = self.day(8, 30)
        if self.sometimes(0.3):
            other["not_before"] = self.day(4, 12)
        data["tranches"] = [one, other]
        if self.sometimes(0.6):
            self.rng.choice([other, *data["services"], *data["applications"]]).setdefault("after", []).append("t1")

    def transfer(self) -> dict[str, Any]:
        stages: list[dict[str, Any]] = [{"name": "immersion", "days": self.rng.randint(1, 4), "effort": {"t": 1}}]
        if self.sometimes():
            effort = {"t": self.rng.choice([2, {"each": 1, "per_server": 1}])}
            stages.append({"name": "shadowing", "days": self.rng.randint(1, 3), "effort": effort})
        if self.sometimes(0.2):
            stages[0]["times"] = 2
        return {
            "id": "kt",
            "match": self.selector(),
            "per": self.rng.choice(["match", "site", "item"]),
            "stages": stages,
        }
