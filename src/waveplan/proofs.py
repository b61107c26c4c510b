"""Whether what a plan states of its proofs is so: each goal is searched anew, and what comes of it is compared.

Like `api`, of which it makes use, nothing here prints, exits, writes files or reads the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding
from waveplan.domain.plan import GoalRecord, Plan
from waveplan.domain.policy import Goal, Tolerance

if TYPE_CHECKING:
    from waveplan.domain.inventory import Inventory

_BEATEN = "goal {goal} states a bound of {bound}, but there is a plan that passes the check with {value}"
_UNCONFIRMED = "goal {goal} states a bound of {bound}; within the limit no more than {proven} could be proven"
_UNKNOWABLE = "goal {goal} states a bound of {bound}, which rests on another plan: it cannot be searched anew"


def doubted_proofs(plan: Plan, inventory: Inventory, seconds: float) -> tuple[Finding, ...]:
    """An error for each stated bound that a better plan disproves, a warning for each that could not be confirmed.

    Each goal with a bound gets an equal part of the seconds. The inventory has no errors, the plan passes its check.
    """
    claimed = [number for number, goal in enumerate(plan.solve.goals) if goal.bound is not None]
    return tuple(finding for number in claimed for finding in _judged(plan, inventory, number, seconds / len(claimed)))


def _judged(plan: Plan, inventory: Inventory, number: int, seconds: float) -> Iterator[Finding]:
    stated, before = plan.solve.goals[number], plan.solve.goals[:number]
    if plan.unplanned or any(goal.goal == "moved_lots" for goal in (*before, stated)):
        yield _finding("WP414", _UNKNOWABLE, stated, number)
        return
    found = _searched(inventory, [*before, stated], seconds)
    if found is None or stated.bound is None:
        yield _finding("WP414", _UNCONFIRMED, stated, number)
        return
    new, reached = found[-1], [getattr(plan.metrics, goal.goal) for goal in before]
    earlier = [each.value for each in found[:-1]]
    no_worse = all(mine is not None and mine <= theirs for mine, theirs in zip(earlier, reached, strict=True))
    as_free = all(mine is not None and mine >= theirs for mine, theirs in zip(earlier, reached, strict=True))
    if new.value is not None and new.value < stated.bound and no_worse:
        yield _finding("WP392", _BEATEN, stated, number, value=new.value)
    elif new.bound is None or new.bound < stated.bound or not as_free:
        yield _finding("WP414", _UNCONFIRMED, stated, number, proven=new.bound if as_free else None)


def _searched(inventory: Inventory, goals: Sequence[GoalRecord], seconds: float) -> list[GoalRecord] | None:
    """The records of these goals in a plan that is searched anew; the last of them is not given up for any other."""
    from waveplan import api
    from waveplan.planning.options import SolveOptions

    tolerances = [Tolerance.parse(goal.tolerance) for goal in goals[:-1]] + [Tolerance.parse("0")]
    wanted = tuple(Goal(goal=each.goal, tolerance=room) for each, room in zip(goals, tolerances, strict=True))
    outcome = api.solve_checked(inventory, options=SolveOptions(time_limit=seconds, goals=wanted))
    return None if outcome.plan is None else outcome.plan.solve.goals


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
