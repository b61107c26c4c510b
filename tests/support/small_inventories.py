"""Small random inventories that touch every family of hard rules; few enough plans to try them all."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from support.small_calendars import vary
from waveplan.domain.inventory import Inventory

START = dt.date(2026, 4, 27)  # a fortnight with two French public holidays and a US one ahead


def small_inventory(rng: random.Random) -> Inventory:
    """Draw an inventory of two to four applications and three to six slots, each kind of rule now and then."""
    return Inventory.model_validate(vary(Draw(rng).inventory(), rng))


class Draw:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.density = rng.choice([0.15, 0.3, 0.5, 0.8])  # few rules leave more valid plans to compare
        self.apps = [f"a{number}" for number in range(rng.randint(2, 4))]

    def maybe(self, chance: float = 0.3) -> bool:
        return self.rng.random() < chance * self.density * 1.6

    def day(self, low: int, high: int) -> str:
        return (START + dt.timedelta(days=self.rng.randint(low, high))).isoformat()

    def period(self) -> dict[str, str]:
        first = self.rng.randint(0, 24)
        return {"from": self.day(first, first), "to": self.day(first, first + 4)}

    def selector(self) -> dict[str, Any]:
        return self.rng.choice(
            [
                {"app": self.rng.choice(self.apps)},
                {"app": self.rng.sample(self.apps, 2)},
                {"domain": self.rng.choice(["x", "y"])},
                {"criticality": self.rng.choice(["critical", "low"])},
                {"site": self.rng.choice(["north", "south"])},
            ]
        )

    def inventory(self) -> dict[str, Any]:
        deadline = START + dt.timedelta(days=self.rng.randint(20, 36))
        data: dict[str, Any] = {
            "waveplan": "1",
            "programme": {"name": "small", "start": START.isoformat(), "deadline": deadline.isoformat()},
            "sites": self.sites(),
            "teams": self.teams(),
            "servers": self.servers(),
            "applications": [self.application(name) for name in self.apps],
            "calendar": self.calendar(),
            "policy": self.policy(),
            "objective": {"goals": [{"goal": self.goal()}]},
        }
        if self.maybe(0.5):
            data["programme"]["timezone"] = "Europe/Paris"
        if self.maybe(0.6):
            data["links"] = self.links()
        if self.maybe(0.5):
            data["rules"] = [self.rule(number) for number in range(self.rng.randint(1, 2))]
        if self.maybe(0.2):
            data["streams"] = [{"id": "desk", "match": {"domain": "x"}, "policy": self.stream_policy()}]
        if self.maybe(0.2):
            data["contracts"] = [{"id": "c", "ends": self.day(10, 36), "match": self.selector()}]
        return data

    def goal(self) -> str:
        return self.rng.choice(["finish", "waves", "coexistence", "peak_load", "criticality_risk"])

    def sites(self) -> list[dict[str, Any]]:
        north: dict[str, Any] = {"id": "north", "target": "host", "country": "FR", "users": 10}
        south: dict[str, Any] = {"id": "south", "target": "host", "users": 5}
        host: dict[str, Any] = {"id": "host", "country": self.rng.choice(["FR", "US", "SA"])}
        if self.maybe(0.2):
            north["exit_by"] = self.day(15, 36)
            north["decommission_days"] = self.rng.randint(0, 5)
        if self.maybe(0.2):
            south["blackouts"] = [self.period()]
        if self.maybe(0.4):
            steps = [{"from": START.isoformat(), "vcpu": self.rng.randint(2, 10)}]
            if self.maybe(0.6):
                steps.append({"from": self.day(8, 20), "vcpu": self.rng.randint(6, 20)})
            host["capacity"] = steps
        if self.maybe(0.3):
            south["timezone"] = "Asia/Tokyo"
        return [north, south, host]

    def links(self) -> list[dict[str, Any]]:
        found = self.paths()
        for link in found:
            if self.maybe(0.5):
                link["background_gbps"] = self.rng.choice(["0.001", "0.002", "0.01"])
                if self.maybe():
                    night = {"days": ["mon-fri"], "from": "20:00", "to": "06:00", "gbps": "0.004"}
                    link["background"] = [night, {"days": ["sat", "sun"]}]
            if self.maybe():
                link["seed_days"] = self.rng.randint(1, 4)
        return found

    def paths(self) -> list[dict[str, Any]]:
        return [
            {"between": ["north", "host"], "gbps": self.rng.choice(["0.1", "0.3", "1"])},
            {"between": ["host", "south"], "gbps": self.rng.choice(["0.2", "0.5"]), "efficiency": "0.5"},
        ]

    def teams(self) -> list[dict[str, Any]]:
        team: dict[str, Any] = {"id": "t", "rest_days": self.rng.choice([0, 0, 3, 8])}
        if self.maybe(0.6):
            team["person_days_per_week"] = self.rng.choice(["1", "2.5", "5"])
            team["country"] = "FR"
        if self.maybe(0.6):
            team["crew"] = self.rng.randint(2, 5)
        if self.maybe(0.6):
            team["on_call"] = self.rng.randint(1, 3)
        if self.maybe(0.3):
            team["absences"] = [{**self.period(), "capacity": self.rng.choice(["0", "0.5", "0.8"])}]
        if self.maybe(0.15):
            team["available"] = {"from": self.day(0, 5), "to": self.day(15, 36)}
        return [team]

    def servers(self) -> list[dict[str, Any]]:
        found = []
        for number in range(len(self.apps) + 1):
            server: dict[str, Any] = {"id": f"s{number}", "site": self.rng.choice(["north", "south"])}
            server["vcpu"] = self.rng.randint(1, 6)
            server["disk_gb"] = self.rng.choice([0, 100, 400, 900])
            server["method"] = self.rng.choice(["copy", "replicate", "ship", "rebuild"])
            server["technology"] = self.rng.choice(["as400", "vmware"])
            if server["method"] == "replicate":
                server["change_gb_per_day"] = self.rng.choice([0, 3, "20.5"])
                if self.maybe():
                    server["seed_days"] = self.rng.randint(1, 3)
            if server["method"] == "ship":
                server["transport_hours"] = self.rng.choice([2, 6])
            if self.maybe(0.1):
                server["cluster"] = "k"
            found.append(server)
        return found

    def application(self, name: str) -> dict[str, Any]:
        number = self.apps.index(name)
        app: dict[str, Any] = {"id": name, "servers": [f"s{number}"]}
        app["domain"] = self.rng.choice(["x", "y"])
        app["criticality"] = self.rng.choice(["critical", "high", "medium", "low"])
        app["strategy"] = self.rng.choice(["rehost"] * 14 + ["repurchase", "takeover", "retire"])
        app["effort"] = {"t": self.rng.choice([0, 0, 1, {"each": "1.5", "per_server": "0.5"}, 3])}
        app["crew"] = {"t": self.rng.randint(0, 3)}
        app["on_call"] = {"t": self.rng.randint(0, 2)}
        app["cutover_hours"] = self.rng.choice([0, 2, 5])
        app["test_hours"] = self.rng.choice([0, 1, 3])
        app["rollback_hours"] = self.rng.choice([0, 2])
        app["user_sites"] = self.rng.sample(["north", "south"], self.rng.randint(0, 2))
        self._dates(app)
        if self.maybe(0.3):
            app["family"] = "f"
            app["environment"] = self.rng.choice(["dev", "test", "prod"])
        if number and self.maybe(0.6):
            app["depends_on"] = [self.dependency(number) for _ in range(self.rng.randint(1, 2))]
        return app

    def _dates(self, app: dict[str, Any]) -> None:
        if self.maybe(0.2):
            app["hypercare_hours"] = self.rng.choice([0, 10, 72, 150])
        if self.maybe(0.2):
            app["max_downtime_hours"] = self.rng.choice([6, 12, 24])
        if self.maybe(0.15):
            app["not_before"] = self.day(4, 20)
        if self.maybe(0.15):
            app["not_after"] = self.day(12, 36)
        if self.maybe(0.1):
            app["earliest_wave"] = self.rng.randint(1, 2)
        if self.maybe(0.05):
            app["slot"] = (START + dt.timedelta(days=12)).isoformat()
        if self.maybe(0.15):
            app["blackouts"] = [self.period()]
        if self.maybe(0.15):
            app["windows"] = [self.rng.choice(["weekend", "weekend", "night"])]
        if self.maybe(0.1):
            app["allowed_countries"] = self.rng.sample(["FR", "US", "SA"], 2)
        app["dry_run"] = "true" if self.maybe() else "false"

    def dependency(self, number: int) -> dict[str, Any]:
        tie: dict[str, Any] = {"app": self.apps[self.rng.randrange(number)]}
        tie["coupling"] = self.rng.choice(["soft"] * 6 + ["hard", "shared"])
        tie["weight"] = self.rng.choice([1, "2.5", 7])
        if self.maybe(0.4):
            tie["order"] = self.rng.choice(["provider_first", "consumer_first"])
            tie["min_gap_days"] = self.rng.choice([0, 0, 1, 8])
            tie["after_hypercare"] = "true" if self.maybe(0.4) else "false"
        return tie

    def calendar(self) -> dict[str, Any]:
        zone = {"timezone": "site"} if self.maybe(0.15) else {"timezone": "America/New_York"} if self.maybe(0.1) else {}
        windows: list[dict[str, Any]] = [
            {"id": "weekend", "days": ["sat"], "from": "20:00", "hours": self.rng.choice([8, 12, 30]), **zone}
        ]
        if self.maybe(0.4):
            night: dict[str, Any] = {"id": "night", "days": ["thu"], "from": "22:00", "hours": 8}
            if self.maybe():
                night["match"] = self.selector()
            windows.append(night)
        elif self.maybe(0.2):
            windows.append({"id": "night", "days": ["sat"], "from": "20:00", "hours": 10})
        if self.maybe(0.25):
            self.rng.choice(windows).update(self.window_limits())
        calendar: dict[str, Any] = {"windows": windows}
        if not any(window["id"] == "night" for window in windows):
            windows.append({"id": "night", "dates": [self.day(3, 20)], "from": "21:00", "hours": 60})
        calendar["public_holidays"] = self.rng.choice(["avoid", "allow"])
        if self.maybe():
            calendar["freezes"] = [{**self.period(), **({"match": self.selector()} if self.maybe(0.5) else {})}]
        return calendar

    def policy(self) -> dict[str, Any]:
        policy: dict[str, Any] = {"preparation_days": self.rng.choice([2, 5, 7])}
        policy["gates"] = self.gates()
        policy["hypercare"] = self.hypercare()
        if self.maybe(0.5):
            policy["cadence"] = self.cadence()
        if self.maybe(0.4):
            policy["wave_limits"] = self.limits()
        if self.maybe(0.3):
            policy["earliest_wave_by_criticality"] = {"critical": self.rng.randint(2, 3), "high": 2}
        if self.maybe(0.5):
            policy["environment_order"] = ["dev", "test", "prod"]
        if self.maybe(0.15):
            policy["keep_apart"] = [self.rng.choice(["environment", "domain", "technology"])]
        if self.maybe(0.3):
            effort = {"t": self.rng.choice([1, "0.5"])}
            policy["rehearsals"] = [{"id": "dry", "days_before": 6, "only": {"dry_run": "true"}, "effort": effort}]
        return policy

    def stream_policy(self) -> dict[str, Any]:
        return {"preparation_days": 3, "cadence": self.cadence(), "hypercare": {"hours": self.rng.choice([0, 48])}}

    def gates(self) -> list[dict[str, Any]]:
        if self.maybe(0.4):
            return []
        gate = {"id": "go", "days_before": self.rng.randint(1, 4), "working_day": "true", "decides": "true"}
        return [gate, {"id": "notice", "days_before": 6}] if self.maybe() else [gate]

    def hypercare(self) -> dict[str, Any]:
        care: dict[str, Any] = {"hours": self.rng.choice([0, 24, 100])}
        if self.maybe():
            care["overrides"] = [{"match": {"criticality": "critical"}, "hours": 200}]
        if self.maybe(0.2):
            care["max_waves_at_once"] = self.rng.randint(1, 2)
        if self.maybe(0.2):
            care["before_next_gate"] = "true"
        return care

    def cadence(self) -> list[dict[str, Any]]:
        last: dict[str, Any] = {"min_gap_days": self.rng.choice([0, 2, 7, 8])}
        if self.maybe():
            last["max_waves_per_week"] = 1
        if self.maybe(0.3):
            last["limits"] = self.limits()
        if self.maybe(0.4):
            return [last]
        first = {"waves": self.rng.randint(1, 2), "min_gap_days": self.rng.choice([1, 10]), "limits": self.limits()}
        return [first, last]

    def limits(self) -> dict[str, Any]:
        pool = {
            "servers": self.rng.randint(1, 3),
            "applications": self.rng.randint(1, 3),
            "lots": self.rng.randint(1, 2),
            "sites": self.rng.randint(1, 2),
            "users": self.rng.choice([5, 10, 15]),
            "data_tb": self.rng.choice(["0.4", "0.9", "1.3"]),
            "effort": {"t": self.rng.choice([2, 4, "5.5"])},
        }
        return {name: pool[name] for name in self.rng.sample(sorted(pool), self.rng.randint(1, 2))}

    def window_limits(self) -> dict[str, Any]:
        by = self.rng.choice([None, None, "target", "domain", "technology", "site"])
        return {"limits": self.limits(), **({"by": by} if by else {})}

    def rule(self, number: int) -> dict[str, Any]:
        rule: dict[str, Any] = {"id": f"r{number}"}
        kind = self.rng.choice(["together", "apart", "before", "max", "max", "date", "windows", "earliest"])
        if kind == "together":
            rule["together"] = self.selector()
            if self.maybe():
                rule["by"] = "domain"
        elif kind in {"apart", "before"}:
            rule[kind] = [{"app": name} for name in self.rng.sample(self.apps, 2)]
        elif kind == "max":
            rule["match"] = self.rng.choice([{"technology": "as400"}, self.selector()])
            rule["max_per_wave"] = {self.rng.choice(["servers", "applications", "lots", "sites", "users"]): 1}
            if self.maybe():
                del rule["max_per_wave"]
                rule["max_per_week"] = {
                    self.rng.choice(["servers", "applications", "lots"]): self.rng.choice([1, 1, 2])
                }
            if self.maybe():
                rule["by"] = self.rng.choice(["domain", "technology", "site", "target", "criticality"])
                if self.maybe():
                    del rule["match"]
        elif kind == "earliest":
            rule["match"] = self.selector()
            rule["earliest_wave"] = self.rng.randint(1, 2)
        elif kind == "date":
            rule["match"] = self.selector()
            rule["not_before"] = self.day(3, 14)
        else:
            rule["match"] = self.selector()
            rule["windows"] = ["weekend"]
        return rule
