"""What has happened taken into account: decisions that hold, and rates that it has made likelier or less likely.

A rate is a Beta distribution whose mean is what the inventory says, as sure as so many tries; each try that was made is
counted in. Spent effort is compared with planned effort in the same way, week by week, and hours in the window night by
night.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from waveplan.change_calendar.spans import iso_week
from waveplan.domain.actuals import MilestoneRecord
from waveplan.domain.commitments import ExternalMilestone
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.item import Item
from waveplan.domain.items import Items
from waveplan.domain.learnt import TaskObservation
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.risks import CutoverRisk, EffortRisk, GateRisk, Risks, Spread, WorkRisk
from waveplan.domain.simulated import LearntRate
from waveplan.simulation.chances import ON_TIME, first_about
from waveplan.simulation.spreads import middle_of
from waveplan.simulation.staging import Held, KnownSoFar
from waveplan.simulation.tries import ItemsOf, Try, at_cutovers, at_gates, gone_elsewhere, items_of_waves, rollbacks_of
from waveplan.tracking import standing_of

WEIGHT = 20  # tries that what the inventory says of a rate is worth
WEEKS = 8  # weeks that the planned effort is worth
WINDOWS = 8  # nights that what the inventory says of hours in the window is worth
PROMISES = 4  # promises that a half is worth
_SATURDAY = 5
_IN_THE_WINDOW = ("work", "transfer", "test")
_POINTS = ("low", "likely", "high", "p50", "p90")
_Rate = TypeVar("_Rate", GateRisk, CutoverRisk)
_Spread = TypeVar("_Spread", bound=Spread)


def learnt_from(
    inventory: Inventory,
    plan: Plan,
    history: History,
    seen: Sequence[TaskObservation] = (),
    promised: Sequence[ExternalMilestone] | None = None,
) -> tuple[Inventory, tuple[LearntRate, ...]]:
    """The inventory with rates as they look now, and what was learnt; `seen` is what tasks took in nights.

    `promised` are the milestones as they were promised, where the inventory has them as they have turned out.
    """
    risks, items = inventory.risks, items_of_waves(inventory, plan, history)
    gates, said_of_gates = _rates("gates", risks.gates, at_gates(plan, history, items))
    cutovers, said_of_cutovers = _rates("cutovers", risks.cutovers, at_cutovers(history, items))
    effort, said_of_effort = _effort(inventory, plan, history)
    work, said_of_work = _work(risks, seen, items)
    promises = tuple(_promises(inventory.external_milestones if promised is None else promised, history))
    changed = risks.model_copy(update={"gates": gates, "cutovers": cutovers, "effort": effort, "work": work})
    said = (*said_of_gates, *said_of_cutovers, *said_of_effort, *said_of_work, *promises)
    return inventory.model_copy(update={"risks": changed}), said


def _updated(before: Decimal, weight: int, tries: int, hits: int) -> Decimal:
    return (before * weight + hits) / (weight + tries)


def _rates(what: str, entries: Sequence[_Rate], tries: Iterable[Try]) -> tuple[list[_Rate], list[LearntRate]]:
    """Entries with the chances that tries have left them; each try counts for the first entry that is about it.

    A try after a rollback counts for `next`, where an entry gives later tries a chance of their own.
    """
    counts: dict[tuple[int, bool], list[int]] = {}
    for each in tries:
        number = _entry_of(entries, each.items)
        if number is not None:
            later = each.again and getattr(entries[number], "later", None) is not None
            tried = counts.setdefault((number, later), [0, 0])
            tried[0] += 1
            tried[1] += each.failed
    found, said = list(entries), []
    for (number, later), (made, hits) in sorted(counts.items()):
        name = "later" if later else "probability"
        before: Decimal = getattr(found[number], name)
        after = _updated(before, WEIGHT, made, hits)
        found[number] = found[number].model_copy(update={name: after})
        about = "next" if later else what
        said.append(LearntRate(about, str(number + 1), float(before), WEIGHT, made, hits, float(after)))
    return found, said


def _entry_of(entries: Sequence[_Rate], items: Sequence[Item]) -> int | None:
    """The number of the entry that a try counts for; of what nobody knows any more, the one about everything."""
    entry = first_about(entries, items) if items else next((each for each in entries if each.match is None), None)
    return next((number for number, each in enumerate(entries) if each is entry), None)


def _work(risks: Risks, seen: Sequence[TaskObservation], items: ItemsOf) -> tuple[list[WorkRisk], list[LearntRate]]:
    """Spreads of the hours in the window, moved by what work, transfers and tests took in nights and rehearsals."""
    nights: dict[tuple[str, str | None], list[int]] = {}
    for each in seen:
        if each.kind in _IN_THE_WINDOW:
            sums = nights.setdefault((each.wave, each.run), [0, 0])
            sums[0] += each.planned
            sums[1] += each.taken
    ratios: dict[int | None, list[Decimal]] = {}
    for (wave, _), (planned, taken) in sorted(nights.items(), key=str):
        entry = first_about(risks.work, items.get(wave, ()))
        number = None if entry is None else next(n for n, each in enumerate(risks.work) if each is entry)
        if number is not None or not risks.work:
            ratios.setdefault(number, []).append(Decimal(taken) / planned)
    found, said = list(risks.work), []
    for number, each_taken in sorted(ratios.items(), key=str):
        before = Decimal(1) if number is None else middle_of(found[number])
        mean = sum(each_taken, Decimal(0)) / len(each_taken)
        after = (WINDOWS * before + len(each_taken) * mean) / (WINDOWS + len(each_taken))
        if number is None:
            found = [WorkRisk.model_validate(dict.fromkeys(("low", "likely", "high"), round(after, 6)))]
        else:
            found[number] = _scaled(found[number], after / before)
        name = "" if number is None else str(number + 1)
        said.append(LearntRate("work", name, float(before), WINDOWS, len(each_taken), float(mean), float(after)))
    return found, said


def _scaled(entry: _Spread, factor: Decimal) -> _Spread:
    """A spread with all its points so many times as large."""
    points = {name: value * factor for name in _POINTS if (value := getattr(entry, name)) is not None}
    return entry.model_copy(update=points)


def _effort(inventory: Inventory, plan: Plan, history: History) -> tuple[list[EffortRisk], list[LearntRate]]:
    """Spreads moved by how spent effort compares with what was planned in the weeks of which both are known."""
    risks, rewritten = inventory.risks, _rewritten(inventory, plan, history)
    spent = planned = Decimal(0)
    weeks = 0
    for (team, week), record in sorted(history.effort.items()):
        load = plan.teams[team].weeks.get(week) if team in plan.teams and week not in rewritten else None
        if load is not None and load.used:
            spent, planned, weeks = spent + record.person_days, planned + load.used, weeks + 1
    if not weeks:
        return list(risks.effort), []
    factor = (WEEKS + weeks * spent / planned) / (WEEKS + weeks)
    said = [LearntRate("effort", "", 1.0, WEEKS, weeks, float(spent / planned), float(factor))]
    if not risks.effort:
        near = round(factor, 6)
        return [EffortRisk.model_validate({"low": near, "likely": near, "high": near})], said
    return [_scaled(each, factor) for each in risks.effort], said


def _rewritten(inventory: Inventory, plan: Plan, history: History) -> frozenset[str]:
    """Weeks in which something was prepared that the plan has elsewhere by now: it no longer says what was planned."""
    longest = max(policy.preparation_days for policy in Items(inventory).policies.values())
    days = (day - dt.timedelta(days=n) for day in gone_elsewhere(plan, history) for n in range(1, longest + 1))
    weeks = {iso_week(day) for day in days if day.weekday() < _SATURDAY}
    return frozenset(weeks)


def _promises(promised: Sequence[ExternalMilestone], history: History) -> Iterator[LearntRate]:
    """How often milestones of others came on their day; one that is known to come later has not."""
    due = {each.id: each.date for each in promised}
    said = [(record, due[name]) for name, record in history.milestones.items() if name in due]
    kept = [record.reached is not None and record.reached <= day for record, day in said if _is_settled(record, day)]
    if kept:
        after = _updated(ON_TIME, PROMISES, len(kept), sum(kept))
        yield LearntRate("on_time", "", float(ON_TIME), PROMISES, len(kept), sum(kept), float(after))


def _is_settled(record: MilestoneRecord, due: dt.date) -> bool:
    return record.reached is not None or (record.expected is not None and record.expected > due)


def known_of(plan: Plan, history: History, as_of: dt.date, inventory: Inventory) -> KnownSoFar:
    """What is done, and what has been decided of what is not."""
    lots, kinds = plan.lots_by_id(), items_of_waves(inventory, plan, history)
    backs = rollbacks_of(history)
    held: dict[str, Held] = {}
    mixed = split = ""
    for wave in plan.waves_in_order():
        items = [item for lot in wave.lots if lot in lots for item in lots[lot].items]
        done = [item in history.done for item in items]
        if any(done) and not all(done):
            mixed = mixed or wave.id
        elif not any(done):
            if not history.given_up(wave) and any(_refused(wave, lot, history) for lot in wave.lots):
                split = split or wave.id
            waits = _waits(inventory.risks, kinds[wave.id])
            tried = min((backs[item] for item in items), default=0)  # as often as what was tried least
            held[wave.id] = replace(_held(wave, items, history, as_of, waits), rollbacks=tried)
    return KnownSoFar(standing_of(history, plan, as_of, 0), held, mixed=mixed, split=split)


def _refused(wave: Wave, lot: str, history: History) -> bool:
    """Whether a deciding gate has refused a lot."""
    decided = [history.decision(wave.id, gate.id, lot) for gate in wave.gates if gate.decides]
    return any(each is not None and each.decision == "no_go" for each in decided)


def _waits(risks: Risks, items: Sequence[Item]) -> tuple[int, int]:
    """Days that a wave waits after a no-go, and after a rollback: as the entry says that is about it."""
    gate, cutover = first_about(risks.gates, items), first_about(risks.cutovers, items)
    return gate.notice_days if gate is not None else 0, cutover.again_days if cutover is not None else 0


def _held(wave: Wave, items: Sequence[str], history: History, as_of: dt.date, waits: tuple[int, int]) -> Held:
    """A rollback or a no-go moves a wave, a go lets it begin; what is not recorded has still to be decided."""
    notice, again = waits
    back = [record for record in history.actuals.cutovers if record.wave == wave.id and record.result == "rolled_back"]
    tomorrow = as_of + dt.timedelta(days=1)
    if back and all(item in history.outcomes for item in items):
        return Held(not_before=max(tomorrow, back[-1].date + dt.timedelta(days=again)))
    if history.given_up(wave) or wave.date <= as_of:
        last = max((gate.date for gate in wave.gates if gate.decides), default=as_of)
        return Held(not_before=max(tomorrow, last + dt.timedelta(days=notice)))
    deciding = [gate.id for gate in wave.gates if gate.decides]
    decided = [history.decision(wave.id, gate) for gate in deciding]
    goes = bool(decided) and all(each is not None and each.decision != "no_go" for each in decided)
    return Held(goes=goes)
