"""An estate with known applications, and a capture of its traffic in which what is true is buried under noise."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

Row = tuple[str, str, str, str, int, int, str, str, int, int, str, str]
HEADERS = [
    "Source",
    "Source IP",
    "Target",
    "Target IP",
    "Source port",
    "Port",
    "Protocol",
    "Process",
    "Connections",
    "Bytes",
    "First seen",
    "Last seen",
]
_WORDS = [
    "ledger",
    "payroll",
    "orders",
    "stock",
    "claims",
    "quotes",
    "freight",
    "portal",
    "rates",
    "audit",
    "tickets",
    "survey",
    "invoice",
    "budget",
    "assets",
    "fleet",
    "harbour",
    "lab",
    "plant",
    "recipe",
    "quality",
    "safety",
    "energy",
    "metering",
    "tariff",
    "customer",
    "partner",
    "vendor",
    "catalogue",
    "archive",
    "scan",
    "print",
    "search",
    "forms",
    "pension",
    "travel",
    "expense",
    "leave",
    "badge",
    "access",
    "roster",
    "shift",
    "training",
    "library",
    "media",
    "press",
    "events",
    "legal",
    "patents",
    "grants",
    "research",
]
_DATABASES = ((1521, "oracle"), (5432, "postgres"), (1433, "sqlservr.exe"), (3306, "mysqld"))
_FRONTS = ((8080, "java"), (8443, "java"), (443, "nginx"), (9443, "w3wp.exe"))
_START = datetime(2026, 5, 4, 8, tzinfo=UTC)


@dataclass(slots=True)
class PlantedApplication:
    """An application that there is, whether or not the inventory knows it."""

    name: str
    environment: str
    servers: list[str]
    known: bool
    port: tuple[int, str]  # on which others ask it
    database: tuple[int, str]


@dataclass(slots=True)
class Estate:
    """Servers, applications, and who truly depends on whom."""

    applications: list[PlantedApplication]
    addresses: dict[str, str]
    dependencies: dict[tuple[str, str], int] = field(default_factory=dict)  # → connections a day
    common: dict[str, list[str]] = field(default_factory=dict)  # service → its consumers


def planted_estate(servers: int, seed: int = 1) -> Estate:
    """An estate of so many servers: a third of the applications unknown, names of three habits, few crossings."""
    random = Random(seed)
    applications: list[PlantedApplication] = []
    addresses: dict[str, str] = {}
    number = 0
    while len(addresses) < servers:
        word = _WORDS[number % len(_WORDS)] + ("" if number < len(_WORDS) else str(number // len(_WORDS) + 1))
        size = min(random.choice((1, 2, 2, 3, 3, 4, 5, 8)), servers - len(addresses))
        environment = "test" if random.random() < 0.25 else "prod"
        names = [_server_name(word, place, environment, number, random) for place in range(size)]
        for name in names:
            addresses[name] = (
                f"10.{1 + len(addresses) // 62_500}.{len(addresses) // 250 % 250}.{1 + len(addresses) % 250}"
            )
        known = random.random() < 0.67
        ports = random.choice(_FRONTS), random.choice(_DATABASES)
        applications.append(PlantedApplication(word, environment, names, known, *ports))
        number += 1
    estate = Estate(applications, addresses)
    _plant_dependencies(estate, random)
    return estate


def _server_name(word: str, place: int, environment: str, number: int, random: Random) -> str:
    tier = ("web", "app", "db", "app", "web")[place % 5]
    suffix = "" if environment == "prod" else "-tst"
    habit = number % 4
    if habit == 0:
        return f"{tier}-{word}{suffix}-{place + 1:02}"
    if habit == 1:
        return f"par-{word}-{tier}{place + 1:02}{suffix}"
    if habit == 2:
        return f"{word}{tier}{place + 1}{suffix}"
    return f"srv{number:03}{random.randrange(100):02}{place:02}"  # says nothing


def _plant_dependencies(estate: Estate, random: Random) -> None:
    by_environment: dict[str, list[PlantedApplication]] = {"prod": [], "test": []}
    for each in estate.applications:
        by_environment[each.environment].append(each)
    services = [each for each in by_environment["prod"] if each.known][:3]
    for service in services:
        consumers = [each for each in by_environment["prod"] if each is not service and random.random() < 0.5]
        estate.common[service.name] = [each.name for each in consumers]
    for each in estate.applications:
        crosses = random.random() < 0.03
        others = estate.applications if crosses else by_environment[each.environment]
        for other in random.sample(others, min(random.choice((0, 1, 1, 2, 3)), len(others))):
            if other is not each and other not in services:
                estate.dependencies[each.name, other.name] = int(10 ** random.uniform(0.7, 5))


def inventory_yaml(estate: Estate) -> str:
    """What the inventory knows: every server, two thirds of the applications, no dependency."""
    lines = [
        "waveplan: 1",
        "programme: {name: Planted, start: 2026-01-05, deadline: 2027-12-18}",
        "sites: [{id: old, roles: [source], country: FR}, {id: new, roles: [target], country: FR}]",
        "defaults: [{servers: {}, set: {site: old, target: new}}]",
        "servers:",
    ]
    for application in estate.applications:
        for name in application.servers:
            where = "" if application.environment == "prod" else ", environment: test"
            lines.append(f"  - {{id: {name}, addresses: [{estate.addresses[name]}]{where}}}")
    lines.append("applications:")
    for each in estate.applications:
        if each.known:
            where = "" if each.environment == "prod" else ", environment: test"
            lines.append(f"  - {{id: {each.name}, servers: [{', '.join(each.servers)}]{where}}}")
    return "\n".join(lines) + "\n"


class Traffic:
    """Rows of a capture of two weeks."""

    def __init__(self, estate: Estate, seed: int = 1) -> None:
        self._estate = estate
        self._random = Random(seed + 1)
        self._servers = list(estate.addresses)
        self._by_name = {each.name: each for each in estate.applications}

    def pairs(self) -> Iterator[tuple[str, str, int, str, int]]:
        """Source, target, port, process, connections a day: what is true, then what is noise."""
        yield from self._true()
        yield from self._noise()

    def _true(self) -> Iterator[tuple[str, str, int, str, int]]:
        random = self._random
        for each in self._estate.applications:
            front, back = each.servers[0], each.servers[-1]
            for place, server in enumerate(each.servers[:-1]):
                port, process = each.database if random.random() < 0.6 else each.port
                yield server, back, port, process, int(10 ** random.uniform(2, 5))
                if place:
                    yield front, server, *each.port, int(10 ** random.uniform(2, 4))
        for (consumer, provider), daily in self._estate.dependencies.items():
            yield from self._calls(consumer, provider, daily, random.choice((1, 1, 2)))
        for provider, consumers in self._estate.common.items():
            for consumer in consumers:
                yield from self._calls(consumer, provider, int(10 ** random.uniform(1, 4)), 1)

    def _calls(self, consumer: str, provider: str, daily: int, pairs: int) -> Iterator[tuple[str, str, int, str, int]]:
        one, other = self._by_name[consumer], self._by_name[provider]
        for server in self._random.sample(one.servers, min(pairs, len(one.servers))):
            port, process = other.port if self._random.random() < 0.7 else other.database
            yield server, other.servers[0 if (port, process) == other.port else -1], port, process, daily

    def _noise(self) -> Iterator[tuple[str, str, int, str, int]]:
        """Tools that are servers of the estate as well, and calls that mean nothing."""
        random, servers = self._random, self._servers
        tools = servers[-12:]
        for server in servers[:-12]:
            yield server, tools[0], 53, "named", 20_000
            yield server, tools[1], 123, "ntpd", 96
            yield server, tools[2], 88, "lsass.exe", 500
            yield server, tools[3], 514, "rsyslogd", 5_000
            yield tools[4], server, 9100, "node_exporter", 2_880
            yield tools[5], server, 161, "snmpd", 288
            yield tools[6], server, 1556, "bpcd", 1
            yield tools[7], server, 22, "sshd", random.choice((0, 1, 5))
            yield server, tools[8], 8530, "wuauclt.exe", 4
            yield server, tools[9], 18_443, "taniumclient", 48
            for port in random.sample(range(1, 20_000), 5):
                yield tools[10], server, port, "", 1
            yield tools[11], server, 15_777, "inventoryd", 1  # a tool that no rule knows by name
        for _ in range(3 * len(servers)):  # once, by chance
            yield random.choice(servers), random.choice(servers), random.choice((80, 443, 8080, 445)), "", 0
        for _ in range(len(servers)):
            yield random.choice(servers), f"93.184.{random.randrange(4)}.{random.randrange(1, 255)}", 443, "", 30
            yield f"172.31.0.{random.randrange(1, 40)}", random.choice(servers), 443, "", 10

    def rows(self, number: int | None = None) -> Iterator[Row]:
        """Rows: each pair a row a day, or as many as it takes to have `number` of them in all."""
        pairs = list(self.pairs())
        days = 14 if number is None else max(1, -(-number // len(pairs)))
        for day in range(days):
            for source, target, port, process, daily in pairs:
                if daily == 0 and day > 0:
                    continue
                began = _START + timedelta(days=day % 14, minutes=self._random.randrange(600))
                yield self._row(source, target, port, process, max(daily, 1), began)

    def _row(self, source: str, target: str, port: int, process: str, daily: int, began: datetime) -> Row:
        random, addresses = self._random, self._estate.addresses
        own = random.randrange(40_000, 60_000)
        ends = [(source, addresses.get(source, source), own), (target, addresses.get(target, target), port)]
        if random.random() < 0.1:  # the reply was caught
            ends.reverse()
        shown = random.random()
        names = ["" if shown < 0.4 else f"{name}.example.org" if shown > 0.8 else name for name, _, _ in ends]
        (_, one, from_port), (_, other, to_port) = ends
        names = [
            name if "." not in each or not each[0].isdigit() else ""
            for name, (each, _, _) in zip(names, ends, strict=True)
        ]
        moments = (f"{began:%Y-%m-%d %H:%M:%S}", f"{began + timedelta(hours=1):%Y-%m-%d %H:%M:%S}")
        volume = daily * random.randrange(500, 20_000)
        return (names[0], one, names[1], other, from_port, to_port, "tcp", process, daily, volume, *moments)


def write_capture(path: Path, estate: Estate, rows: int | None = None, seed: int = 1) -> int:
    """Write a capture; returns how many rows it has."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for row in Traffic(estate, seed).rows(rows):
            writer.writerow(row)
            written += 1
    return written
