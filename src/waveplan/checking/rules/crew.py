"""WP326: crews of windows that overlap, days of rest included, are people that their team has."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.people import Crowd, crew_crowds, held_by
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP326"


@hard_rule(CODE, "room")
def check_crew(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and set of lots, on the day on which most people are missing."""
    for crowd in crew_crowds(facts, facts.retiring):
        waves = list(dict.fromkeys(facts.wave_of[lot.items[0].id].id for lot in crowd.lots))
        if crowd.retired:
            yield _with_retirements(facts, crowd, waves)
            continue
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
            excess=held_by(facts, crowd),
        )


def _with_retirements(facts: Facts, crowd: Crowd, waves: list[str]) -> Finding:
    """Too few people on the day of a retirement; crews of windows, days of rest included, count too."""
    return finding(
        CODE,
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
