"""What crosses between sites: GB and hours of each pair, counted over all windows that overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from waveplan.assessment.placement import LotPlacement, PlacedPlan, Span
from waveplan.change_calendar.link_hours import LinkClock
from waveplan.domain.figures import LinkUse
from waveplan.domain.servers import Server, together_gigabytes

Pair = tuple[str, str]  # sorted: links have no direction


@dataclass(frozen=True)
class _Sending:
    """What a wave sends while some of its lots run: one group, unless its lots keep their own hours."""

    wave: str
    span: Span
    gigabytes: Mapping[Pair, Decimal]


class Traffic:
    """GB and hours by pair of sites. Lots of one wave send together; other waves count where their hours meet."""

    def __init__(self, placement: PlacedPlan) -> None:
        self._placement = placement
        self._hours: dict[tuple[str, Span], dict[Pair, Fraction]] = {}

    def slowest_hours(self, lot: LotPlacement) -> Fraction:
        """Hours of the slowest linked pair that the lot's wave uses while the lot runs."""
        return max(self._pair_hours(lot.wave.id, lot.span).values(), default=Fraction(0))

    def used(self) -> tuple[LinkUse, ...]:
        """Every pair of sites between which something is sent, with its links."""
        total: dict[Pair, Decimal] = defaultdict(Decimal)
        busiest: dict[Pair, Fraction] = {}
        for sending in self._sendings:
            for pair, gigabytes in sending.gigabytes.items():
                total[pair] += gigabytes
            for pair, hours in self._pair_hours(sending.wave, sending.span).items():
                busiest[pair] = max(busiest.get(pair, Fraction(0)), hours)
        return tuple(
            LinkUse(pair, self._names(pair), total[pair] / 1000, in_hundredths(busiest.get(pair)))
            for pair in sorted(total)
        )

    def _names(self, pair: Pair) -> tuple[str, ...]:
        links = self._placement.inventory.links
        return tuple(sorted(link.id for link in links if link.id and _pair(*link.between) == pair))

    @cached_property
    def _sendings(self) -> tuple[_Sending, ...]:
        sent: dict[tuple[str, Span], dict[Pair, list[Server]]] = {}
        for lot in self._placement.lots:
            own = sent.setdefault((lot.wave.id, lot.span), defaultdict(list))
            for move in lot.moves:
                if move.server.gigabytes and move.target is not None and move.target != move.origin:
                    own[_pair(move.origin, move.target)].append(move.server)
        return tuple(
            _Sending(wave, span, {pair: together_gigabytes(servers) for pair, servers in pairs.items()})
            for (wave, span), pairs in sent.items()
        )

    @cached_property
    def _links(self) -> LinkClock:
        return LinkClock(self._placement.inventory)

    def _pair_hours(self, wave: str, span: Span) -> Mapping[Pair, Fraction]:
        """Hours on each linked pair that the wave itself uses, with all that is sent at the same time."""
        if (wave, span) not in self._hours:
            together = [each for each in self._sendings if each.wave == wave or _meet(each.span, span)]
            own = {pair for each in together if each.wave == wave for pair in each.gigabytes}
            self._hours[wave, span] = {
                pair: self._links.hours(
                    pair, span[0], sum((Fraction(each.gigabytes.get(pair, 0)) for each in together), Fraction(0))
                )
                for pair in sorted(own)
                if pair in self._links.pairs
            }
        return self._hours[wave, span]


def _pair(one: str, other: str) -> Pair:
    return (min(one, other), max(one, other))


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def in_hundredths(value: Fraction | None) -> Decimal | None:
    """A figure to be shown, rounded to two places."""
    return None if value is None else Decimal(round(value * 100)) / 100
