"""Dates: the deadline, ends and exits, earliest and latest days, pins, promises of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.domain.rules import Rule
from waveplan.domain.work import Application, ApplicationStep, Work
from waveplan.planning.diagnosis import costs
from waveplan.planning.diagnosis.edits import GONE, Edit
from waveplan.planning.diagnosis.fact import Dial, Fact, dropped, earlier, later, once

FAR = dt.date(9999, 12, 31)
_LEAST_LONGER = dt.timedelta(days=365)  # a programme without its deadline goes on for at least as long
_NEAREST_PINS = 60
Dated = Work | ApplicationStep | Rule


def hard_dates(inventory: Inventory) -> Iterator[Fact]:
    """The deadline, ends of tranches and contracts, exits of sites."""
    programme = inventory.programme
    path: Path = ("programme", "deadline")
    name = Phrase("the programme's deadline")
    far = programme.deadline + max(_LEAST_LONGER, programme.deadline - programme.start)
    longest = (far - programme.deadline).days
    yield Fact(
        "deadline",
        path,
        Phrase("{what} on {day}", {"what": name, "day": programme.deadline.isoformat()}),
        (Edit(path, far),),
        (later(path, programme.deadline, name, costs.DEADLINE_DAY, longest),),
    )
    for number, tranche in enumerate(inventory.tranches):
        if tranche.finish_by is not None:
            path, values = ("tranches", number, "finish_by"), {"of": tranche.id}
            yield _end("finish_by", path, tranche.finish_by, Phrase("the end of tranche {of}", values), tranche.id)
    for number, contract in enumerate(inventory.contracts):
        path, values = ("contracts", number, "ends"), {"of": contract.id}
        yield _end("contract", path, contract.ends, Phrase("the end of contract {of}", values), contract.id)
    for number, site in enumerate(inventory.sites):
        if site.exit_by is not None:
            path, values = ("sites", number, "exit_by"), {"of": site.id}
            yield _end("exit_by", path, site.exit_by, Phrase("the exit of site {of}", values), site.id)


def _end(kind: str, path: Path, day: dt.date, name: Phrase, subject: str) -> Fact:
    cost = costs.DEADLINE_DAY if kind == "finish_by" else costs.HARD_DATE_DAY
    said = Phrase("{what} on {day}", {"what": name, "day": day.isoformat()})
    return Fact(kind, path, said, (Edit(path, FAR),), (later(path, day, name, cost),), subject)


def promised_dates(inventory: Inventory) -> Iterator[Fact]:
    """External milestones that something waits for, and the earliest days of tranches."""
    start = inventory.programme.start
    for number, milestone in enumerate(inventory.external_milestones):
        path: Path = ("external_milestones", number, "date")
        name = Phrase("the milestone {of}", {"of": milestone.id})
        dial = earlier(path, milestone.date, name, costs.MILESTONE_DAY, max((milestone.date - start).days, 1))
        said = Phrase("{what} on {day}", {"what": name, "day": milestone.date.isoformat()})
        yield Fact("milestone", path, said, (Edit(path, start),), (dial,), milestone.id)
    for number, tranche in enumerate(inventory.tranches):
        if tranche.not_before is not None:
            yield _not_before(("tranches", number), tranche.not_before, tranche.id, start, droppable=True)


def own_dates(inventory: Inventory, slot_dates: Sequence[dt.date]) -> Iterator[Fact]:
    """Earliest and latest days and pins: of applications and services, of their steps, of rules."""
    for path, name, entry in dated(inventory):
        limits = 1 if isinstance(entry, Rule) and _says_little(entry) else 2
        if entry.not_before is not None:
            yield _not_before(path, entry.not_before, name, inventory.programme.start, droppable=limits > 1)
        if entry.not_after is not None:
            yield _not_after(path, entry.not_after, name)
        if entry.slot is not None:
            yield _pin(path, entry.slot, name, slot_dates, whole_rule=limits == 1)


def dated(inventory: Inventory) -> Iterator[tuple[Path, str, Dated]]:
    """What may give dates of its own, and cuts over."""
    for path, work in works(inventory):
        yield path, work.id, work
        for number, step in enumerate(getattr(work, "steps", ())):
            yield (*path, "steps", number), f"{work.id}/{step.id}", step
    for number, rule in enumerate(inventory.rules):
        yield ("rules", number), rule.id, rule


def works(inventory: Inventory) -> Iterator[tuple[Path, Work]]:
    """Applications that cut over or are retired, and services."""
    for number, application in enumerate(inventory.applications):
        if application.strategy != "retain" or application.steps:
            yield ("applications", number), application
    for number, service in enumerate(inventory.services):
        yield ("services", number), service


def is_application(work: Work) -> bool:
    """Whether it is one rather than a service."""
    return isinstance(work, Application)


def _says_little(rule: Rule) -> bool:
    """Whether a rule would be empty without its one limit."""
    return len(rule.limits) == 1


def _not_before(path: Path, day: dt.date, name: str, start: dt.date, droppable: bool) -> Fact:
    field, values = (*path, "not_before"), {"of": name}
    what = Phrase("the earliest day of {of}", values)
    dial = earlier(field, day, what, costs.DATE_DAY, max((day - start).days, 1))
    said = Phrase("{of} not before {day}", {"of": name, "day": day.isoformat()})
    gone: tuple[Edit, ...] = (Edit(field, None),) if droppable else (Edit(field, start),)
    return Fact("not_before", field, said, gone, (dial,), name)


def _not_after(path: Path, day: dt.date, name: str) -> Fact:
    field, values = (*path, "not_after"), {"of": name}
    dial = later(field, day, Phrase("the latest day of {of}", values), costs.DATE_DAY)
    said = Phrase("{of} not after {day}", {"of": name, "day": day.isoformat()})
    return Fact("not_after", field, said, (Edit(field, FAR),), (dial,), name)


def _pin(path: Path, day: dt.date, name: str, slot_dates: Sequence[dt.date], whole_rule: bool) -> Fact:
    field: Path = (*path, "slot")
    near = sorted((each for each in set(slot_dates) if each != day), key=lambda each: (abs(each - day), each))
    near = near[:_NEAREST_PINS]

    def said(number: int) -> Phrase:
        values = {"of": name, "now": day.isoformat(), "day": near[number - 1].isoformat()}
        return Phrase("{of} pinned to {day} instead of {now}", values)

    moved = Dial(
        len(near),
        lambda n: (Edit(field, near[n - 1]),),
        said,
        lambda n: costs.PIN_DAY * abs((near[n - 1] - day).days),
        rising=False,
    )
    values = {"of": name, "day": day.isoformat()}
    gone = (Edit(path, GONE),) if whole_rule else (Edit(field, GONE),)
    drop = once(gone, Phrase("{of} no longer pinned to {day}", values), costs.PIN_DAY * 30)
    relaxed = (Edit(field, None),)
    return Fact("pin", field, Phrase("{of} pinned to {day}", values), relaxed, (moved, drop), name)


def awaited(inventory: Inventory) -> Iterator[Fact]:
    """What tranches, applications and services wait for by `after`."""
    waiting: list[tuple[Path, str, Sequence[str]]] = [
        (("tranches", number), tranche.id, tranche.after) for number, tranche in enumerate(inventory.tranches)
    ]
    waiting += [(path, work.id, work.after) for path, work in works(inventory)]
    for path, name, names in waiting:
        for place, other in enumerate(names):
            field: Path = (*path, "after", place)
            said = Phrase("{of} after {awaited}", {"of": name, "awaited": other})
            yield Fact("after", field, said, (Edit(field, GONE),), (dropped(field, said, costs.RULE),), name)
