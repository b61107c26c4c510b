"""The whole model: every rule added, goals on demand, hints and holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil, floor

from ortools.sat.python import cp_model

from waveplan.engine.model.budgets import add_budgets
from waveplan.engine.model.cadence import (
    Sequence,
    add_earliest_waves,
    add_gaps,
    add_sequence,
    add_sum_limits,
    add_weeks,
)
from waveplan.engine.model.goals import GoalExpression, Goals
from waveplan.engine.model.groups import add_group_orders, add_preludes
from waveplan.engine.model.hypercare import GateModel, add_waves_at_once
from waveplan.engine.model.orders import add_aparts, add_precedences
from waveplan.engine.model.slots import add_placement, add_slot_unions, add_union_limits
from waveplan.engine.model.sums import add_at_most
from waveplan.engine.model.variables import Variables
from waveplan.engine.model.watched import Over
from waveplan.engine.model.windows import WindowModel
from waveplan.engine.problem import PlanningProblem


class ProblemModel:
    """A CP-SAT model of a planning problem."""

    def __init__(self, variables: Variables, sequences: list[Sequence], bounds: dict[str, int]) -> None:
        self.model: cp_model.CpModel = variables.model
        self.variables = variables
        self._goals = Goals(variables, sequences, bounds)

    def goal(self, name: str) -> GoalExpression:
        """A goal as an expression; its variables join the model when it is first asked for."""
        return self._goals[name]

    def minimise(self, goal: GoalExpression) -> None:
        """Make a goal the objective."""
        self.model.clear_objective()  # type: ignore[no-untyped-call]
        self.model.minimize(goal.expression)

    def hold(self, goal: GoalExpression, value: Fraction, room: Fraction) -> None:
        """Keep a goal from getting worse than a value, and some room, from now on."""
        if goal.terms:
            add_at_most(self.model, goal.terms, floor((value + room) * goal.unit))
        else:
            self.model.add(goal.expression <= ceil(value * goal.scale) + floor(room * goal.scale))

    def raise_to(self, goal: GoalExpression, bound: Fraction) -> None:
        """Tell the model a proven bound: no solution has less."""
        if not goal.terms:
            self.model.add(goal.expression >= floor(bound * goal.scale))

    def better_than(self, goal: GoalExpression, value: Fraction) -> cp_model.CpModel:
        """A copy whose solutions are better than a value, however little."""
        copy = self.model.clone()
        add_at_most(copy, goal.terms, ceil(value * goal.unit) - 1)
        return copy

    def fix(self, lot: int, position: int) -> None:
        """Put a lot into a position for good."""
        self.model.add(self.variables.starts_in[lot, position] == 1)

    def hint(self, assignment: Mapping[int, int]) -> None:
        """Suggest where lots start; lots that are left out are not hinted."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        taken = set(assignment.values())
        for (lot, position), literal in self.variables.starts_in.items():
            if lot in assignment:
                self.model.add_hint(literal, assignment[lot] == position)
        for position, used in self.variables.used.items():
            self.model.add_hint(used, position in taken)

    def is_whole(self, assignment: Mapping[int, int]) -> bool:
        """Whether every lot has a place that its own rules allow."""
        lots = range(len(self.variables.problem.lots))
        return all((lot, assignment.get(lot)) in self.variables.starts_in for lot in lots)

    def keep(self, values: Iterable[int]) -> None:
        """Suggest a whole solution: the start of whatever comes next."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(values):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def assignment(self, values: tuple[int, ...]) -> dict[int, int]:
        """Where each lot starts in a solution."""
        return {lot: p for (lot, p), literal in self.variables.starts_in.items() if values[literal.index]}

    def without_objective(self, hinted: bool = False) -> cp_model.CpModel:
        """A copy that asks only whether a plan exists, with or without what is hinted.

        Hints are of no use to a proof; and with them, without presolve and interleaved, OR-Tools 9.15 ends the process
        (`heuristics.fixed_search != nullptr`).
        """
        copy = self.model.clone()
        copy.clear_objective()  # type: ignore[no-untyped-call]
        if not hinted:
            copy.clear_hints()  # type: ignore[no-untyped-call]
        return copy


def assemble(problem: PlanningProblem, bounds: dict[str, int], over: Over | None = None) -> ProblemModel:
    """Build the model with all hard rules; `bounds` are proven lower bounds of goals by name.

    When time is `over` before it is whole, it is given up (ModelGivenUpError).
    """
    variables = Variables(problem, over=over)
    return ProblemModel(variables, add_rules(variables), bounds)


def add_rules(variables: Variables) -> list[Sequence]:
    """Every hard rule, once; the sequences of waves by stream."""
    problem = variables.problem
    add_placement(variables)
    sequences = [add_sequence(variables, rules) for rules in problem.streams]
    for stream, sequence in enumerate(sequences):
        add_gaps(variables, sequence)
        add_weeks(variables, sequence)
        add_earliest_waves(variables, sequence)
        add_sum_limits(variables, sequence, [limit for limit in problem.wave_limits if limit.stream == stream])
        add_union_limits(variables, sequence, [limit for limit in problem.union_limits if limit.stream == stream])
        add_waves_at_once(variables, sequence)
        gates = GateModel(variables, sequence)
        gates.add_early()
        gates.add_before_next_gate()
    add_budgets(variables)
    add_slot_unions(variables)
    windows = WindowModel(variables)
    windows.add_work()
    windows.add_fits()
    windows.add_downtimes()
    add_precedences(variables)
    add_aparts(variables)
    add_group_orders(variables)
    add_preludes(variables)
    return sequences
