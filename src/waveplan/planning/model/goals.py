"""Goals as integer expressions, each with the units it is scaled by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from waveplan.planning.model.budgets import budget_use
from waveplan.planning.model.cadence import Sequence
from waveplan.planning.model.variables import Linear, Variables

RATIO_SCALE = 10**6
RISK_SCALE = 10**9
_SAFE = 2**60  # CP-SAT refuses sums that could leave 64 bits


@dataclass(frozen=True)
class GoalExpression:
    """Value of a goal × `scale`; `exact` when the scaling itself rounds nothing."""

    expression: Linear
    scale: int
    exact: bool = True


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
        variables, model = self._variables, self._variables.model
        distances, weights = [], []
        for tie in variables.problem.ties:
            one, other = variables.day(tie.first), variables.day(tie.second)
            days = [
                variables.problem.positions[p].day
                for lot in (tie.first, tie.second)
                for p in variables.problem.allowed[lot]
            ]
            distance = model.new_int_var(0, max(days) - min(days), f"days apart {tie.first} {tie.second}")
            model.add(distance >= one - other)
            model.add(distance >= other - one)
            distances.append(distance)
            weights.append(tie.weight)
        return GoalExpression(cp_model.LinearExpr.weighted_sum(distances, weights), variables.problem.weight_scale)

    def _peak_load(self) -> GoalExpression:
        variables = self._variables
        budgets = [variables.problem.budgets[index] for index in variables.problem.peaks]
        limited = [budget for budget in budgets if budget.offer > 0 and budget.terms]
        largest = max((budget.limit for budget in limited), default=1)
        scale = RATIO_SCALE
        while scale > 1 and largest * scale >= _SAFE // 1000:
            scale //= 10
        most = max((-(-budget.limit * scale // budget.offer) for budget in limited), default=scale)
        peak = variables.model.new_int_var(0, most, "peak load")
        for budget in limited:
            variables.model.add(scale * budget_use(variables, budget) <= budget.offer * peak)
        return GoalExpression(peak, scale, exact=False)

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
        return GoalExpression(sum(total), RISK_SCALE, exact=False)

    def _moved_lots(self) -> GoalExpression:
        variables, problem = self._variables, self._variables.problem
        stays = []
        for lot, day in sorted(problem.baseline_day.items()):
            stays += [variables.starts_in[lot, p] for p in problem.allowed[lot] if problem.positions[p].day == day]
        return GoalExpression(len(problem.baseline_day) - sum(stays), 1)
