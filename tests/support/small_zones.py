"""Small random inventories whose sites keep their own hours, far from each other, with orders of every kind."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from support.small_transitions import Transition
from waveplan.domain.inventory import Inventory


def zones_data(rng: random.Random) -> dict[str, Any]:
    """The same as data, before it is read."""
    return _Zones(rng).inventory()


def small_zones(rng: random.Random) -> Inventory:
    """Draw an inventory of which one window gives every lot its own hours."""
    return Inventory.model_validate(_Zones(rng).inventory())


class _Zones(Transition):
    """Two windows on neighbouring days, one of them in each site's own hours: which starts first differs by lot."""

    def sites(self) -> list[dict[str, Any]]:
        sites = super().sites()
        zones = ["Pacific/Auckland", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Honolulu"]
        sites[0]["timezone"], sites[1]["timezone"] = self.rng.sample(zones, 2)
        return sites

    def servers(self) -> list[dict[str, Any]]:
        """No application has sites in two zones."""
        return [server | {"method": "rebuild", "cluster": None} for server in super().servers()]

    def inventory(self) -> dict[str, Any]:
        data = Draw.inventory(self)  # no tranches, pilots or knowledge: few lots, so that few slots are many plans
        data["programme"]["deadline"] = self.day(9, 15)
        data["services"] = self.services()
        south = {"id": "host-south", "timezone": data["sites"][1]["timezone"]}
        data["sites"][2]["timezone"] = data["sites"][0]["timezone"]
        data["sites"][1]["target"] = south["id"]
        data["sites"].append(south)
        data.pop("contracts", None)
        return data

    def services(self) -> list[dict[str, Any]]:
        desk, *rest = super().services()
        desk["sites"] = self.rng.choice([["north"], ["south"], ["north", "south"]])
        if len(desk["sites"]) == 1 and self.sometimes(0.7):
            desk["steps"] = [{"id": "near"}, {"id": "far", "min_gap_days": self.rng.choice([0, 0, 1])}]
        else:
            desk.pop("steps", None)
        return [desk, *rest]

    def calendar(self) -> dict[str, Any]:
        days = self.rng.sample(["sat", "sun", "mon"], 2)
        return {
            "windows": [
                {"id": "weekend", "days": days[:1], "from": self.hour(), "hours": self.rng.choice([4, 12])},
                {"id": "night", "days": days[1:], "from": self.hour(), "hours": 4, "timezone": "site"},
            ]
        }

    def hour(self) -> str:
        return self.rng.choice(["00:00", "07:00", "20:00"])

    def policy(self) -> dict[str, Any]:
        order = ["dev", "test", "prod"]
        return {"preparation_days": 0, "gates": [], "hypercare": self.hypercare(), "environment_order": order}

    def hypercare(self) -> dict[str, Any]:
        return {"hours": self.rng.choice([0, 0, 8, 24])}

    def application(self, name: str) -> dict[str, Any]:
        app = super().application(name)
        if self.sometimes():
            app |= {"family": "f", "environment": self.rng.choice(["dev", "prod"])}
        return app

    def dependency(self, number: int) -> dict[str, Any]:
        tie = super().dependency(number)
        if self.sometimes(0.7):
            tie |= {"order": self.rng.choice(["provider_first", "consumer_first"]), "coupling": "soft"}
            tie |= {"min_gap_days": self.rng.choice([0, 0, 1]), "after_hypercare": self.rng.choice(["true", "false"])}
        return tie
