"""WP338: nothing is retired before those that use it are done with it, on a day off, or on a day that is ruled out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.retiring import RetiredFacts
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP338", "dates")
def check_retirement(facts: Facts) -> Iterator[Finding]:
    """One finding for each retirement on a day on which it may not be."""
    for name, retired in facts.retiring.all.items():
        yield from _at_fault(facts, retired, facts.retiring.days[name])


def _at_fault(facts: Facts, retired: RetiredFacts, day: dt.date) -> Iterator[Finding]:
    retiring, values = facts.retiring, {"item": retired.name, "day": day.isoformat()}
    path, subjects = retiring.path(retired.name), (retired.name, f"retire {retired.name}")
    earliest = retiring.earliest[retired.name]
    if day < earliest.day:
        due = earliest.day.isoformat()
        template = "{item} is retired on {day}, but not before {due} is it free to go: {why}"
        hint = "retire it on {due}, or move what depends on it to earlier waves"
        why = {"due": due, "why": earliest.reason}
        yield violation(template, values | why, subjects=subjects, path=path, hint=hint)
    elif not facts.calendar.is_working_day(retired.sites, day):
        sites = {"sites": ", ".join(retired.sites)}
        template = "{item} is retired on {day}, a day on which nobody works at {sites}"
        if not retired.sites:
            template = "{item} is retired on {day}, a day on which nobody works"
        yield violation(template, values | sites, subjects=subjects, path=path, hint="retire it on a working day")
    for bound in retiring.latest(retired):
        if day > bound.day:
            template = "{item} is retired on {day}, too late: {why}"
            hint = "retire it earlier, or move what depends on it to earlier waves"
            yield violation(template, values | {"why": bound.reason}, subjects=subjects, path=path, hint=hint)
