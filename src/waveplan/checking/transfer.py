"""Hours on the links: what the waves whose windows overlap send over the same data paths."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from waveplan.change_calendar.link_hours import LinkClock
from waveplan.checking.disks import sent_gb
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.placement import Placement
from waveplan.domain.servers import Server

Pair = tuple[str, str]
Span = tuple[dt.datetime, dt.datetime]
Group = tuple[str, Span]  # a wave, and when some of its lots run


class Transfers:
    """GB between pairs of sites and the hours they take; a pair is sorted, as links have no direction.

    Lots of a wave that keep their own hours run at different times. They form one group for each span: what other
    waves send counts for a group whose span it meets, what its own wave sends always does.
    """

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self._links = LinkClock(placement.inventory)
        self._groups = {wave.id: self._by_span(wave) for wave in placement.waves}
        self._neighbours = _overlapping(self._groups)
        self._used: dict[tuple[str, Span], Mapping[Pair, tuple[Decimal, Fraction]]] = {}

    def spans(self, wave: PlacedWave) -> tuple[Span, ...]:
        """The spans in which the wave's lots run; one, unless they keep their own hours."""
        return tuple(self._groups[wave.id])

    def links_used(self, wave: PlacedWave, span: Span) -> Mapping[Pair, tuple[Decimal, Fraction]]:
        """GB and hours during a span on each linked pair of sites that the wave itself uses."""
        if (wave.id, span) not in self._used:
            self._used[wave.id, span] = self._links_used(wave, span)
        return self._used[wave.id, span]

    def _links_used(self, wave: PlacedWave, span: Span) -> dict[Pair, tuple[Decimal, Fraction]]:
        own = self._sums(self._groups[wave.id].values())
        others = [self._groups[other][its] for other, its in sorted(self._neighbours[wave.id, span])]
        total = self._sums([own, *others])
        return {
            pair: (total[pair], self._links.hours(pair, span[0], Fraction(total[pair])))
            for pair in sorted(own)
            if pair in self._links.pairs
        }

    def link_hours(self, wave: PlacedWave, span: Span) -> Fraction:
        """Hours of the slowest pair of sites that the wave uses; 0 when none of them has a link."""
        return max((hours for _, hours in self.links_used(wave, span).values()), default=Fraction(0))

    def shares(self, wave: PlacedWave, span: Span, hours: Fraction) -> Iterator[tuple[PlacedWave, PlacedLot, Fraction]]:
        """Of the hours of the slowest pair of sites that the wave uses: those of each lot that sends on it, by GB."""
        used = self.links_used(wave, span)
        pair = max(used, key=lambda each: used[each][1], default=None)
        if pair is not None and used[pair][0]:
            for other, lot in self._sending(wave, span):
                gigabytes = self._pairs(lot).get(pair)
                if gigabytes:
                    yield other, lot, hours * Fraction(gigabytes) / Fraction(used[pair][0])

    def _sending(self, wave: PlacedWave, span: Span) -> Iterator[tuple[PlacedWave, PlacedLot]]:
        """All lots of the wave, and those of other waves that run in the span."""
        waves = {each.id: each for each in self._placement.waves}
        yield from ((wave, lot) for lot in wave.lots)
        for name, its in sorted(self._neighbours[wave.id, span]):
            yield from ((waves[name], lot) for lot in waves[name].lots if lot.span == its)

    def _by_span(self, wave: PlacedWave) -> dict[Span, Mapping[Pair, Decimal]]:
        """Lots that keep their own hours run at different times: GB of a wave by span."""
        lots: dict[Span, list[Mapping[Pair, Decimal]]] = defaultdict(list)
        for lot in wave.lots:
            lots[lot.span].append(self._pairs(lot))
        return {span: self._sums(lots[span]) for span in sorted(lots)}

    def _pairs(self, lot: PlacedLot) -> dict[Pair, Decimal]:
        found: dict[Pair, list[Server]] = defaultdict(list)
        for move in lot.moves:
            if move.target is not None and move.target != move.origin and move.server.gigabytes:
                found[_pair(move.origin, move.target)].append(move.server)
        return {pair: sent_gb(servers) for pair, servers in found.items()}

    @staticmethod
    def _sums(parts: Iterable[Mapping[Pair, Decimal]]) -> dict[Pair, Decimal]:
        total: dict[Pair, Decimal] = defaultdict(Decimal)
        for part in parts:
            for pair, gigabytes in part.items():
                total[pair] += gigabytes
        return dict(total)


def _pair(one: str, other: str) -> Pair:
    return (min(one, other), max(one, other))


def _overlapping(groups: Mapping[str, Mapping[Span, object]]) -> dict[Group, set[Group]]:
    """For each group, those of other waves that run while it does; spans are half-open."""
    spans = sorted((span, wave) for wave, own in groups.items() for span in own)
    found: dict[Group, set[Group]] = {(wave, span): set() for span, wave in spans}
    running: list[Group] = []
    for span, wave in spans:
        running = [(other, its) for other, its in running if its[1] > span[0]]
        for other, its in running:
            if other != wave:
                found[wave, span].add((other, its))
                found[other, its].add((wave, span))
        running.append((wave, span))
    return found
