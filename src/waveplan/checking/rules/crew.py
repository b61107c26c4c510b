"""WP326: crews of windows that overlap, days of rest included, are people that their team has."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.people import crew_crowds
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP326"


def check_crew(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and set of lots, on the day on which most people are missing."""
    for crowd in crew_crowds(facts):
        waves = list(dict.fromkeys(facts.wave_of[lot.items[0].id].id for lot in crowd.lots))
        yield finding(
            CODE,
            "{team} on {day}: crews need {used} of {limit} people, in {waves} ({lots})",
            {
                "team": crowd.team,
                "day": crowd.day.isoformat(),
                "used": crowd.needed,
                "limit": crowd.present,
                "waves": names(waves),
                "lots": names(lot.id for lot in crowd.lots),
            },
            subjects=(crowd.team, crowd.day.isoformat(), *waves),
            path=facts.wave_of[crowd.lots[-1].items[0].id].path,
            hint="move one of these lots to a window that does not meet the others, days of rest included",
        )
