"""WP337: nothing is in hypercare after the deadline."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP337", "dates")
def check_deadline(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave whose last hypercare day lies after the deadline."""
    deadline = facts.calendar.deadline
    for wave in facts.waves:
        last = wave.hypercare_days.last
        if last > deadline:
            yield violation(
                "{wave} is in hypercare until {last}, after the deadline {deadline}",
                {"wave": wave.name, "last": last.isoformat(), "deadline": deadline.isoformat()},
                subjects=(wave.id,),
                path=wave.path,
                hint="move the wave to an earlier slot",
            )
