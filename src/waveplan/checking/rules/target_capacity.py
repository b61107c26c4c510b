"""WP330: what has moved to a site by a day fits what the site has by then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from waveplan.checking.facts import Facts
from waveplan.checking.wording import amounts, finding
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Server, Site
from waveplan.domain.parts import CAPACITY_KEYS

CODE = "WP330"
_ZERO = Decimal(0)


def check_target_capacity(facts: Facts) -> Iterator[Finding]:
    """One finding for each site and measure, on the first day on which more has arrived than fits."""
    arrivals = _arrivals(facts)
    for site in facts.inventory.sites:
        for key in CAPACITY_KEYS:
            steps = _capacity(site, key)
            if steps and site.id in arrivals:
                yield from _over(facts, site, key, steps, arrivals[site.id])


def _arrivals(facts: Facts) -> dict[str, list[tuple[dt.date, Server]]]:
    """Moving servers by target, with the cutover date on which they arrive."""
    found: dict[str, list[tuple[dt.date, Server]]] = defaultdict(list)
    for wave in facts.waves:
        for server in wave.moving_servers:
            target = facts.items.target_of(server)
            if target is not None:
                found[target].append((wave.date, server))
    return found


def _capacity(site: Site, key: str) -> list[tuple[dt.date, Decimal]]:
    """What a site has of one measure from which day on; nothing when it is never given: no limit then."""
    given = [(entry.first or dt.date.min, getattr(entry, key)) for entry in site.capacity]
    steps = [(day, amount) for day, amount in given if amount is not None]
    return [(dt.date.min, _ZERO), *sorted(steps, key=lambda step: step[0])] if steps else []


def _size(server: Server, key: str) -> Decimal:
    """A server's size in the site's measure; a missing one counts 0."""
    if key == "disk_tb":
        return (server.disk_gb or _ZERO) / 1000
    size: Decimal | None = getattr(server, key)
    return size or _ZERO


def _over(
    facts: Facts,
    site: Site,
    key: str,
    steps: list[tuple[dt.date, Decimal]],
    arrivals: list[tuple[dt.date, Server]],
) -> Iterator[Finding]:
    first = min(day for day, _ in arrivals)
    for day in sorted({day for day, _ in arrivals} | {day for day, _ in steps if day > first}):
        limit = [amount for since, amount in steps if since <= day][-1]
        used = sum((_size(server, key) for date, server in arrivals if date <= day), _ZERO)
        if used > limit:
            wave = [wave for wave in facts.waves if wave.date <= day and _reaches(facts, wave.moving_servers, site)][-1]
            yield finding(
                CODE,
                "{site} on {day}: {used} of {limit} {key}; last to arrive: {wave}",
                {"site": site.id, "day": day.isoformat(), **amounts(used, limit), "key": key, "wave": wave.name},
                subjects=(site.id, key, wave.id),
                path=wave.path,
                hint="move lots for {site} after its next delivery of {key}, or to another target",
                hint_values={"site": site.id, "key": key},
            )
            return


def _reaches(facts: Facts, servers: tuple[Server, ...], site: Site) -> bool:
    return any(facts.items.target_of(server) == site.id for server in servers)
