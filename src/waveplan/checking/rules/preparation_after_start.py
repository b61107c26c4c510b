"""WP334: no preparation begins before the programme starts."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP334", "dates")
def check_preparation_after_start(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave whose first preparation day lies before the start."""
    start = facts.calendar.start
    for wave in facts.waves:
        first = wave.preparation.first
        if first < start:
            yield violation(
                "{wave}: {days} days of preparation begin on {first}, before the programme's start on {start}",
                {
                    "wave": wave.name,
                    "days": wave.policy.preparation_days,
                    "first": first.isoformat(),
                    "start": start.isoformat(),
                },
                subjects=(wave.id,),
                path=wave.path,
                hint="move the wave to a later slot, or shorten 'preparation_days'",
            )
