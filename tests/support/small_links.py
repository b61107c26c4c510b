"""Small random inventories whose links have speeds by the hour, in windows across them and across summertime."""

from __future__ import annotations

import random
from typing import Any

from support.small_inventories import Draw
from waveplan.domain.inventory import Inventory


def small_links(rng: random.Random) -> Inventory:
    """Draw an inventory that sends much over links of which hours matter."""
    return Inventory.model_validate(_Links(rng).inventory())


class _Links(Draw):
    def inventory(self) -> dict[str, Any]:
        data = super().inventory()
        data["programme"] |= {"start": "2026-03-14", "deadline": self.rng.choice(["2026-03-31", "2026-04-08"])}
        data["programme"]["timezone"] = self.rng.choice(["Europe/Paris", "UTC"])
        for section in ("rules", "streams", "contracts"):
            data.pop(section, None)
        data["links"] = self.links()
        return data

    def paths(self) -> list[dict[str, Any]]:
        found = [{"between": ["north", "host"]}, {"between": ["host", "south"], "efficiency": "0.5"}]
        if self.rng.random() < 0.3:
            found.append({"between": ["host", "north"]})
        for link in found:
            link["gbps"] = self.speeds() if self.rng.random() < 0.8 else "0.3"
        return found

    def speeds(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for _ in range(self.rng.randint(1, 2)):
            hours = self.rng.choice([("18:00", "21:30"), ("21:00", "02:00"), ("02:30", "08:00"), ("06:00", "06:00")])
            entry: dict[str, Any] = {"from": hours[0], "to": hours[1], "gbps": self.rng.choice(["0.05", "0.2", "1.5"])}
            if self.rng.random() < 0.4:
                entry["days"] = self.rng.choice([["sat"], ["sun"], ["mon-fri"]])
            found.append(entry)
        if self.rng.random() < 0.8:
            found.append({"gbps": self.rng.choice(["0.1", "0.3", "1"])})
        return found

    def servers(self) -> list[dict[str, Any]]:
        sent = {"method": "copy"}
        return [
            server | sent | {"disk_gb": self.rng.choice([40, 130, 300, 700])} if self.rng.random() < 0.8 else server
            for server in super().servers()
        ]

    def application(self, name: str) -> dict[str, Any]:
        app = super().application(name)
        app |= {"cutover_hours": self.rng.choice([0, "0.5", 2]), "effort": {}}
        for key in ("not_before", "not_after", "slot", "blackouts"):
            app.pop(key, None)
        if self.rng.random() < 0.3:
            app["max_downtime_hours"] = self.rng.choice([2, 4, "5.5"])
        return app

    def calendar(self) -> dict[str, Any]:
        zone = {"timezone": "site"} if self.rng.random() < 0.2 else {}
        windows: list[dict[str, Any]] = [
            {"id": "weekend", "days": ["sat"], "from": "20:00", "hours": self.rng.choice([4, 8]), **zone},
            {"id": "sunday", "days": ["sun"], "from": self.rng.choice(["01:00", "03:00"]), "hours": 5},
        ]
        return {"windows": windows}

    def policy(self) -> dict[str, Any]:
        return {"preparation_days": 0, "gates": [], "hypercare": {"hours": 0}}

    def teams(self) -> list[dict[str, Any]]:
        return [{"id": "t"}]
