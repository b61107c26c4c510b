"""WP392: what the plan says of its proofs does not contradict itself. Whether it is true takes a search to tell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from waveplan.checking.facts import Facts
from waveplan.checking.goals import PLACES
from waveplan.checking.wording import finding, number
from waveplan.domain.findings import Finding
from waveplan.domain.solve_record import GoalRecord

CODE = "WP392"
WHOLE = {"finish", "waves", "moved_lots"}  # goals whose values are whole numbers: nothing of them is rounded
_LAST_PLACE = Fraction(1, 10**PLACES)
_OPTIMAL = "goal {goal} is said to be optimal, but its bound {bound} is not its value {value}"
_BEYOND = "goal {goal} states a bound of {bound} above its value {value}: no bound can lie beyond what is reached"
_GAP = "goal {goal} states a gap of {gap}; value {value} and bound {bound} make it {right}"
_STATUS = "goal {goal} is said to be {status}, which does not go with its bound {bound} and value {value}"


def check_stated_proofs(facts: Facts) -> Iterator[Finding]:
    """One finding for each goal of the record of the solve that contradicts itself."""
    for index, goal in enumerate(facts.plan.solve.goals):
        template = _contradiction(goal)
        if template:
            right = None if goal.value is None or goal.bound is None else _gap(goal.value, goal.bound)
            yield finding(
                CODE,
                template,
                {
                    "goal": goal.goal,
                    "status": goal.status,
                    "value": _word(goal.value),
                    "bound": _word(goal.bound),
                    "gap": _word(goal.gap),
                    "right": "-" if right is None else number(right, PLACES),
                },
                path=("solve", "goals", index),
                hint="take out what is not proven with 'waveplan refresh', or solve again",
            )


def _contradiction(goal: GoalRecord) -> str | None:
    if goal.status == "optimal" and (goal.bound is None or goal.bound != goal.value):
        return _OPTIMAL
    if goal.bound is None or goal.value is None:
        return None if goal.gap is None else _GAP
    if goal.bound > goal.value:
        return _BEYOND
    if goal.status == "unknown" or (goal.status == "feasible" and goal.goal in WHOLE and goal.bound == goal.value):
        return _STATUS
    return None if is_gap(goal) else _GAP


def _gap(value: Decimal, bound: Decimal) -> Fraction:
    return (Fraction(value) - Fraction(bound)) / Fraction(value) if value else Fraction(0)


def is_gap(goal: GoalRecord) -> bool:
    """Stated gaps are rounded up from exact values and bounds, which are themselves rounded where they are stated."""
    assert goal.value is not None and goal.bound is not None
    if goal.gap is None:
        return False
    blur = _LAST_PLACE if goal.goal in WHOLE or not goal.value else _LAST_PLACE + 2 * _LAST_PLACE / Fraction(goal.value)
    return abs(Fraction(goal.gap) - _gap(goal.value, goal.bound)) <= blur


def _word(value: Decimal | None) -> str:
    return "-" if value is None else format(value.normalize(), "f")
