"""Writes a believable inventory of any size: `python benchmarks/generators.py --servers 10000 > inventory.yaml`.

Applications come in families: neighbours that may share servers and hard ties. Everything that is ordered goes from a
later family to an earlier one, so that no cycle of orders can arise. The same numbers and seed give the same text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections.abc import Iterator

START = dt.date(2026, 1, 3)
SERVERS_A_SITE = 2_500
FAMILY = 6
SITES = ("north", "south", "east", "west")
TEAMS = ("sysadmin", "dba", "network", "application-support", "business-testers")
DOMAINS = ("finance", "hr", "sales", "supply-chain", "manufacturing", "workplace", "data", "infrastructure")
TECHNOLOGIES = (("linux", "RHEL 8"), ("linux", "RHEL 9"), ("windows", "Windows Server 2019"), ("as400", "IBM i 7.3"))
CRITICALITIES = ("critical", "high", "medium", "medium", "medium", "low", "low")


def inventory_lines(
    servers: int, applications: int, dependencies: int, *, seed: int = 1, weeks: int = 104
) -> Iterator[str]:
    """The lines of an inventory with so many servers, applications and dependencies, over so many weekly windows."""
    chance = random.Random(seed)
    sites = max(1, min(len(SITES), servers // SERVERS_A_SITE))
    yield from _head(servers, sites, weeks)
    yield from _servers(servers, sites, chance)
    yield from _applications(servers, applications, dependencies, chance)
    yield from _policy(servers, applications, weeks)


def inventory_text(servers: int, applications: int, dependencies: int, *, seed: int = 1, weeks: int = 104) -> str:
    """The inventory as one text."""
    return "".join(f"{line}\n" for line in inventory_lines(servers, applications, dependencies, seed=seed, weeks=weeks))


def _head(servers: int, sites: int, weeks: int) -> Iterator[str]:
    deadline = START + dt.timedelta(weeks=weeks + 6)
    yield f"# {servers} servers, written by benchmarks/generators.py"
    yield "waveplan: 1"
    yield "programme:"
    yield "  name: Generated exit"
    yield f"  start: {START}"
    yield f"  deadline: {deadline}"
    yield "  timezone: Europe/Paris"
    yield "defaults:"
    yield "  - {sites: {country: FR}, set: {region: western-europe, timezone: Europe/Paris, languages: [fr]}}"
    yield "  - {servers: {technology: as400}, set: {kind: partition, method: replicate}}"
    yield "  - {applications: {criticality: [critical, high]}, set: {hypercare_hours: 48, test_hours: 2}}"
    yield "sites:"
    for site in SITES[:sites]:
        yield f"  - {{id: dc-{site}, roles: [source], type: datacentre, country: FR, target: host-{len(site) % 2}}}"
    for number in range(2):
        yield f"  - {{id: host-{number}, roles: [target], type: hosting, country: FR}}"
    yield "links:"
    for site in SITES[:sites]:
        yield f"  - {{between: [dc-{site}, host-{len(site) % 2}], gbps: 10}}"
    yield "teams:"
    for team in TEAMS:
        yield f"  - {{id: {team}, organisation: acme, country: FR}}"


def _servers(count: int, sites: int, chance: random.Random) -> Iterator[str]:
    yield "servers:"
    for number in range(count):
        technology, system = chance.choices(TECHNOLOGIES, (5, 4, 6, 1))[0]
        yield f"  - id: {_server(number)}"
        yield f"    site: dc-{SITES[number * sites // count]}"
        yield f"    technology: {technology}"
        yield f"    os: {system}"
        yield f"    vcpu: {chance.choice((2, 4, 8, 16))}"
        yield f"    ram_gb: {chance.choice((8, 16, 32, 64))}"
        yield f"    disk_gb: {chance.randrange(40, 900)}"


def _server(number: int) -> str:
    return f"srv-{number:05d}"


def _applications(servers: int, count: int, dependencies: int, chance: random.Random) -> Iterator[str]:
    needed = _dependencies(count, dependencies, chance)
    yield "applications:"
    for number in range(count):
        first, last = number * servers // count, (number + 1) * servers // count
        hosts = [_server(each) for each in range(first, last)]
        if first and number % FAMILY and chance.random() < 0.1:
            hosts.append(_server(first - 1))  # shared with the one before it, of the same family
        yield f"  - id: {_application(number)}"
        yield f"    name: Application {number}"
        yield f"    domain: {DOMAINS[number // FAMILY % len(DOMAINS)]}"
        yield f"    criticality: {chance.choice(CRITICALITIES)}"
        yield f"    servers: [{', '.join(hosts)}]"
        own = f"{chance.choice(TEAMS[:3])}: {chance.randint(1, 6)}"
        yield f"    effort: {{{own}, {TEAMS[3]}: {{each: 1, per_server: 0.25}}}}"
        yield f"    crew: {{{chance.choice(TEAMS[:3])}: 1}}"
        if needed[number]:
            yield "    depends_on:"
            yield from needed[number]


def _application(number: int) -> str:
    return f"app-{number:04d}"


def _dependencies(applications: int, count: int, chance: random.Random) -> list[list[str]]:
    """So many lines, spread over the applications that consume."""
    lines: list[list[str]] = [[] for _ in range(applications)]
    for _ in range(count if applications > 1 else 0):
        consumer = chance.randrange(1, applications)
        near = chance.random() < 0.6
        provider = chance.randrange(max(0, consumer - 5 * FAMILY) if near else 0, consumer)
        words = [f"app: {_application(provider)}"]
        same_family = provider // FAMILY == consumer // FAMILY
        if same_family and chance.random() < 0.05:
            words.append("coupling: hard")
        elif chance.random() < 0.1:
            words.append("coupling: shared")
        else:
            words.append(f"weight: {chance.randint(1, 9)}")
        if not same_family and chance.random() < 0.1:
            words.append("order: provider_first")
        lines[consumer].append(f"      - {{{', '.join(words)}}}")
    return lines


def _policy(servers: int, applications: int, weeks: int) -> Iterator[str]:
    yield "calendar:"
    yield "  windows:"
    yield '    - {id: weekend, days: [sat], from: "20:00", hours: 30}'
    yield "  freezes:"
    yield f"    - {{from: {START.year}-12-15, to: {START.year + 1}-01-05, reason: year-end close}}"
    yield "policy:"
    yield "  preparation_days: 28"
    yield "  hypercare: {hours: 24}"
    most = (max(20, 2 * servers // weeks), max(10, 2 * applications // weeks))
    yield f"  wave_limits: {{servers: {most[0]}, applications: {most[1]}}}"


def main() -> None:
    """Print an inventory."""
    parser = argparse.ArgumentParser(description="Print an inventory of a given size.")
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--applications", type=int, default=3_000)
    parser.add_argument("--dependencies", type=int, default=20_000)
    parser.add_argument("--weeks", type=int, default=104, help="weekly windows between start and deadline")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    lines = inventory_lines(given.servers, given.applications, given.dependencies, seed=given.seed, weeks=given.weeks)
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
