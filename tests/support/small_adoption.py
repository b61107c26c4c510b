"""Small random inventories in which people are told, taught and asked; few enough plans to try them all."""

from __future__ import annotations

import random
from typing import Any

from support.small_calendars import vary
from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory

KINDS = ("announcement", "reminder", "training", "site_event", "go_live_support", "survey")


def small_adoption(rng: random.Random) -> Inventory:
    """Draw an inventory with few other rules and up to three entries of adoption, most of them with effort."""
    return Inventory.model_validate(vary(AdoptionDraw(rng).inventory(), rng))


class AdoptionDraw(Draw):
    """Users by persona in several countries, a team that is short of days, and what takes some of them."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.density = rng.choice([0.05, 0.15])

    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        for site in data["sites"][:2]:
            site["users"] = self.rng.choice([120, {"office": 50, "plant": 100}, {"plant": 30}])
            site["languages"] = self.rng.sample(["fr", "en", "de"], self.rng.randint(0, 2))
        data["teams"][0]["person_days_per_week"] = self.rng.choice(["3.5", "5", "8"])
        for app in data["applications"]:
            if self.rng.random() < 0.4:
                app["personas"] = [self.rng.choice(["office", "plant"])]
            app["user_sites"] = self.rng.sample(["north", "south"], self.rng.randint(1, 2))
        data["adoption"] = [self.entry(number) for number in range(self.rng.randint(1, 3))]
        return data

    def entry(self, number: int) -> dict[str, Any]:
        entry: dict[str, Any] = {"id": f"e{number}", "kind": self.rng.choice(KINDS)}
        when = self.rng.choice(["days_before", "days_after", "working_days_before", "working_days_after"])
        entry[when] = self.rng.randint(0, 8)
        if self.rng.random() < 0.4:
            entry["days"] = self.rng.randint(2, 6)
        if self.rng.random() < 0.4:
            entry["match"] = self.selector()
        if self.rng.random() < 0.5:
            entry["audience"] = self.rng.choice(
                [{"persona": "office"}, {"site": "north"}, {"language": ["fr", "de"]}, {"not": {"country": "FR"}}]
            )
        if self.rng.random() < 0.8:
            amount = self.rng.choice([1, "0.5", 2, {"each": "0.5", "per_100_users": 1, "per_server": "0.25"}])
            entry |= {"team": "t", "effort": amount}
        if entry["kind"] == "survey":
            entry["threshold"] = "0.7"
        return entry
