"""WP341: a step comes after the one before: in a later wave, its hypercare over, its gap in days kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from waveplan.change_calendar import instant
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.ordering import working_gap_ends
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item, Step

_NOT_LATER = "step {second} in {second_wave} must be in a later wave than step {first} in {first_wave}"
_WITH_GAP = "step {second} in {second_wave} must come {needed} days after step {first} in {first_wave}, not {gap}"
_WORKING = (
    "step {second} in {second_wave} must come {working} working days after step {first} in {first_wave}: "
    "on {day} or later"
)
_IN_HYPERCARE = (
    "step {second} in {second_wave} starts at {start}, while step {first} in {first_wave} is in hypercare until {end}"
)


@hard_rule("WP341", "order", same=("first",))
def check_step_order(facts: Facts) -> Iterator[Finding]:
    """One finding for each step that comes too early after the one before."""
    for item in facts.items.planned:
        step = item.step
        if step is None or step.previous is None or not {step.previous, item.id} <= facts.wave_of.keys():
            continue
        template, values = _breach(facts, item, step, step.previous)
        if template is None:
            continue
        wave, lot = facts.wave_of[item.id], facts.lot_of[item.id]
        yield violation(
            template,
            values,
            subjects=(wave.id, lot.id, item.id, step.previous),
            path=lot.path,
            hint="move {second} later or {first} earlier",
        )


def _breach(facts: Facts, item: Item, step: Step, previous: str) -> tuple[str | None, dict[str, Any]]:
    first, second = facts.lot_of[previous], facts.lot_of[item.id]
    first_wave, second_wave = facts.wave_of[previous], facts.wave_of[item.id]
    gap = (second_wave.date - first_wave.date).days
    start = second.slot.span(second.zone)[0]
    ends = working_gap_ends(facts, previous, item.id, step.min_gap_working_days)
    template, working = None, step.min_gap_working_days
    if not facts.starts_later(item.id, previous):
        template = _NOT_LATER
    elif gap < step.min_gap_days:
        template = _WITH_GAP
    elif second_wave.date < ends:
        template = _WORKING
    elif instant(start) < instant(first.hypercare_end):
        template = _IN_HYPERCARE
    return template, {
        "second": item.id,
        "second_wave": second_wave.name,
        "first": previous,
        "first_wave": first_wave.name,
        "needed": step.min_gap_days,
        "gap": gap,
        **({"working": working, "day": ends.isoformat()} if working else {}),
        "start": start.isoformat(timespec="minutes"),
        "end": first.hypercare_end.isoformat(timespec="minutes"),
    }
