"""Hours that the work of one lot takes by itself, where a link's speed goes by hours: slot by slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waveplan.domain.findings import Path
from waveplan.domain.items import Item
from waveplan.lots.lot import Lot, SitePair
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.facts.figures import told_apart

# As of an obstacle: the rule's code, the slots, a sentence, its values, and what says so.
Found = tuple[str, frozenset[int], str, Mapping[str, Any], Path]


def work_by_the_hour(facts: PlanningFacts, lot: Lot, loads: Mapping[SitePair, Fraction]) -> Iterator[Found]:
    """WP328, WP329: slots in which the lot's work does not fit, or keeps an item down too long, by itself."""
    transfer = _transfer(facts, lot, loads)
    beside = Fraction(lot.cutover_hours + lot.test_hours + lot.rollback_hours)
    needed = {slot: max(hours, Fraction(lot.transport_hours)) + beside for slot, hours in transfer.items()}
    room = {slot: facts.slots[slot].hours for slot in needed}
    short = [slot for slot, hours in needed.items() if hours > room[slot]]
    if short:
        nearest = min(short, key=lambda slot: (needed[slot] - room[slot], slot))
        hours, most = told_apart(needed[nearest], room[nearest])
        template = "at the link's speed in its hours, {hours} h of work or more, in a window of {most} h"
        yield "WP328", frozenset(short), template, {"hours": hours, "most": most}, ()
    for item in lot.items:
        limit = item.entry.max_downtime_hours
        if limit is not None:
            down = {slot: downtime(item, lot, hours) for slot, hours in transfer.items()}
            yield from _slow(item, limit, {slot: hours for slot, hours in down.items() if hours > limit})


def _slow(item: Item, limit: Decimal, down: Mapping[int, Fraction]) -> Iterator[Found]:
    if down:
        hours, most = told_apart(min(down.values()), limit)
        values = {"item": item.id, "hours": hours, "limit": most}
        template = "{item} would be down {hours} of {limit} h"
        yield "WP329", frozenset(down), template, values, item.where("max_downtime_hours")


def _transfer(facts: PlanningFacts, lot: Lot, loads: Mapping[SitePair, Fraction]) -> Mapping[int, Fraction]:
    """Hours that the lot's data take on its slowest link, by slot."""
    zone, links = facts.zone(lot), facts.links
    linked = [(pair, gigabytes) for pair, gigabytes in loads.items() if pair in links.pairs]
    return {
        index: max(links.hours(pair, slot.span(zone)[0], gigabytes) for pair, gigabytes in linked)
        for index, slot in enumerate(facts.slots)
    }


def downtime(item: Item, lot: Lot, link: Fraction) -> Fraction:
    """Hours an item is down: transport, or link hours of its wave if it transfers, + its lot's cutover and tests."""
    moving = [server for server in item.servers if server.id in lot.moving]
    transport = max((server.transport_hours or 0 for server in moving if server.method == "ship"), default=0)
    transfers = any(server.gigabytes for server in moving)
    longest = max(Fraction(transport), link if transfers else Fraction(0))
    return longest + Fraction(lot.cutover_hours + lot.test_hours)
