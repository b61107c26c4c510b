"""Programmes in which services change providers: `python benchmarks/provider_change_instances.py 217 chain --seed 1`.

Lots are services at user sites, applications in a data centre that is left, and services of the head office. They have
what examples/outsourcing-transition has: knowledge transfer before each stream, tranches with dates, pilots with soak,
hypercare, streams with windows in zones of their own, public holidays, freezes, team weeks, an exit. Ties are of four
shapes:

chain   each service at a site follows the one before it, four at each site
hub     all that is at sites follows one application and one service of the head office
sparse  two services a site, and few ties among applications
dense   three services a site that lean on each other and on applications, which lean on four others

Limits follow from averages, with room above them that is drawn: how many waves a year has, and what falls on each. No
site is larger than a wave. The same numbers and seed give the same text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

SHAPES = ("chain", "hub", "sparse", "dense")
SERVICES = {"chain": 4, "hub": 3, "sparse": 2, "dense": 3}  # at each site
CENTRAL = ("certificates", "events", "operations-centre")
STARTS = (dt.date(2027, 1, 4), dt.date(2027, 3, 1), dt.date(2027, 9, 6))
REGIONS = (
    ("west", (("FR", "Europe/Paris"), ("DE", "Europe/Berlin"), ("ES", "Europe/Madrid"), ("GB", "Europe/London"))),
    ("east", (("PL", "Europe/Warsaw"), ("CZ", "Europe/Prague"), ("RO", "Europe/Bucharest"))),
    ("americas", (("BR", "America/Sao_Paulo"), ("MX", "America/Mexico_City"), ("CA", "America/Toronto"))),
    ("asia", (("JP", "Asia/Tokyo"), ("IN", "Asia/Kolkata"), ("SG", "Asia/Singapore"), ("AE", "Asia/Dubai"))),
)


@dataclass(frozen=True)
class Programme:
    """What was drawn of one programme."""

    shape: str
    sites: int
    applications: int
    weeks: int
    start: dt.date
    slack: float  # limits over what an even plan needs on average
    chance: random.Random
    users: list[int] = field(default_factory=list)  # by site, as they are drawn

    @property
    def services(self) -> tuple[str, ...]:
        """Those at each site, in the order of a chain."""
        return ("desk", "field", "network", "printing")[: SERVICES[self.shape]]

    @property
    def regions(self) -> tuple[str, ...]:
        """Those that have sites, in the order of tranches."""
        return tuple(name for name, _ in REGIONS[: 3 if self.sites < 40 else 4])

    def region_of(self, site: int) -> int:
        """The first region has half of the sites."""
        return 0 if site % 2 == 0 else 1 + site // 2 % (len(self.regions) - 1)

    def day(self, share: float) -> dt.date:
        """A day so far into the programme."""
        return self.start + dt.timedelta(days=round(7 * self.weeks * share))


def instance_lines(lots: int, shape: str, seed: int) -> Iterator[str]:
    """The lines of an inventory of about so many lots."""
    chance = random.Random(f"{lots}/{shape}/{seed}")
    applications = max(8, round(lots * chance.uniform(0.12, 0.25)))
    sites = max(6, (lots - applications - len(CENTRAL)) // SERVICES[shape])
    weeks, slack = chance.randint(48, 64) + max(0, sites - 60) // 4, chance.uniform(1.7, 2.4)
    drawn = Programme(shape, sites, applications, weeks, chance.choice(STARTS), slack, chance)
    yield from _head(drawn, lots, seed)
    yield from _sites(drawn)
    yield from _teams(drawn)
    yield from _applications(drawn)
    yield from _services(drawn)
    yield from _streams(drawn)
    yield from _transition(drawn)


def _head(drawn: Programme, lots: int, seed: int) -> Iterator[str]:
    close, summer = drawn.day(0.24), drawn.day(0.5)
    yield f"# about {lots} lots, {drawn.shape}, seed {seed}, written by benchmarks/provider_change_instances.py"
    yield "waveplan: 1"
    yield "programme:"
    yield f"  {{name: Change of provider, start: {drawn.start}, deadline: {drawn.day(1.0)}, timezone: Europe/Paris}}"
    yield f"external_milestones: [{{id: tool-live, name: Ticketing tool, date: {drawn.day(0.14)}}}]"
    yield "contracts:"
    yield f"  - {{id: outgoing, party: outgoing provider, ends: {drawn.day(0.97)}, match: {{stream: [desk, sites]}}}}"
    yield "objective: {goals: [{goal: finish}, {goal: waves}, {goal: coexistence}, {goal: peak_load}]}"
    yield "calendar:"
    yield "  public_holidays: avoid"
    yield "  windows:"
    yield "    - {id: weekend, days: [sat], from: '18:00', hours: 32, match: {stream: datacentre}}"
    yield "    - {id: evening, days: [thu], from: '19:00', hours: 8, match: {stream: security}}"
    yield "    - {id: opening, days: [tue], from: '07:00', hours: 10, timezone: site, match: {stream: desk}}"
    visits = ", ".join(service for service in drawn.services if service in ("field", "printing"))
    yield f"    - {{id: visit, days: [wed], from: '08:00', hours: 9, timezone: site, match: {{service: [{visits}]}}}}"
    if "network" in drawn.services:
        yield "    - {id: empty, days: [sat], from: '08:00', hours: 12, timezone: site, match: {service: network}}"
    yield "  freezes:"
    yield _freeze(close, 8, "close of a quarter", "stream: datacentre")
    yield _freeze(summer, 24, "holidays", "site.region: west")


def _freeze(first: dt.date, days: int, reason: str, match: str) -> str:
    return f"    - {{from: {first}, to: {first + dt.timedelta(days=days)}, reason: {reason}, match: {{{match}}}}}"


def _sites(drawn: Programme) -> Iterator[str]:
    yield "sites:"
    yield "  - {id: old, roles: [source], type: datacentre, country: FR, timezone: Europe/Paris, target: new}"
    yield "  - {id: new, roles: [target], type: hosting, country: FR, timezone: Europe/Paris}"
    yield "  - {id: head, roles: [source, target], type: office, region: head, country: FR, timezone: Europe/Paris}"
    for site in range(drawn.sites):
        region, places = REGIONS[drawn.region_of(site)]
        country, zone = drawn.chance.choice(places)
        users = round(drawn.chance.lognormvariate(3.7, 0.8)) + 5
        drawn.users.append(users)
        kind = drawn.chance.choices(("sales_office", "office", "plant"), (5, 3, 2))[0]
        place = f"region: {region}, country: {country}, timezone: {zone}"
        yield f"  - {{id: site-{site:03d}, roles: [user], type: {kind}, {place}, users: {users}}}"
    yield "links: [{between: [old, new], gbps: 10}]"


def _teams(drawn: Programme) -> Iterator[str]:
    sites, applications = drawn.sites, drawn.applications
    work = {"agents": 2 * sites, "people": sites, "engineers": 3 * (SERVICES[drawn.shape] - 1) * sites}
    work |= {"platform": 4 * applications, "testers": 2 * applications, "analysts": 60}
    work["outgoing"] = sites + applications
    yield "teams:"
    for team, days in work.items():
        week = ceil(drawn.slack * days / (0.5 * drawn.weeks)) + 6
        away = f"[{{from: {drawn.day(0.5)}, to: {drawn.day(0.55)}, capacity: 0.6}}]" if team != "analysts" else "[]"
        crew = 3 * ceil(drawn.slack * sites / 12) + 8
        people = f"person_days_per_week: {week}, crew: {crew}, on_call: {crew}"
        yield f"  - {{id: {team}, country: FR, {people}, absences: {away}}}"


def _applications(drawn: Programme) -> Iterator[str]:
    chance = drawn.chance
    yield "servers:"
    for number in range(drawn.applications):
        yield f"  - {{id: s{number}, site: old, vcpu: 4, disk_gb: {chance.randint(50, 900)}, method: replicate}}"
    yield "applications:"
    for number in range(drawn.applications):
        critical = "high" if number % 5 == 4 else "medium"
        environment = "test" if number % 6 == 5 else "prod"
        effort = f"{{platform: {chance.randint(2, 5)}, testers: {chance.randint(1, 3)}}}"
        ties = ", ".join(_needs(drawn, number))
        kind = f"criticality: {critical}, environment: {environment}, effort: {effort}, crew: {{platform: 1}}"
        yield f"  - {{id: app-{number:03d}, servers: [s{number}], {kind}, cutover_hours: 3, depends_on: [{ties}]}}"


def _needs(drawn: Programme, number: int) -> Iterator[str]:
    """What an application depends on, always of a lower number; two of five come after it."""
    many = {"chain": 1, "hub": 1, "sparse": drawn.chance.randint(0, 1), "dense": 4}[drawn.shape]
    for other in sorted(drawn.chance.sample(range(number), min(number, many))):
        other = 0 if drawn.shape == "hub" and drawn.chance.random() < 0.7 else other
        coupling = ", coupling: shared" if drawn.chance.random() < 0.3 else ""
        order = ", order: provider_first" if drawn.chance.random() < 0.4 and number % 6 != 5 else ""
        yield f"{{app: app-{other:03d}{coupling}{order}}}"


def _services(drawn: Programme) -> Iterator[str]:
    efforts = {
        "desk": "{agents: {each: 1, per_100_users: 1}, people: 0.5, outgoing: 0.2}",
        "field": "{engineers: {each: 1, per_100_users: 1}, people: 0.25, outgoing: 0.25}",
        "network": "{engineers: {each: 3, per_100_users: 0.5}, outgoing: 0.5}",
        "printing": "{engineers: {each: 1, per_100_users: 0.3}}",
    }
    yield "services:"
    for number, service in enumerate(drawn.services):
        after = "[tool-live]" if number == 0 else "[]"
        crew = "agents: 1" if number == 0 else "engineers: 1"
        ties = ", ".join(_before(drawn, number))
        where = f"kind: {'service_desk' if number == 0 else 'field_support'}, sites: {{roles: user}}, after: {after}"
        work = f"effort: {efforts[service]}, crew: {{{crew}}}, on_call: {{{crew}}}, cutover_hours: 4, rollback_hours: 2"
        yield f"  - {{id: {service}, {where}, {work}, depends_on: [{ties}]}}"
    for number, service in enumerate(CENTRAL):
        tie = f"{{service: {CENTRAL[number - 1]}, order: provider_first, min_gap_days: 14}}" if number else ""
        work = "effort: {analysts: 8}, crew: {analysts: 2}, cutover_hours: 3"
        yield f"  - {{id: {service}, kind: security, sites: [head], {work}, depends_on: [{tie}]}}"


def _before(drawn: Programme, number: int) -> Iterator[str]:
    """What a service at a site comes after."""
    if number and drawn.shape != "hub":
        gap = drawn.chance.choice((3, 7, 10))
        soaked = ", after_hypercare: true" if number == 2 else f", min_gap_days: {gap}"
        yield f"{{service: {drawn.services[number - 1]}, order: provider_first{soaked}}}"
    if number and drawn.shape == "hub":
        yield "{app: app-000, order: provider_first}"
        yield "{service: certificates, all_sites: true, order: provider_first}"
    if number == 2 and drawn.shape == "dense":
        yield f"{{service: {drawn.services[0]}, order: provider_first}}"
    if number and drawn.shape == "dense":
        yield f"{{app: app-{number:03d}, coupling: shared, order: provider_first}}"
        yield "{service: certificates, all_sites: true, order: provider_first}"


def _streams(drawn: Programme) -> Iterator[str]:
    def most(items: int, days: int, least: int) -> int:
        """Of a wave, where there is one in so many days of half of the programme."""
        return max(least, ceil(drawn.slack * items / (3.5 * drawn.weeks / days)))

    def limits(sites: int) -> str:
        """Of a wave: so many sites, and their users on an average; the largest site fits alone."""
        return f"{{sites: {sites}, users: {max(90 * sites, *drawn.users)}}}"

    desks = most(drawn.sites, 14, 3)
    visits = most(drawn.sites * (SERVICES[drawn.shape] - 1), 4, 3)
    yield "policy:"
    yield f"  preparation_days: {drawn.chance.choice((14, 21))}"
    yield "  gates: [{id: go, days_before: 3, working_day: true}]"
    yield "streams:"
    yield from _stream("datacentre", "site: old", f"cadence: [{{min_gap_days: {drawn.chance.choice((14, 21))}}}]", 48)
    yield f"      wave_limits: {{servers: {most(drawn.applications, 21, 4)}}}"
    yield "      environment_order: [test, prod]"
    yield from _stream("security", "kind: security", "cadence: [{min_gap_days: 7}]", 72)
    yield from _stream("desk", "kind: service_desk", "cadence: [{min_gap_days: 14}]", 240, ", max_waves_at_once: 1")
    yield f"      wave_limits: {limits(desks)}"
    yield from _stream("sites", "kind: field_support", "cadence: [{min_gap_days: 3}]", 96)
    yield f"      wave_limits: {limits(visits)}"


def _stream(name: str, match: str, cadence: str, hours: int, more: str = "") -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    match: {{{match}}}"
    yield "    policy:"
    yield f"      hypercare: {{hours: {hours}{more}}}"
    yield f"      {cadence}"


def _transition(drawn: Programme) -> Iterator[str]:
    services = f"service: [{', '.join(drawn.services)}]"
    yield "tranches:"
    dates = f"not_before: {drawn.day(0.1)}, finish_by: {drawn.day(0.62)}"
    yield f"  - {{id: t1, match: {{{services}, site.region: west}}, {dates}}}"
    others = ", ".join(drawn.regions[1:])
    after = ", after: [t1]" if drawn.chance.random() < 0.5 else ""
    dates = f"not_before: {drawn.day(0.4)}, finish_by: {drawn.day(0.95)}"
    yield f"  - {{id: t2, match: {{{services}, site.region: [{others}]}}, {dates}{after}}}"
    yield "pilots:"
    for number, region in enumerate(drawn.regions):
        first = next(site for site in range(drawn.sites) if drawn.region_of(site) == number)
        many = f"[site-{first:03d}, site-{first + 2:03d}]" if number == 0 else f"site-{first:03d}"
        match, soak = f"service: [{', '.join(drawn.services[:2])}]", drawn.chance.choice((7, 10, 14))
        items = f"items: {{{match}, site: {many}}}, for: {{{match}, site.region: {region}}}"
        yield f"  - {{id: pilot-{region}, {items}, soak_days: {soak}}}"
    yield "knowledge_transfers:"
    for match, team in (("stream: datacentre", "platform"), ("stream: desk", "agents"), ("stream: sites", "engineers")):
        stages = ", ".join(
            f"{{name: {name}, days: {drawn.chance.choice((5, 8, 10))}, effort: {{{team}: 8, outgoing: 3}}}}"
            for name in ("immersion", "shadowing", "reverse shadowing")
        )
        yield f"  - {{id: kt-{team}, match: {{{match}}}, stages: [{stages}]}}"


def main() -> None:
    """Print an inventory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lots", type=int)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.writelines(f"{line}\n" for line in instance_lines(given.lots, given.shape, given.seed))


if __name__ == "__main__":
    main()
