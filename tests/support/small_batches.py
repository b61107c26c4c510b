"""Small random inventories in which an application moves in batches, between others that wait for it or are awaited."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory


def small_batches(rng: random.Random) -> Inventory:
    """Draw an inventory of two applications, one in two or three batches."""
    return Inventory.model_validate(_Batches(rng).inventory())


class _Batches(Draw):
    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.density = rng.choice([0.05, 0.1, 0.25])
        self.apps = ["a0", "a1"]

    def often(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def goal(self) -> str:
        return self.rng.choice(["coexistence", "coexistence", "finish", "waves"])

    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        data["programme"]["deadline"] = self.day(18, 25)
        one, other = data["applications"]
        self.rng.choice([one, other]).update(self.batched())
        if self.often(0.3):
            data["applications"][0 if "batches" in other or "batch" in other else 1].update(self.batched())
        for number, entry in enumerate(data["applications"]):
            entry["servers"] = [f"s{number}"] + ([f"s{number + 2}", f"s{number + 4}"] if self.often(0.8) else [])
            if "batches" in entry or "batch" in entry:
                entry["servers"] = [f"s{number}", f"s{number + 2}"]
                entry["strategy"] = "rehost"
        if self.often(0.3):
            data["rules"] = [self.rule(0)]
        for tie in other["depends_on"] if ("batches" in one or "batch" in one) and self.often(0.4) else ():
            tie["app"] = self.rng.choice(["a0/b1", "a0/b2"])
        return data

    def batched(self) -> dict[str, Any]:
        found: dict[str, Any] = self.rng.choice([{"batches": 2}, {"batch": {"servers": 1}}])
        if self.often(0.4):
            found["batch_days_max"] = self.rng.choice([0, 5, 7])
        if self.often(0.5):
            found["batch_weight"] = self.rng.choice(["0", "0.5", 3])
        return found

    def servers(self) -> list[dict[str, Any]]:
        self.apps = [*self.apps, *"xyzw"]
        found = super().servers()
        self.apps = self.apps[:2]
        for server in found:
            if self.often(0.3):
                server["cluster"] = "k"
        return found

    def dependency(self, number: int) -> dict[str, Any]:
        tie: dict[str, Any] = {"app": "a0", "weight": self.rng.choice([1, "2.5"])}
        tie["coupling"] = self.rng.choice(["soft"] * 5 + ["hard"])
        if self.often(0.5):
            tie["order"] = self.rng.choice(["provider_first", "consumer_first"])
            tie |= self.rng.choice([{}, {"min_gap_days": 5}, {"max_gap_days": 7}, {"after_hypercare": "true"}])
        if self.often(0.3):
            tie["coexist_days_max"] = self.rng.choice([0, 7])
        return tie

    def application(self, name: str) -> dict[str, Any]:
        app = super().application(name)
        if name == "a1":
            app["depends_on"] = [self.dependency(1) for _ in range(self.rng.randint(1, 2))]
        return app
