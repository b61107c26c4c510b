"""WP358: nobody is to be told or taught anything before the programme starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding, Phrase, Phrases


@hard_rule("WP358", "dates")
def check_adoption_after_start(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave with something that would have to be held before the start."""
    start = facts.calendar.start
    early: dict[str, dict[str, dt.date]] = {}
    waves: dict[str, PlacedWave] = {}
    for held in facts.adoption:
        day = held.days.first
        if day < start:
            waves[held.wave.id] = held.wave
            own = early.setdefault(held.wave.id, {})
            own[held.entry.id] = min(day, own.get(held.entry.id, day))
    for name, entries in early.items():
        yield violation(
            "{wave}: adoption before the programme's start on {start}: {entries}",
            {
                "wave": waves[name].name,
                "start": start.isoformat(),
                "entries": Phrases(tuple(_dated(entry, day) for entry, day in entries.items())),
            },
            subjects=(name, *entries),
            path=waves[name].path,
            hint="move the wave to a later slot, or start the programme earlier",
        )


def _dated(entry: str, day: dt.date) -> Phrase:
    return Phrase("{entry} on {day}", {"entry": entry, "day": day.isoformat()})
