"""WP329: nothing is down for longer than it may be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from waveplan.checking.bundles import longest_transport
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot
from waveplan.checking.wording import amounts, number, violation
from waveplan.domain.excess import Holder, excess
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.domain.servers import Server


@hard_rule("WP329", "room")
def check_downtime(facts: Facts) -> Iterator[Finding]:
    """One finding for each item whose transfer, cutover and tests take longer than its downtime."""
    for wave in facts.waves:
        for lot in wave.lots:
            for item in lot.items:
                limit = item.entry.max_downtime_hours
                if limit is not None:
                    yield from _over(facts, lot, item, Fraction(limit))


def _over(facts: Facts, lot: PlacedLot, item: Item, limit: Fraction) -> Iterator[Finding]:
    wave = facts.wave_of[item.id]
    transfer = transfer_hours(facts, item)
    used = transfer + Fraction(lot.cutover_hours + lot.test_hours)
    if used > limit:
        over = excess(used, limit, _holders(facts, item, transfer))
        yield violation(
            "{item} in {wave}: down for {used} of {limit} hours: transfer {transfer}, cutover {cutover}, tests {tests}",
            {
                "item": item.id,
                "wave": wave.name,
                **amounts(over),
                "transfer": number(transfer),
                "cutover": number(lot.cutover_hours),
                "tests": number(lot.test_hours),
            },
            subjects=(wave.id, lot.id, item.id),
            path=lot.path,
            hint="move {item}'s lot to a wave that transfers less, or replicate its servers before the window",
            excess=over,
        )


def _holders(facts: Facts, item: Item, transfer: Fraction) -> Iterator[Holder]:
    """Hours of its own lot, and of each lot that sends over the same link when that is what takes longest."""
    wave, lot = facts.wave_of[item.id], facts.lot_of[item.id]
    shares = list(facts.transfers.shares(wave, lot.span, transfer)) if _waits_for_link(facts, item) else []
    hours = {(wave.id, lot.id): Fraction(lot.cutover_hours + lot.test_hours) + (0 if shares else transfer)}
    for other, its, share in shares:
        hours[other.id, its.id] = share + hours.get((other.id, its.id), Fraction(0))
    for (name, its_id), amount in hours.items():
        yield Holder(name, (its_id,), amount)


def transfer_hours(facts: Facts, item: Item) -> Fraction:
    """An item's own transport, or its wave's link hours when one of its servers transfers and they are longer."""
    own = Fraction(longest_transport(_moving(facts, item)))
    return _link_hours(facts, item) if _waits_for_link(facts, item) else own


def _waits_for_link(facts: Facts, item: Item) -> bool:
    """Whether one of its servers transfers, and the link takes longer than its own transport."""
    moving = _moving(facts, item)
    sends = any(server.gigabytes > 0 for server in moving)
    return sends and _link_hours(facts, item) > longest_transport(moving)


def _link_hours(facts: Facts, item: Item) -> Fraction:
    return facts.transfers.link_hours(facts.wave_of[item.id], facts.lot_of[item.id].span)


def _moving(facts: Facts, item: Item) -> list[Server]:
    moved = {move.server.id for move in facts.lot_of[item.id].moves}
    return [server for server in item.servers if server.id in moved]
