"""WP409: a plan belongs to the programme that it is held against."""

from __future__ import annotations

from collections.abc import Collection

from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan import Plan

CODE = "WP409"


def of_another_programme(plan: Plan, inventory: Inventory) -> Finding | None:
    """A finding when the inventory has another name and fewer than half of what the plan moves, or nothing of it."""
    known = {str(item.id) for item in Items(inventory)}
    return _strange(plan, plan.programme.name, inventory.programme.name, known)


def of_two_programmes(before: Plan, after: Plan) -> Finding | None:
    """The same of two plans: the second is held against what the first one moves."""
    return _strange(after, after.programme.name, before.programme.name, _items(before))


def _strange(plan: Plan, said: str, name: str, known: Collection[str]) -> Finding | None:
    moved = _items(plan)
    here = len(moved.intersection(known))
    if not moved or here * 2 >= len(moved) or (here and said == name):
        return None
    return finding(
        CODE,
        "this is a plan of another programme, {said}: {here} of the {count} things that it moves are known to {name}",
        {"said": said, "name": name, "here": here, "count": len(moved)},
        subjects=(said,),
        path=("programme", "name"),
        hint="name the plan that was made from this inventory",
    )


def _items(plan: Plan) -> frozenset[str]:
    return frozenset(item for lot in plan.lots for item in lot.items)
