"""Of several plans of one solve, the best by its goals in order, and every bound that holds for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal

from waveplan.domain.objective import Tolerance
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import GoalRecord, PortfolioRecord, gap_of

_RATIOS = frozenset({"peak_load", "criticality_risk"})  # stated rounded: two that look alike may differ


def with_best_bounds(plans: Sequence[tuple[int, Plan]], count: int) -> tuple[int, Plan]:
    """The number of the best of some numbered plans, and that plan with the best bound of each goal.

    A goal's bound holds for plans that keep the earlier goals where its own solve held them. It is taken over from
    another plan only where that is sure to hold: for the first goal always, for a later one when no earlier goal has a
    tolerance and the best plan is nowhere worse in them.
    """
    number, best = _best(plans)
    goals = [
        _bettered(record, [each for _, each in plans], place, best) for place, record in enumerate(best.solve.goals)
    ]
    solve = best.solve.model_copy(update={"goals": goals, "portfolio": PortfolioRecord(members=count, best=number)})
    return number, best.model_copy(update={"solve": solve})


def _best(plans: Sequence[tuple[int, Plan]]) -> tuple[int, Plan]:
    """Goal by goal those stay that are within its tolerance of the best; of these the best in order."""
    left = list(plans)
    for place in range(len(left[0][1].solve.goals)):
        values = [_value(plan, place) for _, plan in left]
        least = min(values)
        most = least + _room(left[values.index(least)][1].solve.goals[place])
        left = [each for each, value in zip(left, values, strict=True) if value <= most]
    return min(left, key=lambda each: ([_value(each[1], place) for place in range(len(each[1].solve.goals))], each[0]))


def _value(plan: Plan, place: int) -> Decimal:
    """A goal's value; nothing is worse than none."""
    value = plan.solve.goals[place].value
    return Decimal("Infinity") if value is None else value


def _room(record: GoalRecord) -> Decimal:
    """What may be given up of a goal for those that follow: a share is rounded down as in a solve."""
    tolerance = Tolerance.parse(record.tolerance)
    if not tolerance.is_share:
        return tolerance.amount
    room = (record.value or Decimal(0)) * tolerance.amount
    return room.quantize(Decimal("0.0001") if record.goal in _RATIOS else Decimal(1), ROUND_FLOOR)


def _bettered(record: GoalRecord, plans: Sequence[Plan], place: int, best: Plan) -> GoalRecord:
    """The record with the highest of the bounds that hold."""
    if record.value is None:
        return record
    known = [record.bound, *(each.solve.goals[place].bound for each in plans if _holds(each, best, place))]
    bounds = [each for each in known if each is not None]
    if not bounds:
        return record
    bound = min(max(bounds), record.value)
    status = "optimal" if record.status == "optimal" or _meets(bound, record) else "feasible"
    return record.model_copy(update={"bound": bound, "gap": gap_of(record.value, bound), "status": status})


def _meets(bound: Decimal, record: GoalRecord) -> bool:
    """Whether bound and value are one; of ratios, which are stated rounded, nobody can tell."""
    return record.goal not in _RATIOS and bound == record.value


def _holds(other: Plan, best: Plan, place: int) -> bool:
    """Whether a bound on the goal at a place, as another plan states it, is one for the best plan too."""
    return all(_nowhere_worse(*pair) for pair in _earlier(best, other, place))


def _earlier(best: Plan, other: Plan, place: int) -> Iterator[tuple[GoalRecord, GoalRecord]]:
    yield from zip(best.solve.goals[:place], other.solve.goals[:place], strict=True)


def _nowhere_worse(best: GoalRecord, other: GoalRecord) -> bool:
    if best.value is None or other.value is None or Tolerance.parse(best.tolerance).amount:
        return False
    return best.value < other.value or (best.value == other.value and best.goal not in _RATIOS)
