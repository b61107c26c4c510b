"""WP325: preparation and knowledge transfer find a working day of the team that does it."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import number, violation
from waveplan.checking.workload import TeamWork
from waveplan.domain.findings import Finding

_NO_DAYS = "{wave}: {effort} person-days of {team} have no day to fall on: there is no preparation"
_NO_DAY_OF_STAGE = "{stage}, before {wave}: {effort} person-days of {team} have no working day from {first} to {last}"
_NOBODY_TO_HOLD = "{stage}, for {wave}: nobody of {team} is there up to {first}, for {effort} person-days"
_NO_WORKING_DAY = "{wave}: {effort} person-days of {team} have no working day from {first} to {last}"
_NOBODY = "{wave}: nobody of {team} is there on a working day from {first} to {last}, for {effort} person-days"
_NO_PREPARATION_TO_RETIRE = (
    "retirement of {item}: {effort} person-days of {team} have no day to fall on: there is no preparation"
)
_NOBODY_TO_RETIRE = (
    "retirement of {item}: nobody of {team} is there on a working day from {first} to {last}, for {effort} person-days"
)
_OTHER_SLOT = "give more 'preparation_days', or move the wave to a slot with a working day before it"
_OTHER_STAGE = "give the stage more 'days', or move the wave so that a working day of the team falls among them"


@hard_rule("WP325", "room")
def check_effort_has_days(facts: Facts) -> Iterator[Finding]:
    """One finding for each wave or stage and team with effort, a weekly limit, and no day to work on."""
    for homeless in facts.workload.homeless:
        if homeless.retired is not None:
            yield from _retirement(facts, homeless)
            continue
        wave, team = homeless.wave, homeless.team
        assert wave is not None
        if facts.teams[team].person_days_per_week is None:
            continue
        days = homeless.days
        hint = _OTHER_SLOT if homeless.held or not homeless.stage else _OTHER_STAGE
        yield violation(
            _template(facts, homeless),
            {
                "stage": homeless.stage or "",
                "wave": wave.name,
                "effort": number(homeless.effort),
                "team": team,
                "first": days.first.isoformat(),
                "last": days.last.isoformat(),
            },
            subjects=(wave.id, team, *([homeless.stage] if homeless.stage else [])),
            path=wave.path,
            hint=hint,
        )


def _retirement(facts: Facts, work: TeamWork) -> Iterator[Finding]:
    assert work.retired is not None
    if facts.teams[work.team].person_days_per_week is None:
        return
    values = {"item": work.retired.name, "effort": number(work.effort), "team": work.team}
    values |= {"first": work.days.first.isoformat(), "last": work.days.last.isoformat()}
    template = _NO_PREPARATION_TO_RETIRE if work.days.last < work.days.first else _NOBODY_TO_RETIRE
    path, subjects = facts.retiring.path(work.retired.name), (work.retired.id, work.team)
    yield violation(template, values, subjects=subjects, path=path, hint="retire it later, when the team is there")


def _template(facts: Facts, work: TeamWork) -> str:
    if work.held is not None:
        return _NOBODY_TO_HOLD
    if work.stage:
        return _NO_DAY_OF_STAGE
    if work.days.last < work.days.first:
        return _NO_DAYS
    return _NOBODY if facts.calendar.team_working_days(work.team, work.days) else _NO_WORKING_DAY
