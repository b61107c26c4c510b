"""WP324: no team works more in a week than it offers."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.placed import PlacedLot
from waveplan.checking.wording import amounts, names, violation
from waveplan.checking.workload import WeekUse
from waveplan.domain.excess import Holder, excess
from waveplan.domain.findings import Finding, Path


@hard_rule("WP324", "room")
def check_team_weeks(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and week with more preparation, rehearsals and knowledge transfer than offered."""
    for (team, monday), use in sorted(facts.workload.weeks.items()):
        offer = facts.workload.offers[team, monday]
        if offer is not None and use.used > offer:
            week = iso_week(monday)
            over = excess(use.used, offer, _holders(facts, team, use), [monday])
            yield violation(
                "{team} in {week}: {used} of {limit} person-days, for {waves}",
                {"team": team, "week": week, **amounts(over), "waves": names(use.by_cause)},
                subjects=(team, week, *use.by_cause, *sorted(use.waves)),
                path=_place(facts, team, week, use),
                hint="spread the waves that {team} prepares, or give it more people in that week",
                excess=over,
            )


def _holders(facts: Facts, team: str, use: WeekUse) -> Iterator[Holder]:
    """Waves with their lots that ask for this team, stages of knowledge transfer, retirements."""
    waves = {wave.id: wave for wave in facts.waves}
    for cause, days in use.by_cause.items():
        lots = waves[cause].lots if cause in waves else ()
        yield Holder(cause, tuple(lot.id for lot in lots if _works_for(facts, team, lot)), days)


def _works_for(facts: Facts, team: str, lot: PlacedLot) -> bool:
    rehearsed = (each.effort for each in lot.rehearsals(facts.items.policies[lot.stream]))
    return team in lot.effort or any(team in effort for effort in rehearsed)


def _place(facts: Facts, team: str, week: str, use: WeekUse) -> Path:
    """The week where the plan states it; else the last wave that has work in it, which an edit brought there."""
    stated = facts.plan.teams.get(team)
    if stated is not None and week in stated.weeks:
        return ("teams", team, "weeks", week)
    return use.last.path if use.last else ("teams",)
