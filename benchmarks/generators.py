"""Writes a believable inventory of any size: `python benchmarks/generators.py --servers 10000 > inventory.yaml`.

Applications come in families: neighbours that may share servers and hard ties. Everything that is ordered goes from a
later family to an earlier one, so that no cycle of orders can arise. Limits come from averages: what family after
family, week after week, would need, with room above it; a plan was found at every size that is measured. Some
applications are retired at the end, some bear little downtime. The same numbers and seed give the same text.
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
RETIRED = 50  # one application in so many is retired
SLACK = 2  # limits over what an even plan needs on average
SERVER_GB = 470  # what a server holds on average
COUNTRIES = ("FR", "DE", "IT", "ES")
TEAMS = ("sysadmin", "dba", "network", "application-support", "business-testers")
DOMAINS = ("finance", "hr", "sales", "supply-chain", "manufacturing", "workplace", "data", "infrastructure")
TECHNOLOGIES = (("linux", "RHEL 8"), ("linux", "RHEL 9"), ("windows", "Windows Server 2019"), ("as400", "IBM i 7.3"))
CRITICALITIES = ("critical", "high", "medium", "medium", "medium", "low", "low")


def inventory_lines(
    servers: int, applications: int, dependencies: int, *, seed: int = 1, weeks: int = 104
) -> Iterator[str]:
    """The lines of an inventory with so many servers, applications and dependencies, over so many weekly windows."""
    chance = random.Random(seed)
    sites = max(1, servers // SERVERS_A_SITE)
    yield from _head(servers, applications, sites, weeks)
    yield from _servers(servers, sites, chance)
    yield from _applications(servers, applications, dependencies, chance)
    yield from _policy(servers, applications, weeks)


def inventory_text(servers: int, applications: int, dependencies: int, *, seed: int = 1, weeks: int = 104) -> str:
    """The inventory as one text."""
    return "".join(f"{line}\n" for line in inventory_lines(servers, applications, dependencies, seed=seed, weeks=weeks))


def _head(servers: int, applications: int, sites: int, weeks: int) -> Iterator[str]:
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
    yield from _places(servers, sites, weeks, deadline)
    yield from _teams(servers, applications, weeks)


def _places(servers: int, sites: int, weeks: int, deadline: dt.date) -> Iterator[str]:
    """Sites that close at the end, targets whose capacity grows by a delivery, links with room for several waves."""
    yield "sites:"
    for site in range(sites):
        place = f"type: datacentre, country: {COUNTRIES[site % len(COUNTRIES)]}, target: host-{site % 2}"
        yield f"  - {{id: {_site(site)}, roles: [source], {place}, exit_by: {deadline}, decommission_days: 3}}"
    grown = START + dt.timedelta(weeks=weeks // 3)
    for number in range(2):
        yield f"  - id: host-{number}"
        yield "    roles: [target]"
        yield "    type: hosting"
        yield "    country: FR"
        yield "    capacity:"
        for day, share in ((START, 0.8), (grown, 2)):
            vcpu, disk_tb = int(servers * 8 * share), int(servers * 0.5 * share) + 1
            yield f"      - {{from: {day}, vcpu: {vcpu}, disk_tb: {disk_tb}}}"
    yield "links:"
    busiest = 4 * SLACK * SERVER_GB * min(2 * servers // weeks + 20, servers // sites)
    for site in range(sites):
        yield f"  - {{between: [{_site(site)}, host-{site % 2}], gbps: {busiest * 8 // (20 * 3600) + 10}}}"


def _teams(servers: int, applications: int, weeks: int) -> Iterator[str]:
    """People for what a week of an even plan asks for, several times over: work comes in lumps."""
    a_week = applications / weeks
    yield "teams:"
    for number, team in enumerate(TEAMS):
        effort = 3.5 * a_week / 3 if number < 3 else a_week + 0.25 * servers / weeks
        people = f"person_days_per_week: {int(2 * SLACK * effort) + 30}, crew: {int(SLACK * a_week) + 12}"
        yield f"  - {{id: {team}, organisation: acme, country: FR, {people}, on_call: {int(SLACK * a_week) + 12}}}"


def _site(number: int) -> str:
    return f"dc-{number:02d}"


def _servers(count: int, sites: int, chance: random.Random) -> Iterator[str]:
    yield "servers:"
    for number in range(count):
        technology, system = chance.choices(TECHNOLOGIES, (5, 4, 6, 1))[0]
        yield f"  - id: {_server(number)}"
        yield f"    site: {_site(number * sites // count)}"
        yield f"    technology: {technology}"
        yield f"    os: {system}"
        yield f"    vcpu: {chance.choice((2, 4, 8, 16))}"
        yield f"    ram_gb: {chance.choice((8, 16, 32, 64))}"
        yield f"    disk_gb: {chance.randrange(40, 2 * SERVER_GB - 40)}"


def _server(number: int) -> str:
    return f"srv-{number:05d}"


def _applications(servers: int, count: int, dependencies: int, chance: random.Random) -> Iterator[str]:
    needed = _dependencies(count, dependencies, chance)
    yield "applications:"
    for number in range(count):
        first, last = number * servers // count, (number + 1) * servers // count
        hosts = [_server(each) for each in range(first, last)]
        if first and number % FAMILY and chance.random() < 0.1 and not _retired(number - 1) and not _retired(number):
            hosts.append(_server(first - 1))  # shared with the one before it, of the same family
        yield f"  - id: {_application(number)}"
        yield f"    name: Application {number}"
        yield f"    domain: {DOMAINS[number // FAMILY % len(DOMAINS)]}"
        yield f"    criticality: {chance.choice(CRITICALITIES)}"
        if _retired(number):
            yield "    strategy: retire"
        if number % 7 == 0:
            yield "    max_downtime_hours: 28"
        yield f"    servers: [{', '.join(hosts)}]"
        own = f"{chance.choice(TEAMS[:3])}: {chance.randint(1, 6)}"
        yield f"    effort: {{{own}, {TEAMS[3]}: {{each: 1, per_server: 0.25}}}}"
        yield f"    crew: {{{chance.choice(TEAMS[:3])}: 1}}"
        yield f"    on_call: {{{chance.choice(TEAMS[:3])}: 1}}"
        if number // FAMILY // 3 % 4 == 0:
            environment = ("test", "preprod", "prod")[number // FAMILY % 3]
            yield f"    family: family-{number // FAMILY // 3}-{number % FAMILY}"
            yield f"    environment: {environment}"
        if needed[number]:
            yield "    depends_on:"
            yield from needed[number]


def _retired(number: int) -> bool:
    return number % RETIRED == RETIRED - 1


def _application(number: int) -> str:
    return f"app-{number:04d}"


def _dependencies(applications: int, count: int, chance: random.Random) -> list[list[str]]:
    """So many lines, spread over the applications that consume."""
    lines: list[list[str]] = [[] for _ in range(applications)]
    for _ in range(count if applications > 1 else 0):
        consumer = chance.randrange(1, applications)
        near = chance.random() < 0.6
        provider = chance.randrange(max(0, consumer - 5 * FAMILY) if near else 0, consumer)
        if _retired(provider) and provider // RETIRED % 2:
            provider -= 1  # half of what is retired awaits its consumers, half the end of its site
        words = [f"app: {_application(provider)}"]
        same_family = provider // FAMILY == consumer // FAMILY
        if same_family and chance.random() < 0.05 and not (_retired(consumer) or _retired(provider)):
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
    half_year = f"from: {START.year}-06-27, to: {START.year}-07-05, reason: half-year close"
    yield f"    - {{{half_year}, match: {{domain: finance}}}}"
    yield "policy:"
    yield "  preparation_days: 28"
    yield "  environment_order: [test, preprod, prod]"
    yield "  hypercare: {hours: 24}"
    most = (max(20, SLACK * servers // weeks), max(10, SLACK * applications // weeks))
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
