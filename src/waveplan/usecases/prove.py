"""Whether what a plan states of its proofs is so: each goal is searched anew, and what comes of it is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding
from waveplan.domain.objective import Goal, Tolerance
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import GoalRecord

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory

_BEATEN = "goal {goal} states a bound of {bound}, but there is a plan that passes the check with {value}"
_UNCONFIRMED = "goal {goal} states a bound of {bound}; within the limit no more than {proven} could be proven"
_UNKNOWABLE = "goal {goal} states a bound of {bound}, which rests on another plan: it cannot be searched anew"


def doubted_proofs(
    plan: Plan, inventory: Inventory, seconds: float = 60.0, proven: frozenset[int] = frozenset()
) -> tuple[Finding, ...]:
    """An error for each stated bound that a better plan disproves, a warning for each that could not be confirmed.

    Each goal gets an equal part of the seconds. Goals that are `proven` otherwise, by number, are not doubted; after
    the last of the others nothing is searched. The inventory has no errors, the plan passes its check.
    """
    goals = plan.solve.goals
    doubtful = [number for number, goal in enumerate(goals) if goal.bound is not None and number not in proven]
    last = max(doubtful, default=-1)
    best: list[GoalRecord] = []  # of each goal, what a search found that gave it up for no later one
    found: list[Finding] = []
    for number in range(last + 1):
        if plan.unplanned or any(goal.goal == "moved_lots" for goal in goals[: number + 1]):
            new = None
        else:
            new = _searched(plan, inventory, number, best, seconds / (last + 1))
        if number in doubtful:
            found += _judged(plan, number, new, best)
        if new is None and number < last:
            return (
                *found,
                *(_finding("WP414", _UNKNOWABLE, goals[each], each) for each in doubtful if each > number),
            )
        best += new[-1:] if new else []
    return tuple(found)


def _searched(
    plan: Plan, inventory: Inventory, number: int, best: Sequence[GoalRecord], seconds: float
) -> list[GoalRecord] | None:
    """The records of the goals up to one in a plan searched anew, in which those before are as good as in the plan."""
    from waveplan.planning.options import SolveOptions
    from waveplan.usecases.solve import solve_checked

    rooms = [_room(plan, record) for record in best] + [Decimal(0)]
    wanted = tuple(
        Goal(goal=goal.goal, tolerance=Tolerance.parse(format(room, "f")))
        for goal, room in zip(plan.solve.goals[: number + 1], rooms, strict=True)
    )
    outcome = solve_checked(inventory, options=SolveOptions(time_limit=seconds, goals=wanted), baseline=plan)
    return None if outcome.plan is None else outcome.plan.solve.goals


def _room(plan: Plan, record: GoalRecord) -> Decimal:
    """By how much the plan is worse in a goal than what a search found."""
    return max(Decimal(0), Decimal(getattr(plan.metrics, record.goal)) - (record.value or Decimal(0)))


def _judged(plan: Plan, number: int, new: list[GoalRecord] | None, best: Sequence[GoalRecord]) -> Iterator[Finding]:
    stated = plan.solve.goals[number]
    if new is None or stated.bound is None:
        yield _finding("WP414", _why(plan), stated, number)
        return
    reached = [Decimal(getattr(plan.metrics, goal.goal)) for goal in plan.solve.goals[:number]]
    pairs = [(each.value, mine) for each, mine in zip(new, reached, strict=False)]
    no_worse = all(value is not None and value <= mine for value, mine in pairs)
    # What is proven holds for all plans that are no worse in the goals before: nothing more was asked of those.
    as_free = all(
        record.status == "optimal" or (value is not None and value >= mine)
        for record, (value, mine) in zip(best, pairs, strict=True)
    )
    last = new[-1]
    if last.value is not None and last.value < stated.bound and no_worse:
        yield _finding("WP392", _BEATEN, stated, number, value=last.value)
    elif last.bound is None or last.bound < stated.bound or not as_free:
        yield _finding("WP414", _UNCONFIRMED, stated, number, proven=last.bound if as_free else None)


def _why(plan: Plan) -> str:
    """Why there is nothing to compare with."""
    rests = plan.unplanned or any(goal.goal == "moved_lots" for goal in plan.solve.goals)
    return _UNKNOWABLE if rests else _UNCONFIRMED


def _finding(
    code: str,
    template: str,
    stated: GoalRecord,
    number: int,
    value: Decimal | None = None,
    proven: Decimal | None = None,
) -> Finding:
    values = {"goal": stated.goal, "bound": stated.bound, "value": value, "proven": "-" if proven is None else proven}
    return Finding(
        code=code,
        template=template,
        values=values,
        severity=CATALOGUE[code].severity,
        path=("solve", "goals", number),
        document="plan",
        hint="solve again, or take the bound out with 'waveplan refresh'"
        if code == "WP392"
        else "a higher --time-limit may prove it; until then it is as stated by the solver",
    )
