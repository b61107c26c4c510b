"""WP325: preparation finds a working day of the team that does it."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.wording import finding, number
from waveplan.domain.findings import Finding

CODE = "WP325"
_NO_DAYS = "{wave}: {effort} person-days of {team} have no day to fall on: there is no preparation"
_NO_WORKING_DAY = "{wave}: {effort} person-days of {team} have no working day from {first} to {last}"


def check_effort_has_days(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave and team with effort, a weekly limit, and no working day to work on."""
    for homeless in facts.workload.homeless:
        wave, team = homeless.wave, homeless.team
        if facts.teams[team].person_days_per_week is None:
            continue
        days = wave.preparation
        yield finding(
            CODE,
            _NO_DAYS if days.last < days.first else _NO_WORKING_DAY,
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
