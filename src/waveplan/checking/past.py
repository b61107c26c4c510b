"""What of a plan has been carried out: what is wrong with it is a fact by now, and no other plan would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from waveplan.checking.placement import Placement
from waveplan.checking.retiring import Retiring
from waveplan.domain.findings import Finding

_GAPS = frozenset({"WP350", "WP351", "WP354"})  # most days between two things


def of_the_past(
    findings: Iterable[Finding], placement: Placement, retiring: Retiring
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings about waves and retirements all of which are done, as warnings, and all others.

    What is done when something else comes too late after it is a fact as well: that finding is a warning, too.
    """
    waves = {wave.id for wave in placement.plan.waves} | {each.id for each in retiring.all.values()}
    past: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        named = waves.intersection(finding.subjects)
        if (named and named <= placement.over | placement.gone) or _follows_what_is_done(finding, placement):
            past.append(replace(finding, severity="warning"))
        else:
            others.append(finding)
    return tuple(past), tuple(others)


def _follows_what_is_done(finding: Finding, placement: Placement) -> bool:
    """Whether it says of something that it comes too many days before or after what is done."""
    gap = finding.code in _GAPS and "most" in finding.values
    return gap and not placement.done.keys().isdisjoint(finding.subjects)
