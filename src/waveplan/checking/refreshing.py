"""A plan with everything stated anew, and of its proofs only what still holds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from waveplan.checking.facts import Facts
from waveplan.checking.goals import PLACES
from waveplan.checking.restating import restated
from waveplan.checking.rules.stated_proofs import WHOLE, is_gap
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan, Wave
from waveplan.domain.rounding import to_step
from waveplan.domain.solve_record import GoalRecord, InventoryFile, SolveRecord
from waveplan.domain.standing import NOTHING_DONE, Done

_LAST_PLACE = Decimal(1).scaleb(-PLACES)


def stated_anew(plan: Plan, inventory: Inventory, files: Sequence[InventoryFile], done: Done = NOTHING_DONE) -> Plan:
    """The same waves and lots with all that follows from them; waves without lots go, and so do planned 'unplanned'."""
    planned = {lot for wave in plan.waves for lot in wave.lots}
    kept = plan.model_copy(
        update={
            "waves": [wave for wave in plan.waves if wave.lots],
            "unplanned": [each for each in plan.unplanned if each.lot not in planned],
        }
    )
    new = restated(Facts(kept, inventory, allow_unplanned=bool(plan.unplanned), done=done))
    known = not files or {each.sha256 for each in plan.inventory} == {each.sha256 for each in files}
    moved = plan.metrics != new.metrics or _in_order(plan.waves) != _in_order(new.waves)
    record = _record(plan.solve, new, moved=moved, same_inventory=known)
    return new.model_copy(update={"solve": record, "inventory": list(files) or plan.inventory})


def _in_order(waves: Sequence[Wave]) -> list[Wave]:
    """Waves with their rehearsals in an order of their own: a plan may list them in any."""
    return [
        wave.model_copy(update={"rehearsals": sorted(wave.rehearsals, key=lambda each: (each.id, each.lot))})
        for wave in waves
    ]


def _record(record: SolveRecord, new: Plan, *, moved: bool, same_inventory: bool) -> SolveRecord:
    """Bounds hold as long as the inventory is the same and no goal before has got worse: then more was allowed."""
    goals, holds = [], same_inventory
    for goal in record.goals:
        value = getattr(new.metrics, goal.goal, None if moved else goal.value)  # nobody knows the baseline any more
        value = None if value is None else Decimal(value)
        goals.append(_goal(goal, value, goal.bound if holds else None))
        holds = holds and value is not None and goal.value is not None and value <= goal.value
    return record.model_copy(update={"goals": goals, "edited": record.edited or moved})


def _goal(goal: GoalRecord, value: Decimal | None, bound: Decimal | None) -> GoalRecord:
    if value is None or bound is None or bound > value:  # what lies beyond its bound was not bounded by it
        unsaid: dict[str, object] = {"value": value, "bound": None, "gap": None, "status": "unknown", "certified": []}
        return goal.model_copy(update=unsaid)
    best = bound == value and (goal.goal in WHOLE or (goal.status == "optimal" and goal.value == value))
    new = goal.model_copy(update={"value": value, "status": "optimal" if best else "feasible"})
    return new if is_gap(new) else new.model_copy(update={"gap": _gap(value, bound)})


def _gap(value: Decimal, bound: Decimal) -> Decimal:
    gap = (value - bound) / value if value else Decimal(0)
    return Decimal(format(to_step(gap, _LAST_PLACE, ROUND_CEILING).normalize(), "f"))
