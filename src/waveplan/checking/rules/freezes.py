"""WP305: no window runs into a freeze that any item of its lots is in."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.closed import Met, held_lots, met
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import names, violation
from waveplan.domain.calendar_rules import Freeze
from waveplan.domain.findings import Finding
from waveplan.domain.identifiers import ItemId

_BARE = "{wave} cuts over from {first} to {last}, in the freeze from {start} to {end}: {lots}"
_REASONED = "{wave} cuts over from {first} to {last}, in the freeze from {start} to {end} ({reason}): {lots}"


@hard_rule("WP305", "dates", same=("start", "end"))
def check_freezes(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and freeze, with the lots that the freeze holds."""
    for freeze in facts.inventory.calendar.freezes:
        scope = {item.id for item in facts.items.select(freeze.match)}
        if freeze.excepted is not None:
            scope -= {item.id for item in facts.items.select(freeze.excepted)}
        closures = facts.calendar.closures(freeze)
        for wave in facts.waves:
            found = [
                (lot, where)
                for lot in wave.lots
                if any(item.id in scope for item in lot.items) and (where := met(closures, lot)) is not None
            ]
            if found:
                yield _finding(wave, freeze, found, scope)


def _finding(wave: PlacedWave, freeze: Freeze, found: list[tuple[PlacedLot, Met]], scope: set[ItemId]) -> Finding:
    lots = [lot for lot, _ in found]
    return violation(
        _REASONED if freeze.reason else _BARE,
        {"wave": wave.name, **found[0][1].values, "reason": freeze.reason or "", "lots": names(held_lots(lots, scope))},
        subjects=(wave.id, *wave.lot_names(lots)),
        path=wave.path,
        hint="move these lots to a slot outside the freeze, or shorten the freeze",
    )
