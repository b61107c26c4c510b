"""Tries that were made so far: waves at their gates, cutovers, and what waves were about that no plan has any more.

A chance is one of a wave and a try. So several gates of one try count once, and so do several lots that are refused
together: the try has failed as soon as something of it has.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from waveplan.domain.actuals import NIGHT_DECISIONS, CutoverRecord, GateRecord, TaskRecord
from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.item import Item
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan
from waveplan.domain.standing import slot_of

ItemsOf = Mapping[str, Sequence[Item]]


@dataclass(frozen=True)
class Try:
    """A try of a wave: what it was about (nothing: nobody knows), whether it failed, whether it had failed before."""

    items: Sequence[Item]
    failed: bool
    again: bool = False


def items_of_waves(inventory: Inventory, plan: Plan, history: History) -> ItemsOf:
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


# --- gates -------------------------------------------------------------------------------------------------------


def at_gates(plan: Plan, history: History, items: ItemsOf) -> Iterator[Try]:
    """Waves at their gates: a no-go at any gate ends a try, a go at the last one that decides lets it through.

    What confirms or takes back a go before the wave has cut over is part of the same try.
    """
    last = {wave.id: max((g.date, g.id) for g in wave.gates if g.decides)[1] for wave in plan.waves if _decides(wave)}
    any_last = frozenset(last.values())
    for wave, days in sorted(_decided(plan, history).items()):
        gates = {last[wave]} if wave in last else any_last
        tried = sorted(each.date for each in history.actuals.cutovers if each.wave == wave)
        through: dt.date | None = None  # the day of a go after which nothing has been decided or tried
        for day, records in sorted(days.items()):
            if through is not None and any(through <= each < day for each in tried):
                yield Try(items.get(wave, ()), failed=False)
                through = None
            if any(record.decision == "no_go" for record in records):
                yield Try(items.get(wave, ()), failed=True)
                through = None
            elif through is None and any(record.gate in gates for record in records):
                through = day
        if through is not None:
            yield Try(items.get(wave, ()), failed=False)


def _decides(wave: object) -> bool:
    return any(gate.decides for gate in wave.gates)  # type: ignore[attr-defined]


def _decided(plan: Plan, history: History) -> dict[str, dict[dt.date, list[GateRecord]]]:
    """By wave and day, the decisions that held in the evening."""
    found: dict[str, dict[dt.date, list[GateRecord]]] = defaultdict(dict)
    for day in sorted({each.date for each in history.actuals.gates if _known(each.date, history)}):
        taken = [each for each in history.actuals.gates if each.date == day]
        for (wave, _, _), record in History(history.actuals.model_copy(update={"gates": taken}), plan).gates.items():
            found[wave].setdefault(day, []).append(record)
    return found


# --- cutovers ----------------------------------------------------------------------------------------------------


def at_cutovers(history: History, items: ItemsOf) -> Iterator[Try]:
    """Cutovers, every day on which one was tried; and rehearsals in which somebody decided to go on or to roll back.

    One of which a part was rolled back has failed: that part needs another try.
    """
    by_id = {str(item.id): item for each in items.values() for item in each}
    backs: Counter[str] = Counter()
    for record in _tried(history):
        about = [by_id[i] for each in record.items.values() for i in each if i in by_id] or items.get(record.wave, ())
        again = bool(about) and all(backs[str(item.id)] for item in about)
        yield Try(about, record.result != "done", again)
        backs.update(_rolled_back(record, history))
    decided = {
        (each.wave, each.run): each.state
        for each in tasks_by(history.actuals.tasks, history.as_of)
        if each.run is not None and each.state in NIGHT_DECISIONS
    }
    for (wave, _), state in sorted(decided.items()):
        yield Try(items.get(wave, ()), state == "roll_back")


def rollbacks_of(history: History) -> Counter[str]:
    """How often each item was rolled back so far."""
    return Counter(item for record in _tried(history) for item in _rolled_back(record, history))


def _tried(history: History) -> list[CutoverRecord]:
    """Cutovers by day; of one wave and day the last record holds."""
    known = {(each.wave, each.date): each for each in history.actuals.cutovers if _known(each.date, history)}
    return sorted(known.values(), key=lambda each: each.date)


def _rolled_back(record: CutoverRecord, history: History) -> list[str]:
    return [each.item for each in history.outcomes_of(record) if each.result == "rolled_back"]


def tasks_by(records: Iterable[TaskRecord], as_of: dt.date | None) -> list[TaskRecord]:
    """What was said of tasks by the end of a day, in the order in which it happened."""
    found = [each for each in records if as_of is None or each.happened.date() <= as_of]
    return sorted(found, key=lambda each: each.happened.timestamp())


def _known(day: dt.date, history: History) -> bool:
    return history.as_of is None or day <= history.as_of


# --- what has gone elsewhere -------------------------------------------------------------------------------------


def gone_elsewhere(plan: Plan, history: History) -> Iterator[dt.date]:
    """Cutover dates of what was refused or rolled back, and what the plan has in another wave by now."""
    held = {wave.id: frozenset(wave.lots) for wave in plan.waves}
    failed: list[GateRecord | CutoverRecord] = [each for each in history.gates.values() if each.decision == "no_go"]
    failed += [each for each in _tried(history) if each.result != "done"]
    for record in failed:
        lots = frozenset(record.items)
        if record.wave not in held or not lots <= held[record.wave]:
            yield _slot_day(record.wave) or record.date


def _slot_day(wave: str) -> dt.date | None:
    """The day with which a wave's id begins; None for one that no plan of ours has made."""
    try:
        return dt.date.fromisoformat(slot_of(wave)[:10])
    except ValueError:
        return None
