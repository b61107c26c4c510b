"""What people mean by an item, a wave or a day: found, or refused with what there is instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from waveplan.change_calendar import Slot
from waveplan.checking.trials import Trials
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items
from waveplan.domain.naming import item_meant
from waveplan.domain.plan import Plan
from waveplan.domain.plan_names import find_wave, refuse_unknown_item
from waveplan.errors import UsageError
from waveplan.lots import Lots, form_lots
from waveplan.usecases.explain.subjects import ExplainedItem

_NEAREST = 3  # days that are named where no window opens on the one asked for


def subject_of(name: str, inventory: Inventory, plan: Plan) -> ExplainedItem:
    """The item, or the lot, of that name in inventory and plan. Raises UsageError when there is not exactly one."""
    items = Items(inventory)
    lots = form_lots(items)
    item = _item_of(name, items, lots, plan)
    lot = lots.of(item)
    if lot is None:
        raise UsageError("{item} is in no lot: it is retained or retired.", item=item)
    placed = next((each for each in plan.lots if item in each.items), None)
    if placed is None:
        raise UsageError("{item} is in no lot of the plan: solve again.", item=item)
    return ExplainedItem(inventory, plan, name, item, lot, placed, Trials(plan, inventory, placed))


def _item_of(word: str, items: Items, lots: Lots, plan: Plan) -> str:
    name = item_meant(items, word)
    if name in items:
        return name
    named = items.named(name)
    if len(named) > 1:
        raise _choices(name, named)
    if named:
        return named[0].id
    held = [lot.items for lot in plan.lots if lot.id == name]
    held += [[item.id for item in lot.items] for lot in lots if lot.id == name]
    known = [item for group in held for item in group if item in items]
    if known:
        return known[0]
    refuse_unknown_item(name, [*(item.id for item in items), *(lot.id for lot in plan.lots)])
    return name


def _choices(name: str, named: Sequence[Item]) -> UsageError:
    listed = [item.id for item in named]
    return UsageError("{name} is several items: {items}. Name one of them.", name=name, items=listed)


def slots_meant(subject: ExplainedItem, wave: str | None, date: str | None) -> Sequence[Slot] | None:
    """Where the item is wished to be; None without a wish. Raises UsageError when no such slot exists."""
    if wave is not None:
        return [_slot_of(subject, wave)]
    return None if date is None else _slots_on(subject, date)


def _slot_of(subject: ExplainedItem, name: str) -> Slot:
    """The slot of a wave of the plan, of the lot's own stream when names repeat, or of no wave yet."""
    slots = {str(slot.id): slot for slot in subject.trials.slots}
    if name.rpartition("/")[2] in slots:
        return slots[name.rpartition("/")[2]]
    own = [wave for wave in subject.plan.waves if wave.stream == subject.lot.stream]
    same = [wave for wave in own if name.casefold() in (f"w{wave.number}", f"w{wave.number:02d}")]
    found = same[0] if len(same) == 1 else find_wave(subject.plan, name)
    slot = slots.get(found.id.rpartition("/")[2])
    if slot is None:
        raise UsageError("{wave} stands in no slot of the inventory's calendar.", wave=found.id)
    return slot


def _slots_on(subject: ExplainedItem, date: str) -> list[Slot]:
    try:
        day = dt.date.fromisoformat(date)
    except ValueError:
        raise UsageError("{date} is no date: write it like 2027-03-14.", date=date) from None
    slots = subject.trials.slots
    found = [slot for slot in slots if slot.date == day]
    if not found:
        near = sorted({slot.date for slot in slots}, key=lambda each: (abs((each - day).days), each))[:_NEAREST]
        raise UsageError(
            "No window opens on {day}; the nearest days: {days}." if near else "No window opens on {day}.",
            day=day.isoformat(),
            days=[each.isoformat() for each in sorted(near)],
        )
    return found
