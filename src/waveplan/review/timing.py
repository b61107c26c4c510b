"""Dates that cannot be (WP108), hypercare that reaches the next gate (WP123), notices too early to give (WP124)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.rules import Rule
from waveplan.domain.work import Work
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, plain

_DATED = ("not_before", "not_after", "slot")
_MOST_YEARS = 50
_FIRST_YEAR, _LAST_YEAR = 1900, 2900


def timing(context: ReviewContext) -> Iterator[Finding]:
    """Everything about dates and rhythm that can be said before any plan."""
    for entry, path in _dated(context):
        yield from _own_dates(context, entry, path)
    for number, rule in enumerate(context.inventory.rules):
        yield from _own_dates(context, rule, ("rules", number))
    yield from _exits(context)
    yield from _notices(context)
    yield from _hypercare_and_gates(context)


def _dated(context: ReviewContext) -> Iterator[tuple[Work, Path]]:
    """What cuts over, each entry once, and each step that gives dates of its own."""
    seen: set[Path] = set()
    for item in context.items.planned:
        own = item.step is not None and not item.step.given.isdisjoint(_DATED)
        path = item.step.path if item.step is not None and own else item.path
        if path not in seen:
            seen.add(path)
            yield item.entry, path


def programme_span(context: ReviewContext) -> Iterator[Finding]:
    """A programme that no calendar can hold: nothing else about it can be worked out."""
    programme = context.inventory.programme
    years = (programme.deadline - programme.start).days / 365.25
    if years > _MOST_YEARS or programme.start.year < _FIRST_YEAR or programme.deadline.year > _LAST_YEAR:
        values = {
            "start": programme.start.isoformat(),
            "deadline": programme.deadline.isoformat(),
            "most": _MOST_YEARS,
            "first": _FIRST_YEAR,
            "last": _LAST_YEAR,
        }
        template = "no programme can run from {start} to {deadline}: at most {most} years, between {first} and {last}"
        hint = "correct the programme's start or deadline"
        yield finding("WP108", template, values, ("programme", "deadline"), (), hint)


def _own_dates(context: ReviewContext, entry: Work | Rule, path: Path) -> Iterator[Finding]:
    """Dates of one application or rule: against each other, the programme and the slots."""
    programme = context.inventory.programme
    if entry.not_before and entry.not_after and entry.not_after < entry.not_before:
        values = {"of": entry.id, "early": entry.not_before.isoformat(), "late": entry.not_after.isoformat()}
        template = "{of}: not_after ({late}) lies before not_before ({early})"
        yield finding("WP108", template, values, (*path, "not_after"), (entry.id,), "correct one of the two dates")
    elif entry.not_before and entry.not_before > programme.deadline:
        yield _outside(context, entry.id, "not_before", entry.not_before, path)
    elif entry.not_after and entry.not_after < programme.start:
        yield _outside(context, entry.id, "not_after", entry.not_after, path)
    if entry.slot:
        yield from _pin(context, entry, entry.slot, path)


def _outside(context: ReviewContext, of: str, field: str, day: dt.date, path: Path) -> Finding:
    programme = context.inventory.programme
    values = {
        "of": of,
        "field": field,
        "day": day.isoformat(),
        "start": programme.start.isoformat(),
        "deadline": programme.deadline.isoformat(),
    }
    template = "{of}: {field} ({day}) leaves no day between the programme's start ({start}) and deadline ({deadline})"
    return finding("WP108", template, values, (*path, field), (of,), "correct it, or the programme's dates")


def _pin(context: ReviewContext, entry: Work | Rule, day: dt.date, path: Path) -> Iterator[Finding]:
    values = {"of": entry.id, "day": f"{day:%Y-%m-%d}"}
    if (entry.not_before and day < entry.not_before) or (entry.not_after and day > entry.not_after):
        limits = " … ".join(each.isoformat() if each else "" for each in (entry.not_before, entry.not_after))
        template = "{of} is pinned to {day}, outside its own not_before and not_after ({limits})"
        hint = "correct the pin, or the limits"
        yield finding("WP108", template, {**values, "limits": limits}, (*path, "slot"), (entry.id,), hint)
    elif day not in context.slot_dates:
        before = max((each for each in context.slot_dates if each < day), default=None)
        after = min((each for each in context.slot_dates if each > day), default=None)
        near = " / ".join(f"{each:%Y-%m-%d}" for each in (before, after) if each)
        template = "{of} is pinned to {day}, a day on which no cutover window starts"
        hint = "the nearest days with a window: {near}" if near else "give the calendar a window on that day"
        yield finding("WP108", template, values, (*path, "slot"), (entry.id,), hint, {"near": near} if near else None)


def _exits(context: ReviewContext) -> Iterator[Finding]:
    start = context.inventory.programme.start
    ends = [(site.id, "exit_by", site.exit_by, ("sites", n)) for n, site in enumerate(context.inventory.sites)]
    ends += [(each.id, "ends", each.ends, ("contracts", n)) for n, each in enumerate(context.inventory.contracts)]
    for name, field, day, path in ends:
        if day and day < start:
            values = {"of": name, "field": field, "day": day.isoformat(), "start": start.isoformat()}
            template = "{of}: {field} ({day}) lies before the programme's start ({start})"
            hint = "correct it, or the programme's start"
            yield finding("WP108", template, values, (*path, field), (name,), hint)


def _notices(context: ReviewContext) -> Iterator[Finding]:
    start = context.inventory.programme.start
    for number, contract in enumerate(context.inventory.contracts):
        if contract.notice_days is None or contract.ends < start:
            continue
        notice = contract.ends - dt.timedelta(days=contract.notice_days)
        if notice < start:
            values = {
                "contract": contract.id,
                "days": contract.notice_days,
                "ends": contract.ends.isoformat(),
                "notice": notice.isoformat(),
                "late": (start - notice).days,
                "start": start.isoformat(),
            }
            template = (
                "notice of contract {contract} is due {days} days before {ends}, on {notice}: "
                "{late} days before the programme's start ({start})"
            )
            hint = "make sure that notice has been given, then accept this with an entry in ignore"
            yield finding("WP124", template, values, ("contracts", number, "notice_days"), (contract.id,), hint)


def _hypercare_and_gates(context: ReviewContext) -> Iterator[Finding]:
    for policy, path, items in context.policies:
        leads = [gate.least_days_before for gate in policy.gates if gate.decides]
        if not (policy.hypercare.before_next_gate and leads and policy.cadence):
            continue
        longest = max(items, key=lambda item: item.hypercare_hours)
        days = math.ceil(longest.hypercare_hours / 24)
        gap = policy.cadence[-1].min_gap_days
        if days + min(leads) > gap:
            values = {
                "hours": plain(longest.hypercare_hours),
                "item": longest.id,
                "days": plain(days),
                "lead": min(leads),
                "gap": gap,
                "sum": plain(days + min(leads)),
            }
            template = (
                "{days} days of hypercare ({hours} h, {item}) and a gate {lead} days before cutover make {sum} days, "
                "more than the {gap} days between waves: with before_next_gate such a wave holds up the next one"
            )
            hint = "raise min_gap_days of the last cadence stage to {sum}, shorten hypercare, or drop before_next_gate"
            place = (*path, "hypercare", "before_next_gate")
            yield finding("WP123", template, values, place, (longest.stream, longest.id), hint)
