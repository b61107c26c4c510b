"""The use case of planning a part: what a selector chooses is planned, all else stands as in a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.domain.selectors import Selector
from waveplan.domain.wording import names
from waveplan.errors import UsageError
from waveplan.lots import Lots, form_lots
from waveplan.lots.lot import Lot

_NAMED = 5  # so many lots are said by name


def kept_waves(inventory: Inventory, chosen: Selector, plan: Plan) -> Mapping[str, frozenset[str]]:
    """For each lot without a chosen item the wave, by id, in which the plan has it: what a solve may pin it to.

    Raises UsageError when the selector chooses nothing that is planned, splits a lot, or leaves out a lot that the plan
    does not hold as it is now.
    """
    every = Items(inventory)
    lots = form_lots(every)
    items: set[str] = {item.id for item in every.select(chosen)}
    _refuse_nothing(lots, items)
    _refuse_split(lots, items)
    waves = {item: _waves_of(plan, lot.id) for lot in plan.lots for item in lot.items}
    kept: dict[str, frozenset[str]] = {}
    unknown: list[str] = []
    for lot in lots:
        if items.isdisjoint(_items(lot)):
            where = {waves.get(item, frozenset()) for item in _items(lot)}
            found = where.pop() if len(where) == 1 else frozenset()
            kept[lot.id] = found
            unknown += [] if found else [lot.id]
    if unknown:
        raise UsageError(
            "the plan has no wave for {lots}: choose their items with --only too, or keep a plan that holds them",
            lots=names(unknown, _NAMED),
        )
    return kept


def _refuse_nothing(lots: Lots, items: AbstractSet[str]) -> None:
    if not any(items & set(_items(lot)) for lot in lots):
        raise UsageError("--only chooses nothing that is planned")


def _refuse_split(lots: Lots, items: AbstractSet[str]) -> None:
    split = [lot for lot in lots if items & set(_items(lot)) and not items >= set(_items(lot))]
    if split:
        raise UsageError(
            "--only splits lots, which move as a whole: {lots}: choose all of their items, or none",
            lots="; ".join(_parts(split, items)),
        )


def _parts(split: list[Lot], items: AbstractSet[str]) -> Iterator[str]:
    for lot in split[:_NAMED]:
        inside = [name for name in _items(lot) if name in items]
        outside = [name for name in _items(lot) if name not in items]
        yield f"{lot.id} (+ {names(inside, _NAMED)}; − {names(outside, _NAMED)})"


def _waves_of(plan: Plan, lot: str) -> frozenset[str]:
    return frozenset(wave.id for wave in plan.waves if lot in wave.lots)


def _items(lot: Lot) -> list[str]:
    return [str(item.id) for item in lot.items]
