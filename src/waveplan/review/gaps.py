"""Gaps of orders that no two dates keep (WP108), and gaps before a first step, which follows nothing (WP131)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from waveplan.domain.findings import Finding, Path
from waveplan.domain.rules import Rule
from waveplan.domain.work import Application, ApplicationStep, Dependency, Service
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding

Gaps = Dependency | ApplicationStep | Rule
_LEAST = ("min_gap_days", "min_gap_working_days")  # working days are days too


def gaps(context: ReviewContext) -> Iterator[Finding]:
    """Gaps of dependencies, steps and rules."""
    for entry, path, name in _given(context):
        for key in _LEAST:
            least = getattr(entry, key, 0)
            if entry.max_gap_days is not None and least > entry.max_gap_days:
                values = {"of": name, "key": key, "least": least, "most": entry.max_gap_days}
                template = "{of}: max_gap_days ({most}) is less than {key} ({least})"
                hint = "correct one of the two gaps"
                yield finding("WP108", template, values, (*path, "max_gap_days"), (name,), hint)
                break


def _given(context: ReviewContext) -> Iterator[tuple[Gaps, Path, str]]:
    inventory = context.inventory
    sections: tuple[tuple[str, Sequence[Application | Service]], ...] = (
        ("applications", inventory.applications),
        ("services", inventory.services),
    )
    for section, works in sections:
        for number, work in enumerate(works):
            for place, dependency in enumerate(work.depends_on):
                yield dependency, (section, number, "depends_on", place), work.id
            steps: Sequence[ApplicationStep] = work.steps
            for place, step in enumerate(steps):
                yield step, (section, number, "steps", place), f"{work.id}/{step.id}"
    for number, rule in enumerate(inventory.rules):
        yield rule, ("rules", number), rule.id


def gaps_of_first_steps(context: ReviewContext) -> Iterator[Finding]:
    """A gap is kept to the step before: of the first one it says nothing."""
    for entry, path, name in _given(context):
        if isinstance(entry, ApplicationStep) and path[-1] == 0:
            given = [key for key in (*_LEAST, "max_gap_days") if getattr(entry, key)]
            if given:
                values = {"step": name, "fields": ", ".join(given)}
                template = "{fields} of {step} has no effect: it is the first step, and gaps are kept to the one before"
                hint = "give it to the step after, or drop it"
                yield finding("WP131", template, values, (*path, given[0]), (name,), hint)
