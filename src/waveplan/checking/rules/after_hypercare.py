"""WP313: what waits for another one's hypercare starts when it is over."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import instant
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.ordering import orders
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP313", "order", same=("first",))
def check_after_hypercare(facts: Facts) -> Iterator[Finding]:
    """Orders with `after_hypercare` that are kept but for the hypercare of the first one's lot."""
    for ordered in orders(facts):
        if not ordered.dependency.after_hypercare or not ordered.kept(facts):
            continue
        first, second = facts.lot_of[ordered.first], facts.lot_of[ordered.second]
        start = second.slot.span(second.zone)[0]
        if instant(start) >= instant(first.hypercare_end):
            continue
        wave = facts.wave_of[ordered.second]
        yield violation(
            "{second} starts in {wave} at {start}, while {first} is in hypercare until {end}",
            {
                "second": ordered.second,
                "wave": wave.name,
                "start": start.isoformat(timespec="minutes"),
                "first": ordered.first,
                "end": first.hypercare_end.isoformat(timespec="minutes"),
            },
            subjects=(wave.id, second.id, ordered.second, ordered.first),
            path=second.path,
            hint="move {second} to a slot that starts after that",
        )
