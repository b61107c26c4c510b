"""WP325: preparation finds a working day of the team that does it."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, number
from waveplan.domain.findings import Finding

CODE = "WP325"


def check_effort_has_days(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and team with effort, a weekly limit, and no working day to work on."""
    for homeless in facts.workload.homeless:
        wave, team = homeless.wave, homeless.team
        if facts.teams[team].person_days_per_week is None:
            continue
        days = wave.preparation
        yield finding(
            CODE,
            "{wave}: {effort} person-days of {team} have no working day " + _when(days.last < days.first),
            {
                "wave": wave.name,
                "effort": number(homeless.effort),
                "team": team,
                "first": days.first.isoformat(),
                "last": days.last.isoformat(),
            },
            subjects=(wave.id, team),
            path=wave.path,
            hint="give more 'preparation_days', or move the wave to a slot with a working day before it",
        )


def _when(none: bool) -> str:
    return "to fall on: there are no preparation days" if none else "from {first} to {last}"
