"""WP409, WP412: a plan belongs to the programme that it is held against, and was made from these files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Inventory
from waveplan.domain.item_making import ItemMaker
from waveplan.domain.plan import Plan
from waveplan.domain.solve_record import InventoryFile


def of_another_programme(plan: Plan, inventory: Inventory) -> Finding | None:
    """A finding when the inventory has another name and fewer than half of what the plan moves, or nothing of it."""
    known = (str(item.id) for item in ItemMaker(inventory).items())
    return _strange(plan, plan.programme.name, inventory.programme.name, known)


def of_two_programmes(before: Plan, after: Plan) -> Finding | None:
    """The same of two plans: the second is held against what the first one moves."""
    return _strange(after, after.programme.name, before.programme.name, _items(before))


def _strange(plan: Plan, said: str, name: str, known: Iterable[str]) -> Finding | None:
    """`known` is asked for only as far as it takes to see that the two belong together."""
    moved, here = _items(plan), 0
    if not moved:
        return None
    for each in known:
        here += each in moved
        if here and (said == name or here * 2 >= len(moved)):
            return None
    return finding(
        "WP409",
        "this is a plan of another programme, {said}: {here} of the {count} things that it moves are known to {name}",
        {"said": said, "name": name, "here": here, "count": len(moved)},
        subjects=(said,),
        path=("programme", "name"),
        hint="name the plan that was made from this inventory",
    )


def _items(plan: Plan) -> frozenset[str]:
    return frozenset(item for lot in plan.lots for item in lot.items)


def check_origin(plan: Plan, files: Sequence[InventoryFile]) -> Iterator[Finding]:
    """A warning when text was changed since: it may be a comment, or what the plan rests on.

    Names count only within a folder: a single file may be called otherwise, or come from standard input.
    """
    if not plan.inventory or not files:
        return
    by_name = len(plan.inventory) > 1 or len(files) > 1
    said, read = ({_key(each, by_name): each.file for each in part} for part in (plan.inventory, files))
    changed = [*(said[key] for key in said.keys() - read.keys()), *(read[key] for key in read.keys() - said.keys())]
    if changed:
        yield finding(
            "WP412",
            "the plan was made from another text of the inventory: {files}",
            {"files": names(sorted(changed))},
            path=("inventory",),
            hint="'waveplan refresh' with the plan and its inventory states what follows from it as it is now",
        )


def _key(file: InventoryFile, by_name: bool) -> tuple[str, str]:
    return (file.file if by_name else "", file.sha256)
