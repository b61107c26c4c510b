"""What of a plan has been carried out: what is wrong with it is a fact by now, and no other plan would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from waveplan.checking.reading import Reading
from waveplan.domain.findings import Finding
from waveplan.domain.standing import Done

if TYPE_CHECKING:
    from waveplan.checking.facts import Facts


_GAPS = frozenset({"WP350", "WP351", "WP354"})  # most days between two things


def stands_done(reading: Reading, done: Done) -> Mapping[str, str]:
    """Items that stand in the slot in which they have cut over, with that slot; elsewhere they are not what is done."""
    found: dict[str, str] = {}
    for item, slot in done.places.items():
        wave = reading.wave_of.get(item)
        stand = reading.stands[wave] if wave is not None else None
        if stand is not None and stand.slot is not None and stand.slot.id == slot:
            found[item] = slot
    return found


def _follows_what_is_done(finding: Finding, facts: Facts) -> bool:
    """Whether it says of something that it comes too many days before or after what is done."""
    return finding.code in _GAPS and "most" in finding.values and not facts.done.keys().isdisjoint(finding.subjects)


def of_the_past(findings: Iterable[Finding], facts: Facts) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings about waves and retirements all of which are done, as warnings, and all others.

    What is done when something else comes too late after it is a fact as well: that finding is a warning, too.
    """
    waves = {wave.id for wave in facts.plan.waves} | {each.id for each in facts.dates.retiring.all.values()}
    past: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        named = waves.intersection(finding.subjects)
        if (named and named <= facts.over | facts.gone) or _follows_what_is_done(finding, facts):
            past.append(replace(finding, severity="warning"))
        else:
            others.append(finding)
    return tuple(past), tuple(others)
