"""A roll-out of services to many sites beside a data-centre move: `python benchmarks/rollout.py [--sites 400]`.

Draws sites in several regions, five services at each of them, applications with servers, tranches by region, pilots,
knowledge transfers and an external milestone, and times the whole command with a limit of so many seconds: the plan
that it must have found by then has been checked.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

REGIONS = {
    "western-europe": ("FR", "DE", "ES", "IT", "NL"),
    "eastern-europe": ("PL", "CZ", "HU", "RO"),
    "americas": ("US", "BR", "MX", "CA"),
    "asia-pacific": ("JP", "SG", "AU", "IN"),
}
SERVICES = {
    "directory": ("security", "infra", ""),
    "local-infrastructure": ("local_infrastructure", "infra", "{service: directory, order: provider_first}"),
    "service-desk": ("service_desk", "desk", "{service: directory, order: provider_first}, {app: app-0, weight: 2}"),
    "field-support": ("field_support", "desk", "{service: service-desk}"),
    "soc": ("security", "infra", "{service: local-infrastructure, order: provider_first}"),
}


def inventory_lines(sites: int, applications: int, seed: int) -> Iterator[str]:
    """The inventory, line by line."""
    draw = random.Random(seed)
    yield "waveplan: 1"
    yield "programme: {name: Roll-out, start: 2026-01-05, deadline: 2028-06-30}"
    yield "sites:"
    yield "  - {id: dc, roles: [source], type: datacentre, country: FR, target: host, region: western-europe}"
    yield "  - {id: host, roles: [target], type: hosting, country: FR}"
    for number in range(sites):
        region = list(REGIONS)[number % len(REGIONS)]
        country, kind = draw.choice(REGIONS[region]), draw.choice(("plant", "office", "office", "sales_office"))
        users = draw.randint(5, 300)
        yield f"  - {{id: site-{number}, type: {kind}, country: {country}, region: {region}, users: {users}}}"
    yield "links: [{between: [dc, host], gbps: 10}]"
    yield "teams:"
    for team, days, crew in (("infra", 400, 90), ("desk", 300, 80), ("sysadmin", 120, 40)):
        yield f"  - {{id: {team}, person_days_per_week: {days}, crew: {crew}}}"
    yield from _applications(applications, draw)
    yield from _services()
    yield from _stages()


def _applications(applications: int, draw: random.Random) -> Iterator[str]:
    yield "servers:"
    for number in range(3 * applications):
        yield f"  - {{id: s-{number}, site: dc, disk_gb: {draw.randint(50, 800)}, method: replicate}}"
    yield "applications:"
    for number in range(applications):
        servers = ", ".join(f"s-{3 * number + each}" for each in range(3))
        ties = ", ".join(
            f"{{app: app-{draw.randrange(number)}, weight: {draw.randint(1, 9)}}}" for _ in range(3) if number
        )
        yield (
            f"  - {{id: app-{number}, servers: [{servers}], criticality: {draw.choice(('low', 'medium', 'high'))}, "
            f"effort: {{sysadmin: {draw.randint(1, 6)}}}, crew: {{sysadmin: 1}}, depends_on: [{ties}]}}"
        )


def _services() -> Iterator[str]:
    yield "services:"
    for name, (kind, team, ties) in SERVICES.items():
        steps = ", steps: [{id: onsite}, {id: nearshore, min_gap_days: 60}]" if name == "service-desk" else ""
        yield (
            f"  - {{id: {name}, kind: {kind}, sites: {{type: [plant, office, sales_office]}}, "
            f"effort: {{{team}: {{each: 1, per_100_users: 0.5}}}}, crew: {{{team}: 1}}, depends_on: [{ties}]{steps}}}"
        )


def _stages() -> Iterator[str]:
    yield "external_milestones: [{id: itsm, date: 2026-05-04, date_p90: 2026-06-15}]"
    yield "tranches:"
    yield "  - {id: t1, match: {site.region: western-europe}}"
    yield "  - {id: t2, match: {site.region: [americas, asia-pacific]}, after: [itsm]}"
    yield "  - {id: t3, match: {site.region: eastern-europe}, after: [itsm]}"
    yield "pilots: [{id: pilot, items: {site: [site-0, site-4]}, for: {site.region: western-europe}, soak_days: 14}]"
    yield "knowledge_transfers:"
    yield "  - id: kt-desk"
    yield "    match: {kind: service_desk}"
    yield "    stages:"
    yield "      - {name: immersion, days: 15, effort: {desk: 30}}"
    yield "      - {name: shadowing, days: 10, effort: {desk: 20}}"
    yield "  - {id: kt-dc, match: {site: dc}, stages: [{name: immersion, days: 20, effort: {sysadmin: 30}}]}"
    yield "streams:"
    yield "  - {id: desks, match: {kind: [service_desk, field_support]}, policy: {wave_limits: {sites: 14}}}"
    yield "  - {id: networks, match: {kind: [local_infrastructure, security]}, policy: {wave_limits: {sites: 14}}}"
    yield "policy: {wave_limits: {servers: 40}}"
    yield "calendar: {windows: [{id: weekend, days: [sat], from: '20:00', hours: 30}]}"


def main() -> None:
    """Draw, solve, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--applications", type=int, default=200)
    parser.add_argument("--seconds", type=float, nargs="+", default=[15.0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="write the inventory here too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rollout.yaml"
        path.write_text("\n".join(inventory_lines(asked.sites, asked.applications, asked.seed)) + "\n", "utf-8")
        if asked.write:
            asked.write.write_text(path.read_text("utf-8"), "utf-8")
        for seconds in asked.seconds:
            _solve(path, seconds)


def _solve(path: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "waveplan", "solve", str(path), "--time-limit", str(seconds)]
    plan = path.with_suffix(".plan.yaml")
    began = time.monotonic()
    done = subprocess.run([*command, "-o", str(plan)], capture_output=True, text=True, check=False)
    took = time.monotonic() - began
    print(f"limit {seconds:g} s: exit {done.returncode}, whole command {took:.1f} s")
    print("\n".join(line for line in done.stdout.splitlines()[:40]) or done.stderr[-2000:])


if __name__ == "__main__":
    main()
