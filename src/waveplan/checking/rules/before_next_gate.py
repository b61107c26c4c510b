"""WP332: where the policy asks for it, hypercare is over before the next wave is decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding


@hard_rule("WP332", "dates")
def check_before_next_gate(facts: Facts) -> Iterator[Finding]:
    """The next wave's last deciding gate falls after this wave's last hypercare day."""
    for stream, waves in facts.streams.items():
        if not facts.items.policies[stream].hypercare.before_next_gate:
            continue
        for wave, following in pairwise(waves):
            deciding = [(day, gate.id) for gate, day in following.gates if gate.decides]
            last = wave.hypercare_days.last
            if deciding and max(deciding)[0] <= last:
                day, gate = max(deciding)
                yield violation(
                    "{wave} is in hypercare until {last}, but gate {gate} of {following} is decided on {day}",
                    {
                        "wave": wave.name,
                        "last": last.isoformat(),
                        "gate": gate,
                        "following": following.name,
                        "day": day.isoformat(),
                    },
                    subjects=(following.id, wave.id, gate),
                    path=following.path,
                    hint="move {following} to a later slot",
                )
