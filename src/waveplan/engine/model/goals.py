"""Goals as integer expressions, each with the units it is scaled by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from waveplan.engine.model.budgets import budget_use
from waveplan.engine.model.cadence import Sequence
from waveplan.engine.model.sums import SAFE, Term
from waveplan.engine.model.variables import Linear, Variables
from waveplan.engine.presolve.directions import directions, pair_of
from waveplan.engine.problem.limits import Budget

RATIO_SCALE = 10**6
RISK_SCALE = 10**9
_TOLD = 2**52  # an objective up to that is told exactly by the solver's floating point
_PARTS = 1_000  # of a ratio's unit: shares of a limit are rounded down to them


@dataclass(frozen=True)
class GoalExpression:
    """Value of a goal × `scale`.

    Where that cannot be told in one expression, `terms` and their `unit` tell it exactly, to be held, and the
    expression is never more than the value.
    """

    expression: Linear
    scale: int
    terms: tuple[Term, ...] = ()
    unit: int = 1


class Goals:
    """Builds each goal when it is first asked for."""

    def __init__(self, variables: Variables, sequences: list[Sequence], bounds: dict[str, int]) -> None:
        self._variables = variables
        self._sequences = sequences
        self._bounds = bounds
        self._known: dict[str, GoalExpression] = {}

    def __getitem__(self, name: str) -> GoalExpression:
        builders: dict[str, Callable[[], GoalExpression]] = {
            "finish": self._finish,
            "waves": self._waves,
            "coexistence": self._coexistence,
            "peak_load": self._peak_load,
            "criticality_risk": self._criticality_risk,
            "moved_lots": self._moved_lots,
        }
        if name not in self._known:
            self._known[name] = builders[name]()
        return self._known[name]

    def _finish(self) -> GoalExpression:
        variables, problem = self._variables, self._variables.problem
        latest = max(last for care in problem.hypercare for _, last in care.values())
        least = max(0, self._bounds.get("finish", 0))
        finish = variables.model.new_int_var(least, max(least, latest), "finish")  # all may be done before the start
        for lot, positions in enumerate(problem.allowed):
            lasts = [problem.hypercare[lot][position][1] for position in positions]
            literals = [variables.starts_in[lot, position] for position in positions]
            variables.model.add(finish >= cp_model.LinearExpr.weighted_sum(literals, lasts))
        for position, used in variables.used.items():
            soonest = min(problem.hypercare[lot][position][1] for lot in variables.lots_at[position])
            variables.model.add(finish >= soonest * used)
        return GoalExpression(finish, 1)

    def _waves(self) -> GoalExpression:
        total = sum(self._variables.used.values())
        self._variables.model.add(total >= self._bounds.get("waves", 0))
        return GoalExpression(total, 1)

    def _coexistence(self) -> GoalExpression:
        """Σ weight × days; where it is known which lot comes first, the days need no variable of their own."""
        variables, model = self._variables, self._variables.model
        terms: list[Term] = []
        allowed, pairs = variables.problem.allowed, [pair_of(tie) for tie in variables.problem.ties]
        first = {} if variables.present else directions(variables.problem, allowed, pairs)
        for tie, pair in zip(variables.problem.ties, pairs, strict=True):
            one, other = variables.day(tie.first), variables.day(tie.second)
            days = [
                variables.problem.positions[p].day
                for lot in (tie.first, tie.second)
                for p in variables.problem.allowed[lot]
            ]
            if tie.first != tie.second and pair in first:
                apart = other - one if first[pair] == tie.first else one - other
                terms.append((tie.weight, apart, max(days) - min(days)))
                continue
            distance = model.new_int_var(0, max(days) - min(days), f"days apart {tie.first} {tie.second}")
            model.add(distance >= one - other)
            model.add(distance >= other - one)
            terms.append((tie.weight, distance, max(days) - min(days)))
        unit, most = variables.problem.weight_scale, sum(weight * days for weight, _, days in terms)
        if most <= _TOLD:
            return GoalExpression(_sum(terms), unit)
        scale = max(1, unit * _TOLD // most)
        rounded = [(weight * scale // unit, distance, days) for weight, distance, days in terms]
        return GoalExpression(_sum(rounded), scale, tuple(terms), unit)

    def _peak_load(self) -> GoalExpression:
        variables = self._variables
        budgets = [variables.problem.budgets[index] for index in variables.problem.peaks]
        limited = [budget for budget in budgets if budget.offer > 0 and budget.terms]
        most_used = max((-(-budget.limit * RATIO_SCALE // budget.offer) for budget in limited), default=RATIO_SCALE)
        peak = variables.model.new_int_var(0, max(RATIO_SCALE, most_used), "peak load")
        for budget in limited:
            most = sum(variables.most(pool, position) * weight for pool, position, weight in budget.terms)
            if RATIO_SCALE * (most + budget.limit) <= SAFE:
                variables.model.add(RATIO_SCALE * budget_use(variables, budget) <= budget.offer * peak)
            else:
                variables.model.add(self._shares(budget) <= _PARTS * peak)
        return GoalExpression(peak, RATIO_SCALE)

    def _shares(self, budget: Budget) -> Linear:
        """What is used of a budget, in parts of its offer; what is more than the limit fits nowhere anyway."""
        whole = RATIO_SCALE * _PARTS
        most = 2 * whole * -(-budget.limit // budget.offer)
        parts: Linear = 0
        for pool, position, weight in budget.terms:
            for amount, literal in self._variables.brought(pool, position):
                parts += min(weight * amount * whole // budget.offer, most) * literal
        return parts

    def _criticality_risk(self) -> GoalExpression:
        variables, model = self._variables, self._variables.model
        points = dict(enumerate(variables.problem.points))
        total = []
        for sequence in self._sequences:
            for number, position in enumerate(sequence.positions, start=1):
                lots = variables.lots_at[position]
                most = sum(points[lot] for lot in lots)
                held = model.new_int_var(0, most, f"points at {position}")
                model.add(held == variables.total(lots, points, position))
                risk = model.new_int_var(0, most * RISK_SCALE, f"risk at {position}")
                for ordinal in range(1, number + 1):
                    is_so_early = model.new_bool_var(f"{position} is wave {ordinal} or earlier")
                    model.add(sequence.count[position] > ordinal).only_enforce_if(~is_so_early)
                    model.add(risk >= (RISK_SCALE // ordinal) * held).only_enforce_if(is_so_early)
                total.append(risk)
        return GoalExpression(sum(total), RISK_SCALE)

    def _moved_lots(self) -> GoalExpression:
        variables, problem = self._variables, self._variables.problem
        stays = []
        for lot, day in sorted(problem.baseline_day.items()):
            stays += [variables.starts_in[lot, p] for p in problem.allowed[lot] if problem.positions[p].day == day]
        return GoalExpression(len(problem.baseline_day) - sum(stays), 1)


def _sum(terms: list[Term]) -> Linear:
    return cp_model.LinearExpr.weighted_sum(
        [expression for _, expression, _ in terms], [weight for weight, _, _ in terms]
    )
