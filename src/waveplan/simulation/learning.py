"""What has happened taken into account: decisions that hold, and rates that it has made likelier or less likely.

A rate is a Beta distribution whose mean is what the inventory says, as sure as so many tries; each try that was made is
counted in. Spent effort is compared with planned effort in the same way, week by week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from waveplan.domain.history import History
from waveplan.domain.inventory import Inventory
from waveplan.domain.item import Item
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.risks import CutoverRisk, EffortRisk, GateRisk, Risks
from waveplan.domain.simulated import LearntRate
from waveplan.simulation.chances import ON_TIME, first_about
from waveplan.simulation.staging import Held, KnownSoFar
from waveplan.tracking import standing_of

WEIGHT = 20  # tries that what the inventory says of a rate is worth
WEEKS = 8  # weeks that the planned effort is worth
PROMISES = 4  # promises that a half is worth


def learnt_from(inventory: Inventory, plan: Plan, history: History) -> tuple[Inventory, tuple[LearntRate, ...]]:
    """The inventory with rates as they look now, and what was learnt."""
    risks, items = inventory.risks, _items_of_waves(inventory, plan, history)
    gates, said_of_gates = _gates(risks, plan, history, items)
    cutovers, said_of_cutovers = _cutovers(risks, history, items)
    effort, said_of_effort = _effort(risks, plan, history)
    promises = tuple(_promises(inventory, history))
    changed = risks.model_copy(update={"gates": gates, "cutovers": cutovers, "effort": effort})
    said = (*said_of_gates, *said_of_cutovers, *said_of_effort, *promises)
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


def _gates(
    risks: Risks, plan: Plan, history: History, items: Mapping[str, list[Item]]
) -> tuple[list[GateRisk], list[LearntRate]]:
    deciding = {(wave.id, gate.id) for wave in plan.waves for gate in wave.gates if gate.decides}
    counts: dict[int, list[int]] = {}
    for (wave, gate, _), record in history.gates.items():
        entry = first_about(risks.gates, items.get(wave, []))
        if entry is not None and ((wave, gate) in deciding or record.decision == "no_go"):
            number = next(n for n, each in enumerate(risks.gates) if each is entry)
            tried = counts.setdefault(number, [0, 0])
            tried[0] += 1
            tried[1] += record.decision == "no_go"
    found, said = list(risks.gates), []
    for number, (tries, hits) in sorted(counts.items()):
        before = found[number].probability
        after = _updated(before, WEIGHT, tries, hits)
        found[number] = found[number].model_copy(update={"probability": after})
        said.append(LearntRate("gates", str(number + 1), float(before), WEIGHT, tries, hits, float(after)))
    return found, said


def _cutovers(
    risks: Risks, history: History, items: Mapping[str, list[Item]]
) -> tuple[list[CutoverRisk], list[LearntRate]]:
    counts: dict[int, list[int]] = {}
    for wave, record in history.cutovers.items():
        entry = first_about(risks.cutovers, items.get(wave, []))
        if entry is not None:
            number = next(n for n, each in enumerate(risks.cutovers) if each is entry)
            tried = counts.setdefault(number, [0, 0])
            tried[0] += 1
            tried[1] += record.result == "rolled_back"
    found, said = list(risks.cutovers), []
    for number, (tries, hits) in sorted(counts.items()):
        before = found[number].probability
        after = _updated(before, WEIGHT, tries, hits)
        found[number] = found[number].model_copy(update={"probability": after})
        said.append(LearntRate("cutovers", str(number + 1), float(before), WEIGHT, tries, hits, float(after)))
    return found, said


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
    names = ("low", "likely", "high", "p50", "p90")
    scaled = [
        each.model_copy(update={n: value * factor for n in names if (value := getattr(each, n)) is not None})
        for each in risks.effort
    ]
    return scaled, said


def _promises(inventory: Inventory, history: History) -> Iterator[LearntRate]:
    """How often milestones of others came on their day."""
    promised = {each.id: each.date for each in inventory.external_milestones}
    reached = [(record.reached, promised[name]) for name, record in history.milestones.items() if name in promised]
    kept = [day <= due for day, due in reached if day is not None]
    if kept:
        after = _updated(ON_TIME, PROMISES, len(kept), sum(kept))
        yield LearntRate("on_time", "", float(ON_TIME), PROMISES, len(kept), sum(kept), float(after))


def known_of(plan: Plan, history: History, as_of: dt.date, risks: Risks) -> KnownSoFar:
    """What is done, and what has been decided of what is not."""
    lots = plan.lots_by_id()
    held: dict[str, Held] = {}
    mixed = ""
    for wave in plan.waves_in_order():
        items = [item for lot in wave.lots if lot in lots for item in lots[lot].items]
        done = [item in history.done for item in items]
        if any(done) and not all(done):
            mixed = mixed or wave.id
        elif not any(done):
            held[wave.id] = _held(wave, items, history, as_of, risks)
    return KnownSoFar(standing_of(history, plan, as_of, 0), held, mixed=mixed)


def _held(wave: Wave, items: Sequence[str], history: History, as_of: dt.date, risks: Risks) -> Held:
    """A rollback or a no-go moves a wave, a go lets it begin; what is not recorded has still to be decided."""
    back = [record for record in history.actuals.cutovers if record.wave == wave.id and record.result == "rolled_back"]
    tomorrow = as_of + dt.timedelta(days=1)
    if back and all(item in history.outcomes for item in items):
        again = max((each.again_days for each in risks.cutovers), default=0)
        return Held(not_before=max(tomorrow, back[-1].date + dt.timedelta(days=again)), rollbacks=len(back))
    if history.given_up(wave) or wave.date <= as_of:
        notice = max((each.notice_days for each in risks.gates), default=0)
        last = max((gate.date for gate in wave.gates if gate.decides), default=as_of)
        return Held(not_before=max(tomorrow, last + dt.timedelta(days=notice)))
    deciding = [gate.id for gate in wave.gates if gate.decides]
    decided = [history.decision(wave.id, gate) for gate in deciding]
    goes = bool(decided) and all(each is not None and each.decision != "no_go" for each in decided)
    return Held(goes=goes)
