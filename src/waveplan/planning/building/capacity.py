"""Target capacity: what has moved to a site by a date fits what it has by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from waveplan.domain.inventory import Server, Site
from waveplan.domain.parts import CAPACITY_KEYS
from waveplan.domain.problem import Budget
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts import Facts


def size_of(server: Server, key: str) -> Decimal:
    """What a server takes of a capacity key; a size that is not given counts 0."""
    if key == "disk_tb":
        return (server.disk_gb or Decimal(0)) / 1000
    size: Decimal | None = getattr(server, key)
    return size or Decimal(0)


def capacity_steps(site: Site, key: str) -> list[tuple[dt.date | None, Decimal]]:
    """Days from which a site has how much of a key; None is from the beginning; empty when it has no limit."""
    given = [(entry.first, getattr(entry, key)) for entry in site.capacity if getattr(entry, key) is not None]
    steps = sorted(given, key=lambda step: step[0] or dt.date.min)
    if steps and steps[0][0] is not None:
        steps.insert(0, (None, Decimal(0)))
    return steps


def target_capacity(facts: Facts, pools: Pools) -> Iterator[Budget]:
    """WP330: one budget for each site, key and step of capacity."""
    for site in facts.inventory.sites:
        for key in CAPACITY_KEYS:
            steps = capacity_steps(site, key)
            if steps:
                yield from _budgets(facts, pools, site, key, steps)


def _budgets(
    facts: Facts, pools: Pools, site: Site, key: str, steps: list[tuple[dt.date | None, Decimal]]
) -> Iterator[Budget]:
    sizes = {
        index: sum((size_of(move.server, key) for move in lot.moves if move.target == site.id), Decimal(0))
        for index, lot in enumerate(facts.lots)
    }
    factor = common_denominator(sizes.values())
    pool = pools.add(f"{key} at {site.id}", {index: scaled(size, factor) for index, size in sizes.items()})
    for number, (first, amount) in enumerate(steps):
        following = steps[number + 1][0] if number + 1 < len(steps) else None
        terms = tuple(
            (pool, position.index, 1)
            for position in facts.positions
            if following is None or facts.slots[position.slot].date < following
        )
        since = f" from {first.isoformat()}" if first else ""
        if terms:
            yield Budget("WP330", f"{key} at {site.id}{since}", terms, scaled(amount, factor), scale=factor)
