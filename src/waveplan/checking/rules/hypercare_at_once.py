"""WP331: no more waves of a stream are in hypercare on one day than its policy allows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.holding import whole_waves
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import names, violation
from waveplan.domain.excess import excess
from waveplan.domain.findings import Finding


@hard_rule("WP331", "dates")
def check_hypercare_at_once(facts: Facts) -> Iterator[Finding]:
    """One finding for each set of waves that is in hypercare together, on its first day."""
    for stream, waves in facts.streams.items():
        most = facts.items.policies[stream].hypercare.max_waves_at_once
        if most is None:
            continue
        watched: dict[dt.date, list[PlacedWave]] = defaultdict(list)
        for wave in waves:
            for day in takewhile(lambda each: each <= facts.calendar.deadline, wave.hypercare_days):  # beyond: WP337
                watched[day].append(wave)
        seen: set[tuple[str, ...]] = set()
        for day in sorted(watched):
            together = tuple(wave.id for wave in watched[day])
            if len(together) > most and together not in seen:
                seen.add(together)
                yield _finding(facts.to_blame(watched[day]), watched[day], day, most)


def _finding(wave: PlacedWave, waves: list[PlacedWave], day: dt.date, most: int) -> Finding:
    return violation(
        "{wave}: on {day}, {used} waves of {limit} are in hypercare ({waves})",
        {
            "wave": wave.name,
            "day": day.isoformat(),
            "used": len(waves),
            "limit": most,
            "waves": names(wave.id for wave in waves),
        },
        subjects=(wave.id, day.isoformat()),
        path=wave.path,
        excess=excess(len(waves), most, whole_waves(waves)),
        hint="move the wave to a slot after the hypercare of the others, or join two of them",
    )
