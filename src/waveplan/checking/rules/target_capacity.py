"""WP330: what has moved to a site by a day fits what the site has by then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from waveplan.checking.facts import Facts
from waveplan.checking.placed import PlacedWave
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
                yield from _over(site, key, steps, arrivals[site.id])


def _arrivals(facts: Facts) -> dict[str, list[tuple[PlacedWave, list[Server]]]]:
    """Moving servers by target and wave, in order of the cutover dates on which they arrive."""
    found: dict[str, list[tuple[PlacedWave, list[Server]]]] = defaultdict(list)
    for wave in sorted(facts.waves, key=lambda each: each.date):
        by_target: dict[str, list[Server]] = defaultdict(list)
        for move in wave.moves:
            if move.target is not None:
                by_target[move.target].append(move.server)
        for target in sorted(by_target):
            found[target].append((wave, by_target[target]))
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
    site: Site, key: str, steps: list[tuple[dt.date, Decimal]], arrivals: list[tuple[PlacedWave, list[Server]]]
) -> Iterator[Finding]:
    used, wave, coming = _ZERO, arrivals[0][0], list(reversed(arrivals))
    first = wave.date
    for day in sorted({each.date for each, _ in arrivals} | {day for day, _ in steps if day > first}):
        while coming and coming[-1][0].date <= day:
            wave, servers = coming.pop()
            used += sum((_size(server, key) for server in servers), _ZERO)
        limit = [amount for since, amount in steps if since <= day][-1]
        if used > limit:
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
