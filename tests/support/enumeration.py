"""All that is possible in a small inventory: valid plans by the check's word, and the best values of goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from support.plans import every_dating
from waveplan.checking import check
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Metrics, Plan

ROUNDED = Decimal("0.0001")  # to which some goals are stated
RATIOS = frozenset({"peak_load", "criticality_risk"})
STATED_ROUNDED = RATIOS | {"coexistence"}


def valid_datings(plan: Plan, inventory: Inventory, *goals: str) -> list[Plan]:
    """The plan with its retirements on their first days, or on others where those will not do or may not be best."""
    findings = check(plan, inventory).findings
    if not findings and "peak_load" not in goals:
        return [plan]
    if any(not lacks_people_to_retire(finding) for finding in findings):
        return []
    return [each for each in every_dating(plan, inventory) if not check(each, inventory).findings]


def lacks_people_to_retire(finding: Finding) -> bool:
    """Whether another day of a retirement may mend it."""
    of_people = finding.code in {"WP324", "WP325", "WP326"}
    return of_people and any(subject.startswith("retire ") for subject in finding.subjects)


@dataclass(frozen=True)
class Best:
    """The best value of a goal while those before it are held (between two where rounding hides it), and its room."""

    least: Decimal
    most: Decimal
    room: Decimal


def best_in_order(found: Sequence[Metrics], goals: Sequence[Goal]) -> list[Best]:
    """Goals in order among all plans: each one's best value, which those after it may exceed by its tolerance."""
    surely, perhaps, bests = list(found), list(found), []
    for goal in goals:
        least, most = (min(_value(each, goal) for each in some) for some in (perhaps, surely))
        best = Best(least, most, _room(goal, most))
        unsure = ROUNDED if goal.goal in STATED_ROUNDED else Decimal(0)
        perhaps = [each for each in perhaps if _value(each, goal) <= most + best.room + unsure]
        surely = [each for each in surely if _value(each, goal) <= max(most, least + best.room - unsure)]
        bests.append(best)
    return bests


def _value(metrics: Metrics, goal: Goal) -> Decimal:
    return Decimal(getattr(metrics, goal.goal))


def _room(goal: Goal, value: Decimal) -> Decimal:
    """A share is rounded down: to whole units, or to the places to which a ratio is stated."""
    if not goal.tolerance.is_share:
        return goal.tolerance.amount
    unit = ROUNDED if goal.goal in RATIOS else Decimal(1)
    return value * goal.tolerance.amount // unit * unit
