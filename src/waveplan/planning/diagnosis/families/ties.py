"""Ties and orders: hard ties, orders of dependencies, rules about pairs, gaps between steps."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Dependency, Inventory
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, dropped, lowered, once
from waveplan.planning.diagnosis.families.dates import works


def orders(inventory: Inventory) -> Iterator[Fact]:
    """Orders of dependencies, `before` rules, gaps between steps."""
    for path, work in works(inventory):
        for number, dependency in enumerate(work.depends_on):
            if dependency.order != "any":
                yield _order((*path, "depends_on", number), work.id, dependency)
        for number, step in enumerate(getattr(work, "steps", ())):
            if step.min_gap_days:
                field: Path = (*path, "steps", number, "min_gap_days")
                name = Phrase("the gap before step {of}", {"of": f"{work.id}/{step.id}"})
                said = Phrase("{what}: {now} days", {"what": name, "now": step.min_gap_days})
                dial = lowered(field, step.min_gap_days, name, costs.GAP_DAY)
                yield Fact("step_gap", field, said, (Edit(field, 0),), (dial,), work.id)
    yield from _rules(inventory, "before")


def _order(path: Path, consumer: str, dependency: Dependency) -> Fact:
    first, second = (dependency.provider, consumer)
    if dependency.order == "consumer_first":
        first, second = second, first
    values = {"first": first, "second": second, "gap": dependency.min_gap_days}
    said = Phrase("{first} before {second}", values)
    if dependency.min_gap_days:
        said = Phrase("{first} at least {gap} days before {second}", values)
    if dependency.after_hypercare:
        said = Phrase("{first} over before {second} (after_hypercare)", values)
    relaxed = tuple(Edit((*path, key), GONE) for key in _given(dependency))
    free = once(relaxed, Phrase("{first} and {second} in any order", values), costs.ORDER)
    return Fact("order", path, said, relaxed, (*_looser(path, dependency, values), free), consumer)


def _given(dependency: Dependency) -> Iterator[str]:
    yield "order"
    for key in ("min_gap_days", "after_hypercare"):
        if getattr(dependency, key):
            yield key


def _looser(path: Path, dependency: Dependency, values: dict[str, object]) -> Iterator[Dial]:
    if dependency.min_gap_days:
        name = Phrase("the gap between {first} and {second}", values)
        yield lowered((*path, "min_gap_days"), dependency.min_gap_days, name, costs.GAP_DAY)
    if dependency.after_hypercare:
        field: Path = (*path, "after_hypercare")
        said = Phrase("{second} without waiting for the hypercare of {first}", values)
        yield once((Edit(field, GONE),), said, costs.ORDER)


def hard_ties(inventory: Inventory) -> Iterator[Fact]:
    """Hard dependencies, and rules that keep items together."""
    for path, work in works(inventory):
        for number, dependency in enumerate(work.depends_on):
            if dependency.coupling == "hard":
                field: Path = (*path, "depends_on", number, "coupling")
                values = {"one": work.id, "provider": dependency.provider}
                said = Phrase("{one} tied hard to {provider}", values)
                edit = (Edit(field, "soft"),)
                dial = once(
                    edit, Phrase("{one} tied only softly to {provider}", values), costs.SOFTENED + dependency.weight
                )
                yield Fact("hard_tie", field, said, edit, (dial,), work.id)
    yield from _rules(inventory, "together")


def aparts(inventory: Inventory) -> Iterator[Fact]:
    """Rules that keep items out of one wave."""
    yield from _rules(inventory, "apart")


def _rules(inventory: Inventory, relation: str) -> Iterator[Fact]:
    for number, rule in enumerate(inventory.rules):
        if getattr(rule, relation) is not None:
            path: Path = ("rules", number)
            said = Phrase("the rule {rule} ({relation})", {"rule": rule.id, "relation": relation})
            yield Fact(relation, path, said, (Edit(path, GONE),), (dropped(path, said, costs.RULE),), rule.id)
