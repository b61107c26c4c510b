"""Dates of tranches and external milestones that cannot be (WP108)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.commitments import Tranche
from waveplan.domain.findings import Finding
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def transition_dates(context: ReviewContext) -> Iterator[Finding]:
    """Dates against each other, against the programme's, and against those of what they wait for."""
    yield from _milestones(context)
    for number, tranche in enumerate(context.inventory.tranches):
        yield from _tranche(context, number, tranche)
        yield from _awaited(context, number, tranche)


def _milestones(context: ReviewContext) -> Iterator[Finding]:
    deadline = context.inventory.programme.deadline
    for number, milestone in enumerate(context.inventory.external_milestones):
        name, path = milestone.id, ("external_milestones", number)
        if milestone.date_p90 is not None and milestone.date_p90 < milestone.date:
            values = {"of": name, "late": milestone.date_p90.isoformat(), "day": milestone.date.isoformat()}
            template = "{of}: the pessimistic date date_p90 ({late}) lies before the date ({day})"
            yield finding("WP108", template, values, (*path, "date_p90"), (name,), "correct one of the two dates")
        waiting = _waiting(context, name) if milestone.date > deadline else []
        if waiting:
            values = {"of": name, "day": milestone.date.isoformat(), "deadline": deadline.isoformat()}
            values |= {"waiting": listed(waiting)}
            template = "{waiting} must wait for {of}, which is due on {day}, after the deadline ({deadline})"
            hint = "correct the date, or let nothing that must be over by the deadline wait for it"
            yield finding("WP108", template, values, (*path, "date"), (name, *waiting), hint)


def _waiting(context: ReviewContext, milestone: str) -> list[str]:
    """What names a milestone in its `after`: entries that cut over, and tranches."""
    entries = (item.entry.id for item in context.items.planned if milestone in item.entry.after)
    tranches = (tranche.id for tranche in context.inventory.tranches if milestone in tranche.after)
    return list(dict.fromkeys((*entries, *tranches)))


def _tranche(context: ReviewContext, number: int, tranche: Tranche) -> Iterator[Finding]:
    programme = context.inventory.programme
    early, late, path = tranche.not_before, tranche.finish_by, ("tranches", number)
    values = {
        "of": tranche.id,
        "early": early.isoformat() if early else "",
        "late": late.isoformat() if late else "",
        "start": programme.start.isoformat(),
        "deadline": programme.deadline.isoformat(),
    }
    if early and late and late < early:
        template = "{of}: finish_by ({late}) lies before not_before ({early})"
        yield finding("WP108", template, values, (*path, "finish_by"), (tranche.id,), "correct one of the two dates")
        return
    hint = "correct it, or the programme's dates"
    if early and early > programme.deadline:
        template = "{of}: not_before ({early}) lies after the programme's deadline ({deadline})"
        yield finding("WP108", template, values, (*path, "not_before"), (tranche.id,), hint)
    if late and late < programme.start:
        template = "{of}: finish_by ({late}) lies before the programme's start ({start})"
        yield finding("WP108", template, values, (*path, "finish_by"), (tranche.id,), hint)


def _awaited(context: ReviewContext, number: int, tranche: Tranche) -> Iterator[Finding]:
    """A tranche that must be over before what it waits for can be."""
    if tranche.finish_by is None:
        return
    days: dict[str, dt.date] = {each.id: each.date for each in context.inventory.external_milestones}
    days |= {each.id: each.not_before for each in context.inventory.tranches if each.not_before}
    for place, awaited in enumerate(tranche.after):
        if awaited in days and days[awaited] > tranche.finish_by and awaited != tranche.id:
            values = {"of": tranche.id, "late": tranche.finish_by.isoformat()}
            values |= {"awaited": awaited, "day": days[awaited].isoformat()}
            template = "{of} must be over on {late} (finish_by), but waits for {awaited}, not before {day}"
            path = ("tranches", number, "after", place)
            yield finding("WP108", template, values, path, (tranche.id, awaited), "correct one of the two dates")
