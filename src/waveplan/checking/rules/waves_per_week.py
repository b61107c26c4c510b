"""WP317: no week holds more of a stream's waves than the cadence allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import whole_waves
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import violation
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding


@hard_rule("WP317", "dates")
def check_waves_per_week(facts: Facts) -> Iterator[Finding]:
    """Up to and including each wave, its week holds at most what its stage allows; one finding a week, at the last."""
    for waves in facts.streams.values():
        weeks: dict[str, list[PlacedWave]] = defaultdict(list)
        for wave in waves:
            weeks[iso_week(wave.date)].append(wave)
        for week, held in weeks.items():
            for count in range(len(held), 0, -1):
                stage = held[count - 1].stage
                most = stage.max_waves_per_week if stage else None
                if most is not None and count > most:
                    yield _finding(week, held[:count], most)
                    break


def _finding(week: str, held: list[PlacedWave], most: int) -> Finding:
    wave = held[-1]
    return violation(
        "{wave}: week {week} holds {used} waves of {limit} ({waves})",
        {
            "wave": wave.name,
            "week": week,
            "used": len(held),
            "limit": most,
            "waves": ", ".join(each.id for each in held),
        },
        subjects=(wave.id, week),
        path=wave.path,
        excess=excess(len(held), most, whole_waves(held)),
        hint="move a wave to another week, or join two of them",
    )
