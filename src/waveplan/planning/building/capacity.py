"""Target capacity: what has moved to a site by a date fits what it has by then."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from itertools import compress

from waveplan.domain.parts import CAPACITY_KEYS
from waveplan.domain.servers import Server, together_disk_gb
from waveplan.domain.sites import Site
from waveplan.engine.problem.limits import Budget
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts.facts import PlanningFacts

_ONE_DAY = dt.timedelta(days=1)


def size_of(servers: Collection[Server], key: str) -> Decimal:
    """What servers that move together take of a capacity key; a size that is not given counts 0."""
    if key == "disk_tb":
        return together_disk_gb(servers) / 1000
    return sum((getattr(server, key) or Decimal(0) for server in servers), Decimal(0))


def capacity_steps(site: Site, key: str) -> list[tuple[dt.date | None, Decimal]]:
    """Days from which a site has how much of a key; None is from the beginning; empty when it has no limit."""
    given = [(entry.first, getattr(entry, key)) for entry in site.capacity if getattr(entry, key) is not None]
    steps = sorted(given, key=lambda step: step[0] or dt.date.min)
    if steps and steps[0][0] is not None:
        steps.insert(0, (None, Decimal(0)))
    return steps


def target_capacity(facts: PlanningFacts, pools: Pools) -> Iterator[Budget]:
    """WP330: budgets for each site and key that has a limit."""
    traffic, split = _traffic(facts), _Split()
    for site in facts.inventory.sites:
        for key in CAPACITY_KEYS:
            steps = capacity_steps(site, key)
            if steps:
                yield from _Room(facts, pools, site, key, steps, traffic, split).budgets()


_Servers = Mapping[int, Mapping[str, Server]]  # by lot and id
_Traffic = Mapping[tuple[str, str], _Servers]  # by "to" or "from", and site
_Split = dict[dt.date | None, tuple[list[bool], list[bool]]]  # by date: whether each position is up to it, or after
Term = tuple[int, int, int]  # pool, position, coefficient


def _traffic(facts: PlanningFacts) -> _Traffic:
    """What each lot brings to a site, and what a later step takes away from one again."""
    found: dict[tuple[str, str], dict[int, dict[str, Server]]] = defaultdict(lambda: defaultdict(dict))
    for index, lot in enumerate(facts.lots):
        for item in lot.items:
            for move in item.moves:
                if move.target:
                    found["to", move.target][index][move.server.id] = move.server
                if not item.is_first:
                    found["from", move.origin][index][move.server.id] = move.server
    return found


class _Room:
    """What one site has of one key, and what lots bring there or, by a later step, take away again."""

    def __init__(
        self,
        facts: PlanningFacts,
        pools: Pools,
        site: Site,
        key: str,
        steps: list[tuple[dt.date | None, Decimal]],
        traffic: _Traffic,
        split: _Split,
    ) -> None:
        self._facts = facts
        self._site = site
        self._key = key
        self._steps = steps
        self._split = split
        arriving = self._sizes(traffic.get(("to", site.id), {}))
        leaving = self._sizes(traffic.get(("from", site.id), {}))
        self._factor = common_denominator((*arriving.values(), *leaving.values()))
        self._arriving = pools.add(f"{key} at {site.id}", self._whole(arriving))
        self._freed = sum(self._whole(leaving).values())
        self._leaving = pools.add_leaving(f"{key} left at {site.id}", self._whole(leaving)) if self._freed else None
        self._of_arriving = self._terms(self._arriving)
        self._of_leaving = self._terms(self._leaving)

    def _terms(self, pool: int | None) -> list[Term]:
        """One for each position, shared by all dates."""
        return [] if pool is None else [(pool, position, 1) for position in range(len(self._facts.positions))]

    def _sizes(self, servers: _Servers) -> dict[int, Decimal]:
        return {index: size_of(mine.values(), self._key) for index, mine in servers.items()}

    def _whole(self, sizes: dict[int, Decimal]) -> dict[int, int]:
        return {index: scaled(size, self._factor) for index, size in sizes.items() if size}

    def budgets(self) -> Iterator[Budget]:
        """What only arrives is most at the end of each step of capacity; what leaves again is looked at every day."""
        if self._leaving is None:
            for number, (first, amount) in enumerate(self._steps):
                following = self._steps[number + 1][0] if number + 1 < len(self._steps) else None
                until = following - _ONE_DAY if following else None
                yield from self._by(until, amount, f" from {first.isoformat()}" if first else "")
            return
        dates = {slot.date for slot in self._facts.slots} | {first for first, _ in self._steps if first}
        for date in sorted(dates):
            amount = [amount for first, amount in self._steps if first is None or first <= date][-1]
            yield from self._by(date, amount, f" on {date.isoformat()}")

    def _positions_by(self, date: dt.date | None) -> tuple[list[bool], list[bool]]:
        """Which positions are up to a date, and which after it."""
        if date not in self._split:
            last = None if date is None else self._facts.day(date)
            arrived = [last is None or position.day <= last for position in self._facts.positions]
            self._split[date] = (arrived, [not each for each in arrived])
        return self._split[date]

    def _by(self, date: dt.date | None, amount: Decimal, when: str) -> Iterator[Budget]:
        """Arrivals up to a date, less what has left by then: counted as all that leaves, less what has yet to leave."""
        arrived, yet = self._positions_by(date)
        terms = (*compress(self._of_arriving, arrived), *compress(self._of_leaving, yet))
        limit = scaled(amount, self._factor) + self._freed
        if terms:
            yield Budget(
                "WP330",
                f"{self._key} at {self._site.id}{when}",
                terms,
                limit,
                scale=self._factor,
                section="sites",
            )
