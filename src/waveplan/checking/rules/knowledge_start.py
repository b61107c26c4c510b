"""WP347: knowledge transfer begins on or after the programme's start."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP347", "dates")
def check_knowledge_start(facts: Facts) -> Iterator[Finding]:
    """One finding for each knowledge transfer, by site or item if it is held so, that would begin too early."""
    for held in facts.knowledge:
        stages, wave = held.stages, held.wave
        if wave is None or stages[0].days.first >= facts.calendar.start:
            continue
        yield violation(
            "{transfer} takes {days} working days before {wave}: it would begin on {first}, "
            "before the programme's start on {start}",
            {
                "transfer": held.name,
                "days": sum(stage.stage.working_days for stage in stages),
                "wave": wave.name,
                "first": stages[0].days.first.isoformat(),
                "start": facts.calendar.start.isoformat(),
            },
            subjects=(wave.id, held.transfer.id, held.name),
            path=wave.path,
            hint="move what it covers to later waves, or shorten its stages",
        )
