"""Waves in hypercare at once, hypercare before the next gate, gates on or after the programme's start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.engine.model.cadence import Sequence
from waveplan.engine.model.variables import Literal, Variables
from waveplan.engine.problem.rhythm import GateRule


def add_waves_at_once(variables: Variables, sequence: Sequence) -> None:
    """WP331: on each day at most so many of the stream's waves are in hypercare."""
    most = sequence.rules.max_waves_at_once
    if most is None:
        return
    watching: dict[int, list[Literal]] = defaultdict(list)
    given: dict[int, int] = defaultdict(int)  # by day: waves that are done
    for position in sequence.positions:
        spans = [variables.problem.hypercare[lot][position] for lot in variables.lots_at[position]]
        for day in range(min(first for first, _ in spans), max(last for _, last in spans) + 1):
            watched = variables.in_hypercare(position, day)
            if watched is not None:
                watching[day].append(watched)
                given[day] += position in sequence.rules.done
    for day, literals in watching.items():
        if len(literals) > max(most, given[day]):
            variables.model.add(sum(literals) <= max(most, given[day]))


class GateModel:
    """Gates that go by the working days of whatever calendars a wave has."""

    def __init__(self, variables: Variables, sequence: Sequence) -> None:
        self._variables = variables
        self._sequence = sequence
        groups: dict[int, set[int]] = defaultdict(set)
        for lot, found in sequence.rules.gate_groups.items():
            for group in found:
                groups[group].add(lot)
        self._lots_of = {group: frozenset(lots) for group, lots in groups.items()}
        self._free: dict[tuple[int, frozenset[int]], Literal] = {}

    def add_early(self) -> None:
        """WP333: no gate falls before the programme's start."""
        for position in self._sequence.positions:
            for rule in self._sequence.rules.gates.get(position, ()):
                self._require(self._on_or_after(position, (rule,), 0), [self._variables.used[position]])

    def add_before_next_gate(self) -> None:
        """WP332: the next wave's last deciding gate is later than this wave's last hypercare day."""
        if not self._sequence.rules.before_next_gate or not self._sequence.rules.deciding_gates:
            return
        positions = self._sequence.positions
        for number, earlier in enumerate(positions):
            lots = self._variables.lots_at[earlier]
            lasts = sorted({self._variables.problem.hypercare[lot][earlier][1] for lot in lots})
            between: list[Literal] = []
            for later in positions[number + 1 :]:
                for last in lasts if not self._sequence.rules.both_done(earlier, later) else ():
                    self._pair(earlier, later, last, between)
                between.append(self._variables.used[later])
                if self._surely_after(later, lasts[-1]):
                    break

    def _pair(self, earlier: int, later: int, last: int, between: list[Literal]) -> None:
        reaches = self._variables.hypercare_reaches(earlier, last)
        free = self._on_or_after(later, self._sequence.rules.deciding_gates[later], last + 1)
        if reaches is not None:
            self._require(free, [reaches, self._variables.used[later]], between)

    def _surely_after(self, position: int, last: int) -> bool:
        """Whether a gate is later whatever calendars the wave has, and so are those of all waves that follow."""
        sure = (rule.surely for rule in self._sequence.rules.deciding_gates[position])
        return any(day is not None and day > last for day in sure)

    def _require(self, wanted: Literal | bool, given: list[Literal], unless: list[Literal] | None = None) -> None:
        if wanted is not True:
            clause = [~literal for literal in given] + list(unless or ())
            self._variables.model.add_bool_or(clause if wanted is False else [*clause, wanted])

    def _on_or_after(self, position: int, rules: tuple[GateRule, ...], day: int) -> Literal | bool:
        """Whether one of some gates is on or after a day: True, False, or a literal that implies it."""
        options: list[Literal] = []
        for rule in rules:
            if rule.surely is not None and rule.surely >= day:
                return True
            options += self._ways(position, rule, day)
        if not options:
            return False
        wanted = self._variables.model.new_bool_var(f"gate at {position} on or after {day}")
        self._variables.model.add_bool_or(options).only_enforce_if(wanted)
        return wanted

    def _ways(self, position: int, rule: GateRule, day: int) -> Iterator[Literal]:
        """For each day from a first one on which the gate may fall: a literal that implies that it may fall on it."""
        counted: list[frozenset[int]] = []
        seen: set[tuple[frozenset[int], int]] = set()
        for each in rule.days[: max(rule.base - day + 1, 0)]:
            counted.append(each.off)
            if each.barred is None or len(counted) < rule.needed:
                continue
            way = (each.barred, len(counted) if rule.needed else 0)
            if way not in seen:  # with nothing to count, the same calendars in the way are the same way
                seen.add(way)
                yield self._way(position, each.barred, counted, rule.needed)

    def _way(self, position: int, barred: frozenset[int], counted: list[frozenset[int]], needed: int) -> Literal:
        option = self._variables.model.new_bool_var(f"gate at {position}")
        for literal in self._absent(position, barred):
            self._variables.model.add_implication(option, ~literal)
        if needed:
            free = [self._freely(position, off) for off in counted]
            self._variables.model.add(sum(free) >= needed).only_enforce_if(option)
        return option

    def _freely(self, position: int, off: frozenset[int]) -> Literal:
        """A literal that implies that none of some calendars is in the wave."""
        key = (position, off)
        if key not in self._free:
            self._free[key] = self._variables.model.new_bool_var(f"free at {position}")
            for literal in self._absent(position, off):
                self._variables.model.add_implication(self._free[key], ~literal)
        return self._free[key]

    def _absent(self, position: int, groups: frozenset[int]) -> list[Literal]:
        literals = [self._variables.touched(position, self._lots_of[group]) for group in sorted(groups)]
        return [literal for literal in literals if literal is not None]
