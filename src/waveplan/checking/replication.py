"""What is replicated over links before cutovers: GB by pair of sites and ISO week, and by whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.change_calendar import iso_week
from waveplan.change_calendar.link_weeks import gigabytes_a_week
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.placement import Placement
from waveplan.domain.servers import Server

Pair = tuple[str, str]
_ONE_DAY = dt.timedelta(days=1)


class Replication:
    """Seeding and changes of servers that are replicated, on each pair of sites that says what it carries."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self.limits: dict[Pair, Fraction] = defaultdict(Fraction)  # GB a week; parallel links add up
        self._seed_days: dict[Pair, int] = {}
        for link in placement.inventory.links:
            pair = (min(link.between), max(link.between))
            carried = gigabytes_a_week(link)
            if carried is not None:
                self.limits[pair] += carried
            if link.seed_days is not None:
                self._seed_days.setdefault(pair, link.seed_days)

    @cached_property
    def weeks(self) -> Mapping[tuple[Pair, dt.date], Mapping[tuple[str, str], Fraction]]:
        """By pair and Monday: GB by wave and lot."""
        found: dict[tuple[Pair, dt.date], dict[tuple[str, str], Fraction]] = defaultdict(lambda: defaultdict(Fraction))
        for wave in self._placement.waves:
            for lot in wave.lots:
                for pair, day, gigabytes in self._days(wave, lot):
                    found[pair, day - day.weekday() * _ONE_DAY][wave.id, lot.id] += gigabytes
        return found

    def _days(self, wave: PlacedWave, lot: PlacedLot) -> Iterator[tuple[Pair, dt.date, Fraction]]:
        sent: set[tuple[Pair, str]] = set()  # shared disks go with the first of their servers
        for move in lot.moves:
            if move.target is not None and move.target != move.origin and move.server.method == "replicate":
                pair = (min(move.origin, move.target), max(move.origin, move.target))
                if pair in self.limits:
                    disks = move.server.shared_disks if move.server.seed_gb is None else ()
                    again = sum((disk.gb for disk in disks if (pair, disk.id) in sent), Decimal(0))
                    sent.update((pair, disk.id) for disk in disks)
                    for day, gigabytes in self._of(move.server, move.server.seed_gigabytes - again, pair, wave):
                        yield pair, day, gigabytes

    def _of(
        self, server: Server, gigabytes: Decimal, pair: Pair, wave: PlacedWave
    ) -> Iterator[tuple[dt.date, Fraction]]:
        """Day by day: the seed evenly over its days, then what changes each day."""
        days = max(1, wave.policy.preparation_days)  # without preparation all of it falls on the day before
        seeding = min(days, server.seed_days or self._seed_days.get(pair, days))
        seed = Fraction(gigabytes) / seeding
        for number in range(days):
            amount = seed if number < seeding else Fraction(server.change_gb_per_day or Decimal(0))
            yield wave.date - (days - number) * _ONE_DAY, amount

    @cached_property
    def stated(self) -> Mapping[tuple[str, str], tuple[Fraction, Fraction]]:
        """By pair in words and ISO week: GB replicated and carried; weeks without any are left out."""
        return {
            (f"{pair[0]} {pair[1]}", iso_week(monday)): (total, self.limits[pair])
            for (pair, monday), by_lot in sorted(self.weeks.items())
            if (total := sum(by_lot.values(), Fraction(0)))
        }
