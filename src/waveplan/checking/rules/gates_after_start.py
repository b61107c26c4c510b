"""WP333: no gate falls before the programme starts."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP333"


def check_gates_after_start(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave with gates before the start, whatever days the plan states for them."""
    start = facts.calendar.start
    for wave in facts.waves:
        early = [(gate.id, day) for gate, day in wave.gates if day < start]
        if early:
            yield finding(
                CODE,
                "{wave}: gates before the programme's start on {start}: {gates}",
                {
                    "wave": wave.name,
                    "start": start.isoformat(),
                    "gates": names(f"{gate} on {day.isoformat()}" for gate, day in early),
                },
                subjects=(wave.id, *(gate for gate, _ in early)),
                path=wave.path,
                hint="move the wave to a later slot, or start the programme earlier",
            )
