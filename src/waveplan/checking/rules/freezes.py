"""WP305: no window runs into a freeze that any item of its lots is in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from waveplan.checking.closed import Met, held_lots, met
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.checking.wording import names, violation
from waveplan.domain.calendar_rules import Freeze
from waveplan.domain.findings import Finding
from waveplan.domain.identifiers import ItemId
from waveplan.domain.selectors import Selector

Scope = tuple[Selector | None, Selector | None]  # what a freeze is for, less what it leaves out; many share theirs
Held = tuple[PlacedWave, list[PlacedLot]]

_BARE = "{wave} cuts over from {first} to {last}, in the freeze from {start} to {end}: {lots}"
_REASONED = "{wave} cuts over from {first} to {last}, in the freeze from {start} to {end} ({reason}): {lots}"


@hard_rule("WP305", "dates", same=("start", "end"))
def check_freezes(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and freeze, with the lots that the freeze holds."""
    scopes: dict[Scope, tuple[frozenset[ItemId], list[Held]]] = {}
    for freeze in facts.inventory.calendar.freezes:
        key = (freeze.match, freeze.excepted)
        if key not in scopes:
            scope = _scope(facts, freeze)
            scopes[key] = scope, _held(facts, scope)
        scope, held = scopes[key]
        closures = facts.calendar.closures(freeze)
        for wave, lots in held:
            found = [(lot, where) for lot in lots if (where := met(closures, lot)) is not None]
            if found:
                yield _finding(wave, freeze, found, scope)


def _scope(facts: Facts, freeze: Freeze) -> frozenset[ItemId]:
    scope = frozenset(item.id for item in facts.items.select(freeze.match))
    if freeze.excepted is None:
        return scope
    return scope.difference(item.id for item in facts.items.select(freeze.excepted))


def _held(facts: Facts, scope: Collection[ItemId]) -> list[Held]:
    """Waves with those of their lots that have something in a scope."""
    held = ((wave, [lot for lot in wave.lots if any(item.id in scope for item in lot.items)]) for wave in facts.waves)
    return [(wave, lots) for wave, lots in held if lots]


def _finding(
    wave: PlacedWave, freeze: Freeze, found: list[tuple[PlacedLot, Met]], scope: Collection[ItemId]
) -> Finding:
    lots = [lot for lot, _ in found]
    return violation(
        _REASONED if freeze.reason else _BARE,
        {"wave": wave.name, **found[0][1].values, "reason": freeze.reason or "", "lots": names(held_lots(lots, scope))},
        subjects=(wave.id, *wave.lot_names(lots)),
        path=wave.path,
        hint="move these lots to a slot outside the freeze, or shorten the freeze",
    )
