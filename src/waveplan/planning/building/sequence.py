"""The sequence of a stream's waves: cadence, ordinals, hypercare and gates."""

from __future__ import annotations

import datetime as dt

from waveplan.domain.items import Items
from waveplan.domain.policy import Gate, Policy
from waveplan.engine.problem import Position
from waveplan.engine.problem.rhythm import GateDay, GateRule, Stage, StreamRules
from waveplan.lots.lot import Lot
from waveplan.planning.facts.facts import PlanningFacts

_NOWHERE = ""  # stands for the ordinary weekend of lots without a site


def stream_rules(facts: PlanningFacts, stream: int) -> StreamRules:
    """What governs one stream's waves."""
    name = facts.streams[stream]
    policy = facts.items.policies[name]
    positions = tuple(position for position in facts.positions if position.stream == stream)
    lots = {index: lot for index, lot in enumerate(facts.lots) if lot.stream == name}
    gates = _Gates(facts, policy, lots)
    ordinals = {index: earliest_wave(facts.items, policy, lot) for index, lot in lots.items()}
    return StreamRules(
        name=name,
        positions=tuple(position.index for position in positions),
        stages=_stages(policy),
        max_waves_at_once=policy.hypercare.max_waves_at_once,
        before_next_gate=policy.hypercare.before_next_gate,
        earliest_wave={index: first for index, first in ordinals.items() if first > 1},
        gate_groups=gates.groups,
        deciding_gates=gates.deciding(positions) if policy.hypercare.before_next_gate else {},
        gates=gates.early(positions),
    )


def earliest_wave(items: Items, policy: Policy, lot: Lot) -> int:
    """The first ordinal that a lot's items allow: by their criticality, by rules, by what they say themselves."""
    ordinals = policy.earliest_wave_by_criticality
    first = max(max(ordinals.get(item.entry.criticality, 1), item.entry.earliest_wave or 1) for item in lot.items)
    ruled = (rule.earliest_wave or 1 for item in lot.items for rule in items.rules_for(item))
    return max(first, max(ruled, default=1))


def _stages(policy: Policy) -> tuple[Stage, ...]:
    if not policy.cadence:
        return (Stage(None, 0, None),)
    stages = [Stage(stage.waves, stage.min_gap_days, stage.max_waves_per_week) for stage in policy.cadence]
    last = stages[-1]
    stages[-1] = Stage(None, last.min_gap_days, last.max_waves_per_week)  # the last stage goes on
    return tuple(stages)


class _Gates:
    """Gates of one stream: on which days they may fall, by the calendars of the lots in the wave."""

    def __init__(self, facts: PlanningFacts, policy: Policy, lots: dict[int, Lot]) -> None:
        self._facts = facts
        self._gates = policy.gates
        self._rules: dict[tuple[str, int], GateRule] = {}
        self._off_on: dict[int, frozenset[int]] = {}
        self._places: dict[tuple[str | None, str | None], str] = {}  # one site for each calendar
        found: dict[int, set[tuple[str | None, str | None]]] = {}
        for index, lot in lots.items():
            for place in lot.places or (_NOWHERE,):
                site = facts.items.sites.get(place)
                key = (site.country, site.subdivision) if site else (None, None)
                self._places.setdefault(key, place)
                found.setdefault(index, set()).add(key)
        self._number = {key: number for number, key in enumerate(self._places)}
        calendar, sites = facts.calendar, [(() if site == _NOWHERE else (site,)) for site in self._places.values()]
        self._work = [calendar.work_days(own) for own in sites]
        self.groups = {index: tuple(sorted(self._number[key] for key in keys)) for index, keys in found.items()}

    def deciding(self, positions: tuple[Position, ...]) -> dict[int, tuple[GateRule, ...]]:
        """Deciding gates by position; the last of them is on or after a day when any of them is."""
        gates = [gate for gate in self._gates if gate.decides]
        return {p.index: tuple(self._rule(gate, p) for gate in gates) for p in positions} if gates else {}

    def early(self, positions: tuple[Position, ...]) -> dict[int, tuple[GateRule, ...]]:
        """Gates that several calendars together could push before the programme's start."""
        moved = [gate for gate in self._gates if gate.working_day or gate.working_days_before]
        found: dict[int, tuple[GateRule, ...]] = {}
        for position in positions if len(self._number) > 1 else ():
            rules = [self._rule(gate, position) for gate in moved]
            near = tuple(rule for rule in rules if rule.days and rule.surely is None)
            if near:
                found[position.index] = near
        return found

    def _rule(self, gate: Gate, position: Position) -> GateRule:
        """Days from the latest that the gate can have back to one that suits all calendars, or to the start."""
        key = (gate.id, position.slot)
        if key not in self._rules:
            self._rules[key] = self._made(gate, self._facts.slots[position.slot].date)
        return self._rules[key]

    def _made(self, gate: Gate, cutover: dt.date) -> GateRule:
        needed = gate.working_days_before or 0
        base = self._facts.day(cutover) - (1 if needed else gate.days_before or 0)
        sits = self._facts.calendar.sittings(gate)
        free = bool(gate.working_day)
        days: list[GateDay] = []
        for day in range(base, -1, -1):
            off = self._off(day) if free or needed else frozenset()
            barred = None if sits and not sits(self._facts.date(day)) else off if free or not sits else frozenset[int]()
            days.append(GateDay(off, barred))
            needed -= not off
            if needed <= 0 and barred is not None and not barred:
                break
        return GateRule(base, tuple(days), gate.working_days_before or 0)

    def _off(self, day: int) -> frozenset[int]:
        if day not in self._off_on:
            date = self._facts.date(day)
            self._off_on[day] = frozenset(number for number, work in enumerate(self._work) if not work.works(date))
        return self._off_on[day]
