"""WP326: crews of windows that overlap, days of rest included, are people that their team has."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.people import Crowd, crew_crowds, held_by, too_few
from waveplan.checking.wording import names, violation
from waveplan.domain.findings import Finding


@hard_rule("WP326", "room")
def check_crew(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and set of lots, on the day on which most people are missing."""
    for crowd in crew_crowds(facts, facts.retiring):
        if crowd.retired:
            yield _with_retirements(facts, crowd)
            continue
        yield too_few(
            facts,
            crowd,
            "{team} on {day}: crews need {used} of {limit} people, in {waves} ({lots})",
            hint="move one of these lots to a window that does not meet the others, days of rest included",
        )


def _with_retirements(facts: Facts, crowd: Crowd) -> Finding:
    """Too few people on the day of a retirement; crews of windows, days of rest included, count too."""
    waves = dict.fromkeys(facts.wave_of[lot.items[0].id].id for lot in crowd.lots)
    return violation(
        "{team} on {day}: retirements and crews need {used} of {limit} people: {of}",
        {
            "team": crowd.team,
            "day": crowd.day.isoformat(),
            "used": crowd.needed,
            "limit": crowd.present,
            "of": names([*(lot.id for lot in crowd.lots), *(each.id for each in crowd.retired)]),
        },
        subjects=(crowd.team, crowd.day.isoformat(), *waves, *(each.id for each in crowd.retired)),
        path=facts.retiring.path(crowd.retired[0].name),
        hint="retire on another day, when the people are there",
        excess=held_by(facts, crowd),
    )
