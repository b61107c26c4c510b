"""Waves in hypercare at once, hypercare before the next gate, gates on or after the programme's start."""

from __future__ import annotations

from collections import defaultdict

from waveplan.domain.problem import GateRule
from waveplan.planning.model.cadence import Sequence
from waveplan.planning.model.variables import Literal, Variables


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
    """Gates that move to working days of whatever calendars a wave has."""

    def __init__(self, variables: Variables, sequence: Sequence) -> None:
        self._variables = variables
        self._sequence = sequence
        groups: dict[int, set[int]] = defaultdict(set)
        for lot, found in sequence.rules.gate_groups.items():
            for group in found:
                groups[group].add(lot)
        self._lots_of = {group: frozenset(lots) for group, lots in groups.items()}

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
        return self._on_or_after(position, self._sequence.rules.deciding_gates[position], last + 15) is True

    def _require(self, wanted: Literal | bool, given: list[Literal], unless: list[Literal] | None = None) -> None:
        if wanted is not True:
            clause = [~literal for literal in given] + list(unless or ())
            self._variables.model.add_bool_or(clause if wanted is False else [*clause, wanted])

    def _on_or_after(self, position: int, rules: tuple[GateRule, ...], day: int) -> Literal | bool:
        """Whether one of some gates is on or after a day: True, False, or a literal that implies it."""
        ways: list[list[Literal]] = []
        for rule in rules:
            for each in range(rule.base, day - 1, -1):
                absent = self._absent(position, rule.off.get(each, frozenset()))
                if not absent:
                    return True
                if absent not in ways:
                    ways.append(absent)
        if not ways:
            return False
        options = []
        for absent in ways:
            option = self._variables.model.new_bool_var(f"gate at {position} from {day}")
            for literal in absent:
                self._variables.model.add_implication(option, ~literal)
            options.append(option)
        wanted = self._variables.model.new_bool_var(f"gate at {position} on or after {day}")
        self._variables.model.add_bool_or(options).only_enforce_if(wanted)
        return wanted

    def _absent(self, position: int, groups: frozenset[int]) -> list[Literal]:
        literals = [self._variables.touched(position, self._lots_of[group]) for group in sorted(groups)]
        return [literal for literal in literals if literal is not None]
