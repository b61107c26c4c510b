"""Whole plans from a few words: where each item goes; every figure is worked out by the check's own code."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from waveplan.change_calendar import ChangeCalendar
from waveplan.checking import check, restate
from waveplan.checking.grouping import Groups
from waveplan.checking.restating import programme_of
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Metrics, Milestone, Plan, PlanSlot, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.domain.solve_record import SolveRecord, Versions
from waveplan.domain.standing import NOTHING_DONE, Done

NO_METRICS = Metrics(waves=0, finish=0, coexistence=Decimal(0), peak_load=Decimal(0), criticality_risk=Decimal(0))


def state_plan(inventory: Inventory, assignment: Mapping[str, str], done: Done = NOTHING_DONE) -> Plan:
    """The plan that puts each item into a slot, with all figures stated rightly.

    `assignment` maps item ids to slot ids such as `2026-03-14-weekend`; with streams, to the slot of the item's own
    stream, or to a whole wave id such as `desk/2026-03-14-weekend`. Items that are tied and go to one slot form a lot.
    """
    waves: dict[str, list[str]] = defaultdict(list)
    for item, slot in assignment.items():
        waves[slot].append(item)
    return plan_of_waves(inventory, waves, done)


def plan_of_waves(
    inventory: Inventory, waves: Mapping[str, Sequence[str | Sequence[str]]], done: Done = NOTHING_DONE
) -> Plan:
    """The plan with these waves: by slot or wave id, the items in it. A list among them is one lot, tied or not."""
    items = Items(inventory)
    calendar = ChangeCalendar(inventory, done.slots)
    groups = Groups(items, done.places)
    lots: list[PlanLot] = []
    found: dict[str, Wave] = {}
    for name, held in waves.items():
        for members in _lots(held, items, groups):
            wave_id = _wave_id(name, members, items)
            wave = found.setdefault(wave_id, _blank_wave(wave_id, calendar))
            lot = PlanLot(id=_free_id(members, lots), items=members)
            lots.append(lot)
            wave.lots.append(lot.id)
    ordered = sorted(found.values(), key=lambda wave: (wave.slot.start, wave.id))
    plan = Plan(
        programme=programme_of(inventory),
        solve=SolveRecord(versions=Versions(waveplan="0", ortools="0")),
        waves=ordered,
        lots=sorted(lots, key=lambda lot: lot.id),
        metrics=NO_METRICS,
    )
    return restate(plan, inventory, done=done)


def _lots(held: Sequence[str | Sequence[str]], items: Items, groups: Groups) -> Iterator[list[str]]:
    """Items of one wave by lot: those given as a list, then the others as they are tied (and by stream)."""
    tied: dict[str, list[str]] = defaultdict(list)
    for each in held:
        if not isinstance(each, str):
            yield list(each)
        elif each in items and items[each].planned:
            tied[groups.of(each)].append(each)
        else:
            tied[each].append(each)
    yield from (sorted(members) for members in tied.values())


def _wave_id(name: str, members: Sequence[str], items: Items) -> str:
    first = items.get(members[0]) if members else None
    if not items.inventory.streams or "/" in name or first is None:
        return name
    return f"{first.stream}/{name}"


def _free_id(members: Sequence[str], lots: Sequence[PlanLot]) -> str:
    head = f"{min(members)}-lot" if members else "lot"
    taken = {lot.id for lot in lots}
    return next(name for number in range(1, len(lots) + 2) if (name := head + "'" * (number - 1)) not in taken)


def _blank_wave(wave_id: str, calendar: ChangeCalendar) -> Wave:
    """A wave whose figures are still to be worked out; one in no slot keeps these."""
    slot = calendar.slots_by_id.get(wave_id.rpartition("/")[2])
    start = slot.start if slot else dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Wave(
        id=wave_id,
        number=1,
        date=start.date(),
        slot=PlanSlot(window=slot.window if slot else "none", start=start, end=slot.end if slot else start),
        point_of_no_return=start,
        preparation_start=start.date(),
        hypercare_end=start,
        hypercare_last_day=start.date(),
        lots=[],
    )


def every_plan(inventory: Inventory, most: int) -> list[tuple[dict[str, str], Plan]] | None:
    """Every way to put lots into slots, each stated in full; None when there are more than so many."""
    from waveplan.lots import form_lots  # only here: the check is tried without it

    lots = list(form_lots(Items(inventory)))
    slots = [slot.id for slot in ChangeCalendar(inventory).slots]
    if not lots or not slots or len(slots) ** len(lots) > most:
        return None
    found = []
    for chosen in product(slots, repeat=len(lots)):
        placed = {item.id: slot for lot, slot in zip(lots, chosen, strict=True) for item in lot.items}
        found.append((placed, state_plan(inventory, placed)))
    return found


def value_of(plan: Plan, goal: str, inventory: Inventory) -> Decimal:
    """The value that the check finds for a goal."""
    return Decimal(getattr(check(plan, inventory).metrics, goal))


def every_dating(plan: Plan, inventory: Inventory) -> list[Plan]:
    """A plan with the retirements that take somebody's time on every day that could matter, the others on their first.

    Days are the 40 from the first on (14 where there are several), and seven in a time in which nothing else happens.
    """
    items = Items(inventory)
    first = {each.subject: each.date for each in plan.milestones if each.kind == "retire"}
    busy = [name for name in first if name in items and (any(items[name].effort.values()) or items[name].entry.crew)]
    quiet = max(inventory.programme.deadline, *first.values()) + dt.timedelta(days=60) if first else dt.date.min
    many = range(40 if len(busy) == 1 else 14)
    spans = [
        [*(first[name] + dt.timedelta(days=n) for n in many), *(quiet + dt.timedelta(days=n) for n in range(7))]
        for name in busy
    ]
    return [_dated(plan, inventory, dict(zip(busy, days, strict=True))) for days in product(*spans)]


def _dated(plan: Plan, inventory: Inventory, days: Mapping[str, dt.date]) -> Plan:
    if not days:
        return plan
    stated = [Milestone(id=f"retire {name}", date=day, kind="retire", subject=name) for name, day in days.items()]
    return restate(plan.model_copy(update={"milestones": stated}), inventory)
