"""The sequence of a stream's waves: cadence, ordinals, hypercare and gates."""

from __future__ import annotations

from waveplan.domain.items import Items
from waveplan.domain.policy import Gate, Policy
from waveplan.domain.problem import GateRule, Position, Stage, StreamRules
from waveplan.lots import Lot
from waveplan.planning.facts import Facts

_NEAR_START = 21  # days: no run of weekends and holidays pushes a gate further than that

_NOWHERE = ""  # stands for the ordinary weekend of lots without a site


def stream_rules(facts: Facts, stream: int) -> StreamRules:
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

    def __init__(self, facts: Facts, policy: Policy, lots: dict[int, Lot]) -> None:
        self._facts = facts
        self._gates = policy.gates
        self._places: dict[tuple[str | None, str | None], str] = {}  # one site for each calendar
        found: dict[int, set[tuple[str | None, str | None]]] = {}
        for index, lot in lots.items():
            for place in lot.places or (_NOWHERE,):
                site = facts.items.sites.get(place)
                key = (site.country, site.subdivision) if site else (None, None)
                self._places.setdefault(key, place)
                found.setdefault(index, set()).add(key)
        self._number = {key: number for number, key in enumerate(self._places)}
        self.groups = {index: tuple(sorted(self._number[key] for key in keys)) for index, keys in found.items()}

    def deciding(self, positions: tuple[Position, ...]) -> dict[int, tuple[GateRule, ...]]:
        """Deciding gates by position; the last of them is on or after a day when any of them is."""
        gates = [gate for gate in self._gates if gate.decides]
        return {p.index: tuple(self._rule(gate, p) for gate in gates) for p in positions} if gates else {}

    def early(self, positions: tuple[Position, ...]) -> dict[int, tuple[GateRule, ...]]:
        """Gates on working days that several calendars together could push before the programme's start."""
        moved = [gate for gate in self._gates if gate.working_day]
        found: dict[int, tuple[GateRule, ...]] = {}
        for position in positions if len(self._number) > 1 else ():
            near = [gate for gate in moved if 0 <= self._base(gate, position) < _NEAR_START]
            if near:
                found[position.index] = tuple(self._rule(gate, position) for gate in near)
        return found

    def _base(self, gate: Gate, position: Position) -> int:
        return self._facts.day(self._facts.calendar.gate_base(gate, self._facts.slots[position.slot].date))

    def _rule(self, gate: Gate, position: Position) -> GateRule:
        number = self._base(gate, position)
        off: dict[int, frozenset[int]] = {}
        if gate.working_day:
            for day in range(number, number - _NEAR_START, -1):
                off[day] = self._off(day)
        return GateRule(number, off)

    def _off(self, day: int) -> frozenset[int]:
        date = self._facts.date(day)
        is_working_day = self._facts.calendar.is_working_day
        return frozenset(
            self._number[key]
            for key, site in self._places.items()
            if not is_working_day((site,) if site != _NOWHERE else (), date)
        )
