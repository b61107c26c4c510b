"""Ties and orders: hard ties, orders of dependencies, rules about pairs, gaps between steps."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.rules import Rule
from waveplan.domain.work import Application, ApplicationStep, Dependency
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, dropped, limit, lowered, once
from waveplan.planning.diagnosis.families.dates import works

_LONG = 100_000  # days: more than any programme lasts


def orders(inventory: Inventory) -> Iterator[Fact]:
    """Orders of dependencies, `before` rules, gaps between steps."""
    for path, work in works(inventory):
        for number, dependency in enumerate(work.depends_on):
            field: Path = (*path, "depends_on", number)
            if dependency.order != "any":
                yield _order(field, work.id, dependency)
                yield from _at_most(field, dependency, _ends(work.id, dependency))
            if dependency.coexist_days_max is not None:
                yield _coexistence(field, work.id, dependency, dependency.coexist_days_max)
        if isinstance(work, Application) and work.batch_days_max is not None:
            name = Phrase("the days from the first to the last batch of {of}", {"of": work.id})
            yield limit((*path, "batch_days_max"), work.batch_days_max, "batches", name, costs.GAP_DAY)
        for number, step in enumerate(getattr(work, "steps", ())):
            yield from _of_step((*path, "steps", number), f"{work.id}/{step.id}", step)
    yield from _rules(inventory, "before")
    for number, rule in enumerate(inventory.rules):
        if rule.before is not None:
            yield from _gaps_of_rule(("rules", number), rule)


def _of_step(path: Path, of: str, step: ApplicationStep) -> Iterator[Fact]:
    for key, template in (
        ("min_gap_days", "{what}: {now} days"),
        ("min_gap_working_days", "{what}: {now} working days"),
    ):
        now = getattr(step, key)
        if now:
            name = Phrase("the gap before step {of}", {"of": of})
            field, said = (*path, key), Phrase(template, {"what": name, "now": now})
            yield Fact("step_gap", field, said, (Edit(field, 0),), (lowered(field, now, name, costs.GAP_DAY),), of)
    if step.max_gap_days is not None:
        name = Phrase("the largest gap before step {of}", {"of": of})
        yield limit((*path, "max_gap_days"), step.max_gap_days, "max_gap", name, costs.GAP_DAY)


def _gaps_of_rule(path: Path, rule: Rule) -> Iterator[Fact]:
    if rule.min_gap_working_days:
        name = Phrase("the working days of the rule {rule}", {"rule": rule.id})
        field, now = (*path, "min_gap_working_days"), rule.min_gap_working_days
        said = Phrase("{what}: {now} working days", {"what": name, "now": now})
        yield Fact("gap", field, said, (Edit(field, 0),), (lowered(field, now, name, costs.GAP_DAY),), rule.id)
    if rule.max_gap_days is not None:
        name = Phrase("the largest gap of the rule {rule}", {"rule": rule.id})
        yield limit((*path, "max_gap_days"), rule.max_gap_days, "max_gap", name, costs.GAP_DAY)


def _ends(consumer: str, dependency: Dependency) -> dict[str, object]:
    ends = (dependency.provider, consumer) if dependency.order != "consumer_first" else (consumer, dependency.provider)
    return {"first": ends[0], "second": ends[1]}


def _at_most(path: Path, dependency: Dependency, values: dict[str, object]) -> Iterator[Fact]:
    if dependency.max_gap_days is not None:
        field, name = (*path, "max_gap_days"), Phrase("the largest gap between {first} and {second}", values)
        yield limit(field, dependency.max_gap_days, "max_gap", name, costs.GAP_DAY)


def _coexistence(path: Path, consumer: str, dependency: Dependency, most: int) -> Fact:
    name = Phrase("the days that {one} and {other} may be apart", {"one": consumer, "other": dependency.provider})
    return limit((*path, "coexist_days_max"), most, "coexistence", name, costs.GAP_DAY)


def _order(path: Path, consumer: str, dependency: Dependency) -> Fact:
    values = {**_ends(consumer, dependency), "gap": dependency.min_gap_days, "days": dependency.min_gap_working_days}
    said = Phrase("{first} before {second}", values)
    if dependency.min_gap_working_days:
        said = Phrase("{first} at least {days} working days before {second}", values)
    if dependency.min_gap_days:
        said = Phrase("{first} at least {gap} days before {second}", values)
    if dependency.after_hypercare:
        said = Phrase("{first} over before {second} (after_hypercare)", values)
    given = tuple(Edit((*path, key), GONE) for key in _given(dependency))
    free = once(given, Phrase("{first} and {second} in any order", values), costs.ORDER)
    relaxed = given
    if dependency.max_gap_days is not None:  # a fact of its own, which needs the order to stand
        kept = tuple(Edit((*path, key), GONE) for key in ("min_gap_working_days", "after_hypercare"))
        relaxed = (*kept, Edit((*path, "min_gap_days"), -_LONG))
    return Fact("order", path, said, relaxed, (*_looser(path, dependency, values), free), consumer)


def _given(dependency: Dependency) -> Iterator[str]:
    yield "order"
    for key in ("min_gap_days", "min_gap_working_days", "after_hypercare"):
        if getattr(dependency, key):
            yield key
    if dependency.max_gap_days is not None:
        yield "max_gap_days"


def _looser(path: Path, dependency: Dependency, values: dict[str, object]) -> Iterator[Dial]:
    if dependency.min_gap_days:
        name = Phrase("the gap between {first} and {second}", values)
        yield lowered((*path, "min_gap_days"), dependency.min_gap_days, name, costs.GAP_DAY)
    if dependency.min_gap_working_days:
        name = Phrase("the working days between {first} and {second}", values)
        yield lowered((*path, "min_gap_working_days"), dependency.min_gap_working_days, name, costs.GAP_DAY)
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
