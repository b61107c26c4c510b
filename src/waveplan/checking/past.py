"""What of a plan has been carried out: what is wrong with it is a fact by now, and no other plan would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from waveplan.checking.placement import Placement
from waveplan.checking.retiring import Retiring
from waveplan.domain.findings import Finding


def of_the_past(
    findings: Iterable[Finding], placement: Placement, retiring: Retiring
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings about waves and retirements all of which are done, as warnings, and all others."""
    waves = {wave.id for wave in placement.plan.waves} | {each.id for each in retiring.all.values()}
    past: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        named = waves.intersection(finding.subjects)
        if named and named <= placement.over | placement.gone:
            past.append(replace(finding, severity="warning"))
        else:
            others.append(finding)
    return tuple(past), tuple(others)
