"""WP395: what the plan says is certified goes with its bounds. Whether it is so, the certificates must tell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding
from waveplan.domain.solve_record import GoalRecord

CODE = "WP395"
_UNBOUND = "goal {goal} is said to be certified, and states no bound"
_ABOVE = "goal {goal} is said to be certified to {certified}, above its bound {bound}"
_TWICE = "goal {goal} is said to be certified twice by {means}"


def check_stated_certificates(facts: Facts) -> Iterator[Finding]:
    """One finding for each goal whose certified bounds do not go with its own."""
    for index, goal in enumerate(facts.plan.solve.goals):
        found = _contradiction(goal)
        if found is not None:
            template, values = found
            yield finding(
                CODE,
                template,
                {"goal": goal.goal, **values},
                path=("solve", "goals", index),
                hint="take it out, or solve again with --certify",
            )


def _contradiction(goal: GoalRecord) -> tuple[str, dict[str, str]] | None:
    if not goal.certified:
        return None
    if goal.bound is None:
        return _UNBOUND, {}
    highest = max(each.bound for each in goal.certified)
    if highest > goal.bound:
        return _ABOVE, {"certified": _word(highest), "bound": _word(goal.bound)}
    means = [each.by for each in goal.certified]
    double = next((each for each in means if means.count(each) > 1), None)
    return None if double is None else (_TWICE, {"means": double})


def _word(value: Decimal) -> str:
    return format(value.normalize(), "f")
