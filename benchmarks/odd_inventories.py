"""Inventories that are large in one respect: sites, nights, freezes, teams, zones, rules, ties, steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

ZONES = (
    "Europe/Paris", "Europe/London", "Europe/Warsaw", "Europe/Athens", "Europe/Istanbul", "Africa/Cairo",
    "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
    "Pacific/Auckland", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Sao_Paulo", "America/Santiago", "America/Mexico_City",
)  # fmt: skip
COUNTRIES = ("FR", "DE", "PL", "ES", "IT", "US", "BR", "JP", "AE", "IN")
HEAD = "waveplan: 1\nprogramme: {{name: Odd shape, start: 2027-01-04, deadline: {deadline}, timezone: Europe/Paris}}"
WEEKENDS = "calendar: {windows: [{id: weekend, days: [sat], from: '20:00', hours: 30}]}"


def sites_and_services(sites: int) -> Iterator[str]:
    """One application at each site, and twenty services at all of them: 21 lots a site."""
    yield HEAD.format(deadline="2028-12-29")
    yield "policy: {preparation_days: 21, gates: [{id: go, days_before: 3, working_day: true}], hypercare: {hours: 72}}"
    yield "calendar:"
    yield "  public_holidays: avoid"
    yield "  windows: [{id: morning, days: [tue], from: '07:00', hours: 10, timezone: site}]"
    yield "sites:"
    for number in range(sites):
        place = f"country: {COUNTRIES[number % 10]}, timezone: {ZONES[number % 20]}"
        roles = "roles: [user, source], target: host"
        yield f"  - {{id: site-{number}, {roles}, {place}, type: office, users: {5 + number % 90}}}"
    yield "  - {id: host, roles: [target], type: hosting, country: FR}"
    yield from _teams(4, sites)
    yield "servers:"
    for number in range(sites):
        yield f"  - {{id: s{number}, site: site-{number}, vcpu: 4, disk_gb: 100}}"
    yield "applications:"
    for number in range(sites):
        work = f"effort: {{team-0: 1}}, crew: {{team-0: 1}}, depends_on: [{{service: service-{number % 20}}}]"
        yield f"  - {{id: a{number}, servers: [s{number}], {work}}}"
    yield "services:"
    for number in range(20):
        team = f"team-{number % 4}"
        before = f"{{service: service-{number - 1}, order: provider_first}}" if number % 5 else ""
        effort = f"{{{team}: {{each: 1, per_100_users: 0.5}}}}"
        yield _service(number, team, effort, before)


def nightly(nights: int) -> Iterator[str]:
    """A window every night for as many nights."""
    yield HEAD.format(deadline=dt.date(2027, 1, 4) + dt.timedelta(days=nights))
    yield "calendar:"
    yield "  public_holidays: avoid"
    yield "  windows: [{id: night, days: [mon, tue, wed, thu, fri, sat, sun], from: '20:00', hours: 8}]"
    yield "  freezes: [{every: month, from_working_day: -3, to_working_day: 2, match: {domain: d1}}]"
    yield "policy: {preparation_days: 14, gates: [{id: go, days_before: 3, working_day: true}], hypercare: {hours: 48}}"
    yield from _one_site()
    yield from _teams(3, 40)
    yield from _applications(100)


def many_freezes(freezes: int) -> Iterator[str]:
    """So many freezes, each of a night for the applications of one domain."""
    yield HEAD.format(deadline="2028-12-29")
    yield "calendar:"
    yield "  windows: [{id: night, days: [mon, wed, sat], from: '20:00', hours: 10}]"
    yield "  freezes:"
    for number in range(freezes):
        day = dt.date(2027, 1, 4) + dt.timedelta(days=number * 7 % 700)
        yield f"    - {{from: {day}, to: {day}, reason: f{number}, match: {{domain: d{number % 40}}}}}"
    yield from _one_site()
    yield from _teams(3, 40)
    yield from _applications(100)


def many_teams(teams: int) -> Iterator[str]:
    """So many teams, each with its country, absences, effort, crew and people on call."""
    yield HEAD.format(deadline="2028-12-29")
    yield WEEKENDS
    yield "policy: {preparation_days: 28, hypercare: {hours: 72}}"
    yield from _one_site()
    yield from _teams(teams, 20)
    yield from _applications(200, teams)


def many_zones(zones: int) -> Iterator[str]:
    """Services at sites in so many zones, each with hours of its own."""
    yield HEAD.format(deadline="2028-12-29")
    yield "calendar: {windows: [{id: day, days: [tue, sat], from: '07:00', hours: 10, timezone: site}]}"
    yield "policy: {preparation_days: 21, hypercare: {hours: 72, max_waves_at_once: 2}}"
    yield "sites:"
    for number in range(60):
        place = f"country: {COUNTRIES[number % 10]}, timezone: {ZONES[number % zones]}"
        yield f"  - {{id: site-{number}, {place}, type: office, users: {5 + number % 90}}}"
    yield from _teams(4, 40)
    yield "services:"
    for number in range(4):
        team = f"team-{number % 4}"
        before = f"{{service: service-{number - 1}, order: provider_first}}" if number else ""
        yield _service(number, team, f"{{{team}: 1}}", before)


def many_rules(rules: int) -> Iterator[str]:
    """So many rules with selectors over a few applications: dates, windows, orders, apart, limits."""
    kinds = (
        "match: {{app: [a{0}, a{1}]}}, not_before: 2027-03-01",
        "match: {{domain: d{2}}}, not_after: 2028-12-01",
        "match: {{any: [{{domain: d{2}}}, {{app: a{0}}}]}}, max_per_wave: {{applications: 6}}",
        "match: {{domain: d{2}, criticality: high}}, max_per_week: {{applications: 5}}",
        "apart: [{{app: a{0}}}, {{app: a{1}}}]",
        "before: [{{app: a{3}}}, {{app: a{4}}}]",
        "match: {{domain: d{2}}}, windows: [weekend]",
    )
    yield HEAD.format(deadline="2028-12-29")
    yield WEEKENDS
    yield from _one_site()
    yield from _teams(3, 40)
    yield from _applications(100)
    yield "rules:"
    for number in range(rules):
        one = number % 50
        words = kinds[number % len(kinds)].format(one, 99 - number * 3 % 49, number % 40, one, 50 + number * 3 % 50)
        yield f"  - {{id: r{number}, {words}}}"


def one_lot(applications: int) -> Iterator[str]:
    """Applications that must all cut over together."""
    yield HEAD.format(deadline="2028-12-29")
    yield WEEKENDS
    yield from _one_site()
    yield from _teams(3, applications)
    yield from _applications(applications, tied=True)


def many_steps(steps: int) -> Iterator[str]:
    """An application in so many steps among others of one."""
    yield HEAD.format(deadline="2030-12-27")
    yield WEEKENDS
    yield from _one_site()
    yield from _teams(3, 40)
    yield from _applications(20)
    yield "  - id: stepwise\n    servers: [s0]\n    effort: {team-0: 1}\n    steps:"
    for number in range(steps):
        yield f"      - {{id: step-{number}, min_gap_days: 7}}"


def _service(number: int, team: str, effort: str, before: str) -> str:
    work = f"effort: {effort}, crew: {{{team}: 1}}, on_call: {{{team}: 1}}, depends_on: [{before}]"
    return f"  - {{id: service-{number}, kind: field_support, sites: {{type: office}}, {work}}}"


def _one_site() -> Iterator[str]:
    yield "sites:"
    yield "  - {id: old, roles: [source], type: datacentre, country: FR, target: new}"
    yield "  - {id: new, roles: [target], type: hosting, country: FR, capacity: [{vcpu: 100000}]}"
    yield "links: [{between: [old, new], gbps: 40}]"


def _teams(teams: int, people: int) -> Iterator[str]:
    yield "teams:"
    for number in range(teams):
        many = f"person_days_per_week: {2 * people}, crew: {2 * people}, on_call: {2 * people}"
        away = f"[{{from: 2027-0{1 + number % 9}-05, to: 2027-0{1 + number % 9}-16, capacity: 0.5}}]"
        yield f"  - {{id: team-{number}, country: {COUNTRIES[number % 10]}, {many}, absences: {away}}}"


def _applications(applications: int, teams: int = 3, *, tied: bool = False) -> Iterator[str]:
    yield "servers:"
    for number in range(applications):
        yield f"  - {{id: s{number}, site: old, vcpu: 4, disk_gb: 100, transfer_gb: 10}}"
    yield "applications:"
    for number in range(applications):
        team = f"team-{number % teams}"
        kind = f"domain: d{number % 40}, criticality: {'high' if number % 3 else 'low'}"
        work = f"effort: {{{team}: 1}}, crew: {{{team}: 1}}, on_call: {{{team}: 1}}"
        ties = f"{{app: a{number // 2}{', coupling: hard' if tied else ''}}}" if number else ""
        yield f"  - {{id: a{number}, servers: [s{number}], {kind}, {work}, depends_on: [{ties}]}}"
