"""WP348: teams are there on every day of the stages of knowledge transfer that they take part in."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import Days
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.wording import violation
from waveplan.domain.findings import Finding
from waveplan.domain.people import Team

_NOT_YET = "{stage} runs from {first} to {last}, before {wave}, but {team} is there only from {day} on"
_NO_LONGER = "{stage} runs from {first} to {last}, before {wave}, but {team} is there only until {day}"


@hard_rule("WP348", "dates")
def check_knowledge_teams(facts: Facts) -> Iterator[Finding]:
    """One finding for each stage and team with effort in it that is not `available` on all its days."""
    for held in facts.knowledge:
        for stage in held.stages:
            for name in stage.effort:
                team = facts.teams.get(name)
                template = _absence(team, stage.days) if team else None
                if team is None or template is None or held.wave is None or team.available is None:
                    continue
                day = team.available.first if template is _NOT_YET else team.available.last
                yield violation(
                    template,
                    {
                        "stage": stage.name,
                        "first": stage.days.first.isoformat(),
                        "last": stage.days.last.isoformat(),
                        "wave": held.wave.name,
                        "team": name,
                        "day": day.isoformat() if day else "",
                    },
                    subjects=(held.wave.id, held.transfer.id, held.name, name),
                    path=held.wave.path,
                    hint="move what the knowledge transfer covers, so that its stages fall while {team} is there",
                )


def _absence(team: Team, days: Days) -> str | None:
    """A stage begins and ends on working days: a team that is there on both is there on all."""
    available = team.available
    if available is None:
        return None
    if available.first is not None and days.first < available.first:
        return _NOT_YET
    return _NO_LONGER if available.last is not None and days.last > available.last else None
