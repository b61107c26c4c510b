"""Small random inventories on the brink of what can never hold: sides of rules that meet, tied steps, full sites."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory


def small_contradiction(rng: random.Random) -> Inventory:
    """Draw two or three applications and three or four slots."""
    return Inventory.model_validate(_Brink(rng).inventory())


class _Brink(Draw):
    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.density = 0.1
        self.apps = [f"a{number}" for number in range(rng.randint(2, 3))]

    def often(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        data["programme"]["deadline"] = self.day(18, 24)
        data["policy"] = {"preparation_days": 0, "gates": [], "hypercare": {"hours": self.rng.choice([0, 0, 24])}}
        data["sites"] += [{"id": "between", "capacity": self.capacity()}, {"id": "last"}]
        if self.often(0.6):
            data["rules"] = [self.meeting(number) for number in range(self.rng.randint(1, 2))]
        if self.often(0.4):
            data["tranches"] = [{"id": "t1", "match": {"app": "a0"}}]
            data["applications"][1]["after"] = ["t1"]
        return data

    def capacity(self) -> list[dict[str, Any]]:
        return [{"vcpu": self.rng.randint(1, 6), "from": "2026-01-01"}, {"vcpu": 9, "from": self.day(0, 30)}]

    def meeting(self, number: int) -> dict[str, Any]:
        """Two sides that may share items."""
        sides = [{"app": self.rng.sample(self.apps, self.rng.randint(1, 2))} for _ in range(2)]
        return {"id": f"r{number}", self.rng.choice(["before", "apart"]): sides}

    def servers(self) -> list[dict[str, Any]]:
        return [server | {"vcpu": self.rng.randint(1, 5), "method": "rebuild"} for server in super().servers()]

    def application(self, name: str) -> dict[str, Any]:
        number = self.apps.index(name)
        app: dict[str, Any] = {"id": name, "servers": [f"s{number}"]}
        if number and self.often():
            app["depends_on"] = [{"app": self.rng.choice(self.apps[:number]), "coupling": "hard"}]
            if self.often(0.3):
                app["depends_on"].append({"app": "a0", "order": "provider_first", "min_gap_days": 0})
        if self.often(0.4):
            targets = self.rng.choice([["host", "between", "last"], ["host", "between"], ["between", "between"]])
            app["steps"] = [{"id": f"n{place}", "target": target} for place, target in enumerate(targets)]
        return app

    def calendar(self) -> dict[str, Any]:
        windows: list[dict[str, Any]] = [{"id": "weekend", "days": ["sat"], "from": "20:00", "hours": 3}]
        if self.often(0.3):
            windows.append({"id": "early", "dates": [self.day(12, 12)], "from": "08:00", "hours": 3})
        return {"windows": windows, "public_holidays": "allow"}
