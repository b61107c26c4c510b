"""What has happened taken into account: decisions that hold, and rates that it has made likelier or less likely.

A rate is a Beta distribution whose mean is what the inventory says, as sure as so many tries; each try that was made is
counted in. Spent effort is compared with planned effort in the same way, week by week, and hours in the window night by
night.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from waveplan.domain.actuals import NIGHT_DECISIONS, TaskRecord
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
from waveplan.tracking import standing_of

WEIGHT = 20  # tries that what the inventory says of a rate is worth
WEEKS = 8  # weeks that the planned effort is worth
WINDOWS = 8  # nights that what the inventory says of hours in the window is worth
PROMISES = 4  # promises that a half is worth
_IN_THE_WINDOW = ("work", "transfer", "test")
_POINTS = ("low", "likely", "high", "p50", "p90")
_ItemsOf = Mapping[str, Sequence[Item]]
_Rate = TypeVar("_Rate", GateRisk, CutoverRisk)
_Spread = TypeVar("_Spread", bound=Spread)


def learnt_from(
    inventory: Inventory, plan: Plan, history: History, seen: Sequence[TaskObservation] = ()
) -> tuple[Inventory, tuple[LearntRate, ...]]:
    """The inventory with rates as they look now, and what was learnt; `seen` is what tasks took in nights."""
    risks, items = inventory.risks, _items_of_waves(inventory, plan, history)
    gates, said_of_gates = _rates("gates", risks.gates, _decisions(plan, history, items))
    cutovers, said_of_cutovers = _rates("cutovers", risks.cutovers, _attempts(history, items))
    effort, said_of_effort = _effort(risks, plan, history)
    work, said_of_work = _work(risks, seen, items)
    promises = tuple(_promises(inventory, history))
    changed = risks.model_copy(update={"gates": gates, "cutovers": cutovers, "effort": effort, "work": work})
    said = (*said_of_gates, *said_of_cutovers, *said_of_effort, *said_of_work, *promises)
    return inventory.model_copy(update={"risks": changed}), said


def _items_of_waves(inventory: Inventory, plan: Plan, history: History) -> Mapping[str, list[Item]]:
    """Items of each wave, of the plan's and of those that records remember."""
    known = {str(item.id): item for item in Items(inventory)}
    lots = plan.lots_by_id()
    found = {wave.id: [known[i] for lot in wave.lots for i in lots[lot].items if i in known] for wave in plan.waves}
    told = [(record.wave, record.items) for record in history.actuals.cutovers]
    told += [(record.wave, record.items) for record in history.actuals.gates]
    for wave, held in told:
        if held and wave not in found:
            found[wave] = [known[i] for each in held.values() for i in each if i in known]
    return found


def _updated(before: Decimal, weight: int, tries: int, hits: int) -> Decimal:
    return (before * weight + hits) / (weight + tries)


def _rates(
    what: str, entries: Sequence[_Rate], tries: Iterable[tuple[Sequence[Item], bool]]
) -> tuple[list[_Rate], list[LearntRate]]:
    """Entries with the chances that tries have left them; each try counts for the first entry that is about it."""
    counts: dict[int, list[int]] = {}
    for items, hit in tries:
        entry = first_about(entries, items)
        if entry is not None:
            tried = counts.setdefault(next(n for n, each in enumerate(entries) if each is entry), [0, 0])
            tried[0] += 1
            tried[1] += hit
    found, said = list(entries), []
    for number, (made, hits) in sorted(counts.items()):
        before = found[number].probability
        after = _updated(before, WEIGHT, made, hits)
        found[number] = found[number].model_copy(update={"probability": after})
        said.append(LearntRate(what, str(number + 1), float(before), WEIGHT, made, hits, float(after)))
    return found, said


def _decisions(plan: Plan, history: History, items: _ItemsOf) -> Iterator[tuple[Sequence[Item], bool]]:
    """Decisions of gates that decide, every day on which one was taken; a no-go counts at any gate."""
    deciding = {(wave.id, gate.id) for wave in plan.waves for gate in wave.gates if gate.decides}
    days = sorted({each.date for each in history.actuals.gates if history.as_of is None or each.date <= history.as_of})
    for day in days:
        taken = [each for each in history.actuals.gates if each.date == day]  # of one day the last one holds
        decided = History(history.actuals.model_copy(update={"gates": taken}), plan).gates
        for (wave, gate, _), record in decided.items():
            if (wave, gate) in deciding or record.decision == "no_go":
                yield items.get(wave, ()), record.decision == "no_go"


def _attempts(history: History, items: _ItemsOf) -> Iterator[tuple[Sequence[Item], bool]]:
    """Cutovers, every day on which one was tried; and rehearsals in which somebody decided to go on or to roll back."""
    known = [each for each in history.actuals.cutovers if history.as_of is None or each.date <= history.as_of]
    for (wave, _), record in {(each.wave, each.date): each for each in known}.items():
        yield items.get(wave, ()), record.result == "rolled_back"
    decided = {
        (each.wave, each.run): each.state
        for each in tasks_by(history.actuals.tasks, history.as_of)
        if each.run is not None and each.state in NIGHT_DECISIONS
    }
    for (wave, _), state in sorted(decided.items()):
        yield items.get(wave, ()), state == "roll_back"


def tasks_by(records: Iterable[TaskRecord], as_of: dt.date | None) -> list[TaskRecord]:
    """What was said of tasks by the end of a day, in the order in which it happened."""
    found = [each for each in records if as_of is None or each.happened.date() <= as_of]
    return sorted(found, key=lambda each: each.happened.timestamp())


def _work(risks: Risks, seen: Sequence[TaskObservation], items: _ItemsOf) -> tuple[list[WorkRisk], list[LearntRate]]:
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


def _effort(risks: Risks, plan: Plan, history: History) -> tuple[list[EffortRisk], list[LearntRate]]:
    """Spreads moved by how spent effort compares with what was planned in the weeks of which both are known."""
    spent = planned = Decimal(0)
    weeks = 0
    for (team, week), record in sorted(history.effort.items()):
        load = plan.teams[team].weeks.get(week) if team in plan.teams else None
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


def _promises(inventory: Inventory, history: History) -> Iterator[LearntRate]:
    """How often milestones of others came on their day."""
    promised = {each.id: each.date for each in inventory.external_milestones}
    reached = [(record.reached, promised[name]) for name, record in history.milestones.items() if name in promised]
    kept = [day <= due for day, due in reached if day is not None]
    if kept:
        after = _updated(ON_TIME, PROMISES, len(kept), sum(kept))
        yield LearntRate("on_time", "", float(ON_TIME), PROMISES, len(kept), sum(kept), float(after))


def known_of(plan: Plan, history: History, as_of: dt.date, inventory: Inventory) -> KnownSoFar:
    """What is done, and what has been decided of what is not."""
    lots, kinds = plan.lots_by_id(), _items_of_waves(inventory, plan, history)
    held: dict[str, Held] = {}
    mixed = ""
    for wave in plan.waves_in_order():
        items = [item for lot in wave.lots if lot in lots for item in lots[lot].items]
        done = [item in history.done for item in items]
        if any(done) and not all(done):
            mixed = mixed or wave.id
        elif not any(done):
            held[wave.id] = _held(wave, items, history, as_of, _waits(inventory.risks, kinds[wave.id]))
    return KnownSoFar(standing_of(history, plan, as_of, 0), held, mixed=mixed)


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
        return Held(not_before=max(tomorrow, back[-1].date + dt.timedelta(days=again)), rollbacks=len(back))
    if history.given_up(wave) or wave.date <= as_of:
        last = max((gate.date for gate in wave.gates if gate.decides), default=as_of)
        return Held(not_before=max(tomorrow, last + dt.timedelta(days=notice)))
    deciding = [gate.id for gate in wave.gates if gate.decides]
    decided = [history.decision(wave.id, gate) for gate in deciding]
    goes = bool(decided) and all(each is not None and each.decision != "no_go" for each in decided)
    return Held(goes=goes)
