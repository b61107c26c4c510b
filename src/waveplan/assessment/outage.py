"""How long things are down: hours of items, by the organisation whose they are."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from waveplan.assessment.placement import LotPlacement, PlacedPlan
from waveplan.assessment.traffic import Traffic, in_hundredths
from waveplan.domain.figures import NO_ORGANISATION
from waveplan.domain.items import Item


def outage_hours(placement: PlacedPlan, traffic: Traffic) -> dict[str, Decimal]:
    """Hours for which each item is down, summed by its organisation."""
    total: dict[str, Fraction] = defaultdict(Fraction)
    for lot in placement.lots:
        for item in lot.items:
            total[item.entry.organisation or NO_ORGANISATION] += item_outage(traffic, lot, item)
    return {name: in_hundredths(total[name]) or Decimal(0) for name in sorted(total)}


def item_outage(traffic: Traffic, lot: LotPlacement, item: Item) -> Fraction:
    """Hours for which one item is down: what it sends, then the cutover and the tests of its lot."""
    cutover = max(each.entry.cutover_hours for each in lot.items)
    tests = max(each.entry.test_hours for each in lot.items)
    return _transfer(traffic, lot, item) + Fraction(cutover + tests)


def _transfer(traffic: Traffic, lot: LotPlacement, item: Item) -> Fraction:
    """Its own transport, or the hours of its wave's slowest link when one of its servers transfers."""
    moving = lot.moved_servers(item)
    shipped = (server.transport_hours for server in moving if server.method == "ship")
    own = Fraction(max((hours for hours in shipped if hours), default=Decimal(0)))
    if any(server.gigabytes for server in moving):
        return max(own, traffic.slowest_hours(lot))
    return own
