"""Small random inventories in which what is retired needs people, and servers host nothing."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory


def small_retirements(rng: random.Random) -> Inventory:
    """Draw an inventory of two applications that may move and one that is retired, with people who are scarce."""
    return Inventory.model_validate(_Retirements(rng).inventory())


class _Retirements(Draw):
    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.density = rng.choice([0.05, 0.15, 0.3])
        self.apps = ["a0", "a1"]

    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        for application in data["applications"]:
            application["strategy"] = self.rng.choice(["rehost"] * 5 + ["takeover", "retain"])
        gone = self.retired()
        data["applications"].append(gone)
        data["servers"].append({"id": "s-gone", "site": self.rng.choice(["north", "south"]), "vcpu": 1})
        for application in data["applications"][:-1]:
            if application["strategy"] != "retain" and self.rng.random() < 0.5:
                application.setdefault("depends_on", []).append({"app": "gone", "coupling": "shared"})
        if self.rng.random() < 0.4:
            bare: dict[str, Any] = {"id": "bare", "site": "north", "retire": self.rng.choice(["true", "false"])}
            if self.rng.random() < 0.5:
                bare["not_before"] = self.day(2, 20)
            data["servers"].append(bare)
        if self.rng.random() < 0.3:
            data["sites"][0] |= {"exit_by": self.day(18, 45), "decommission_days": self.rng.randint(0, 3)}
        self.people(data["teams"][0])
        return data

    def retired(self) -> dict[str, Any]:
        gone: dict[str, Any] = {"id": "gone", "strategy": "retire", "servers": ["s-gone"]}
        gone["effort"] = {"t": self.rng.choice([0, 1, 2, "3.5"])}
        gone["crew"] = {"t": self.rng.choice([0, 1, 2])}
        gone["domain"] = self.rng.choice(["x", "y"])
        if self.rng.random() < 0.3:
            gone["not_before"] = self.day(3, 25)
        if self.rng.random() < 0.3:
            gone["not_after"] = self.day(15, 45)
        return gone

    def people(self, team: dict[str, Any]) -> None:
        team["person_days_per_week"] = self.rng.choice(["1", "2.5", "4"])
        team["crew"] = self.rng.randint(1, 3)
        if self.rng.random() < 0.5:
            team["absences"] = [{**self.period(), "capacity": self.rng.choice(["0", "0", "0.5"])}]
