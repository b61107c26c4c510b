"""WP333: no gate falls before the programme starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding, Phrase, Phrases


@hard_rule("WP333", "dates")
def check_gates_after_start(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave with gates before the start, whatever days the plan states for them."""
    start = facts.calendar.start
    for wave in facts.waves:
        early = [(gate.id, day) for gate, day in wave.gates if day < start]
        if early:
            yield violation(
                "{wave}: gates before the programme's start on {start}: {gates}",
                {
                    "wave": wave.name,
                    "start": start.isoformat(),
                    "gates": Phrases(tuple(_dated(gate, day) for gate, day in early)),
                },
                subjects=(wave.id, *(gate for gate, _ in early)),
                path=wave.path,
                hint="move the wave to a later slot, or start the programme earlier",
            )


def _dated(gate: str, day: dt.date) -> Phrase:
    return Phrase("{gate} on {day}", {"gate": gate, "day": day.isoformat()})
