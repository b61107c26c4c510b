"""Small random inventories with gaps of every kind between what an order, a step or a rule puts in a sequence."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory


def small_gaps(rng: random.Random) -> Inventory:
    """Draw an inventory of two to four applications, most of which depend on each other with gaps."""
    return Inventory.model_validate(Gaps(rng).inventory())


class Gaps(Draw):
    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.density = rng.choice([0.05, 0.1, 0.3])
        self.apps = [f"a{number}" for number in range(rng.randint(2, 3))]

    def often(self, chance: float = 0.5) -> bool:
        return self.rng.random() < chance

    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        data["programme"]["deadline"] = self.day(18, 27)
        data["sites"][1]["country"] = self.rng.choice(["FR", "SA", "US"])
        if self.often(0.4):
            data["rules"] = [self.chain()]
        if self.often(0.3):
            gaps = self.gaps() | {"min_gap_days": self.rng.choice([0, 5])}
            data["applications"][0] |= {"strategy": "rehost", "steps": [{"id": "one"}, {"id": "two", **gaps}]}
        return data

    def gaps(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.often(0.6):
            found["max_gap_days"] = self.rng.choice([0, 3, 5, 7, 9])
        if self.often(0.5):
            found["min_gap_working_days"] = self.rng.choice([1, 2, 4, 5])
        return found

    def chain(self) -> dict[str, Any]:
        return {"id": "chain", "before": [{"app": name} for name in self.rng.sample(self.apps, 2)], **self.gaps()}

    def dependency(self, number: int) -> dict[str, Any]:
        tie: dict[str, Any] = {"app": self.apps[self.rng.randrange(number)], "weight": self.rng.choice([1, "2.5"])}
        if self.often(0.8):
            tie |= {"order": self.rng.choice(["provider_first", "consumer_first"]), **self.gaps()}
            tie["min_gap_days"] = self.rng.choice([0, 0, 4])
        if self.often(0.4):
            tie["coexist_days_max"] = self.rng.choice([0, 5, 7])
        return tie

    def application(self, name: str) -> dict[str, Any]:
        app = super().application(name)
        number = self.apps.index(name)
        if number:
            app["depends_on"] = [self.dependency(number) for _ in range(self.rng.randint(1, 2))]
        return app
