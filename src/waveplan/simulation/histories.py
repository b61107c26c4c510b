"""One history as documents: the plan as it came out, and the actuals that tell how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from waveplan.domain.actuals import Actuals, CutoverRecord, GateRecord, MilestoneRecord
from waveplan.domain.plan import Plan
from waveplan.engine.simulation import layout as by
from waveplan.engine.simulation.playing import Scene, play_histories
from waveplan.planning.building.problem_builder import build_problem
from waveplan.planning.facts.facts import PlanningFacts
from waveplan.planning.stating.plan_builder import build_plan
from waveplan.simulation.sampling import Ints
from waveplan.simulation.staging import Staging

_LOGGED = 10_000  # entries of one history
_KINDS = {by.NO_GO: "no_go", by.CALLED_OFF: "no_go", by.ROLLED_BACK: "rolled_back", by.FINISHED: "done"}


@dataclass(frozen=True)
class HistoryDocuments:
    """The last day of a history, what was recorded until then, and where everything came to stand."""

    plan: Plan
    actuals: Actuals
    as_of: dt.date


def history_documents(staging: Staging, scene: Scene, sample: Ints, key: Ints) -> HistoryDocuments | None:
    """Play one history (a sample of one row) and write it down; None when not everything came to its end."""
    played = play_histories(scene, sample, key, logged=_LOGGED)
    if (played.places < 0).any():
        return None
    places = {lot: int(place) for lots, place in zip(staging.lots, played.places[0], strict=True) for lot in lots}
    entries = [(staging.lots[unit], place, kind, day) for unit, place, kind, day, _ in played.log.tolist()]
    return written_down(staging, places, entries, sample)


def written_down(
    staging: Staging, places: Mapping[int, int], entries: Sequence[tuple[Sequence[int], int, int, int]], sample: Ints
) -> HistoryDocuments:
    """A history as documents: where every lot ended, what happened (lots, place, kind, day), and its numbers."""
    facts = staging.facts
    gates: list[GateRecord] = []
    cutovers: list[CutoverRecord] = []
    for lots, place, kind, day in entries:
        position = staging.problem.planning.positions[place]
        wave, date = facts.wave_id(position), facts.date(day)
        items = {facts.lots[lot].id: [str(i.id) for i in facts.lots[lot].items] for lot in lots}
        if _KINDS[kind] == "no_go":
            gate = next((each.id for each in facts.policy(facts.lots[lots[0]]).gates if each.decides), "")
            gates.append(GateRecord(wave=wave, gate=gate, date=date, decision="no_go", lots=sorted(items), items=items))
        else:
            start = facts.date(position.day)
            cutovers.append(CutoverRecord(wave=wave, date=start, result=_KINDS[kind], items=items))
    actuals = Actuals(gates=gates, cutovers=cutovers, milestones=list(_milestones(staging, sample)))
    record = staging.plan.solve.model_copy(update={"goals": []})  # nothing was sought: nothing is proven
    plan = build_plan(facts, build_problem(facts).problem, places, record, staging.plan.inventory)
    return HistoryDocuments(plan, actuals, facts.date(max(day for *_, day in entries)))


def stated_for(plan: Plan, facts: PlanningFacts) -> Plan | None:
    """The same waves as a plan of another inventory with the same lots; None when it lacks one of their slots."""
    number = {str(lot.id): index for index, lot in enumerate(facts.lots)}
    place = {facts.wave_id(position): position.index for position in facts.positions}
    if any(wave.id not in place for wave in plan.waves):
        return None
    where = {number[lot]: place[wave.id] for wave in plan.waves for lot in wave.lots}
    return build_plan(facts, build_problem(facts).problem, where, plan.solve, plan.inventory)


def _milestones(staging: Staging, sample: Ints) -> Iterable[MilestoneRecord]:
    """When what others promised has come, as drawn."""
    first = 3 * len(staging.problem.events)
    for number, (name, each) in enumerate(zip(staging.milestone_ids, staging.problem.milestones, strict=True)):
        drawn, day = int(sample[0][first + number]), each.promised
        if drawn >= each.kept:
            share = ((drawn - each.kept) << 20) // (by.SURE - each.kept) << 12
            knot, rest = share * by.KNOTS >> 32, (share * by.KNOTS & 0xFFFFFFFF) >> 12
            table = staging.problem.spreads[each.late_spread]
            late = table[knot] + ((table[knot + 1] - table[knot]) * rest >> 20)
            day = each.late_from + -(-late // by.WHOLE)
        reached = staging.facts.date(day)
        yield MilestoneRecord(id=name, reached=reached)
