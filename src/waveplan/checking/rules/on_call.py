"""WP327: hypercare on one day needs no more people than a team can have on call."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.people import held_by, on_call_crowds
from waveplan.checking.wording import finding, names
from waveplan.domain.findings import Finding

CODE = "WP327"


@hard_rule(CODE, "room")
def check_on_call(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and set of lots, on the day on which most people are missing."""
    for crowd in on_call_crowds(facts):
        waves = list(dict.fromkeys(facts.wave_of[lot.items[0].id].id for lot in crowd.lots))
        yield finding(
            CODE,
            "{team} on {day}: hypercare needs {used} of {limit} people on call, for {waves} ({lots})",
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
            hint="move one of these lots so that their hypercare does not meet",
            excess=held_by(facts, crowd),
        )
