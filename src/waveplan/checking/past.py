"""What of a plan's violations lies in the past: they are facts by now, and no other plan would mend them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan


def of_the_past(
    findings: Iterable[Finding], plan: Plan, done: Collection[str]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings about waves all of which are done (all of their items are among `done`), and all others."""
    lots = plan.lots_by_id()
    waves = {wave.id: [item for lot in wave.lots if lot in lots for item in lots[lot].items] for wave in plan.waves}
    over = {wave for wave, items in waves.items() if items and all(item in done for item in items)}
    past: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        named = [subject for subject in finding.subjects if subject in waves]
        (past if named and all(wave in over for wave in named) else others).append(finding)
    return tuple(past), tuple(others)
