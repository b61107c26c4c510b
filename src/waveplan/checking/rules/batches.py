"""WP354: batches of an application move one after the other, or together, and all within its days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding
from waveplan.domain.work import Application


@hard_rule("WP354", "order")
def check_batches(facts: Facts) -> Iterator[Finding]:
    """One finding for each batch in an earlier wave than the one before, and for the days from first to last."""
    for item in facts.items.planned:
        if not item.batch or not facts.items.is_first_batch(item) or not isinstance(item.entry, Application):
            continue
        placed = [str(each.id) for each in facts.items.batches_of(item) if each.id in facts.wave_of]
        for before, after in pairwise(placed):
            yield from _out_of_order(facts, before, after)
        most = item.entry.batch_days_max
        if most is not None and placed:
            yield from _too_long(facts, placed, most)


def _out_of_order(facts: Facts, before: str, after: str) -> Iterator[Finding]:
    first, second = facts.wave_of[before], facts.wave_of[after]
    if second.slot.order < first.slot.order:
        values = {"first": before, "first_wave": first.name, "second": after, "second_wave": second.name}
        yield violation(
            "batch {second} in {second_wave} must not be in an earlier wave than batch {first} in {first_wave}",
            values,
            subjects=(second.id, facts.lot_of[after].id, after, before),
            path=facts.lot_of[after].path,
            hint="move {second} later or {first} earlier",
        )


def _too_long(facts: Facts, placed: list[str], most: int) -> Iterator[Finding]:
    first, *_, last = sorted((facts.wave_of[name].date, name) for name in (placed[0], *placed))
    days = (last[0] - first[0]).days
    if days > most:
        wave = facts.wave_of[last[1]]
        values = {"first": first[1], "last": last[1], "wave": wave.name, "days": days, "most": most}
        yield violation(
            "batch {last} in {wave} comes {days} days after batch {first}, batch_days_max allows {most}",
            {**values, "app": facts.items[first[1]].entry.id},
            subjects=(wave.id, facts.lot_of[last[1]].id, last[1], first[1]),
            path=facts.lot_of[last[1]].path,
            hint="move {last} earlier or {first} later",
        )
