"""WP324: no team works more in a week than it offers."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.change_calendar import iso_week
from waveplan.checking.facts import Facts
from waveplan.checking.wording import amounts, finding, names
from waveplan.domain.findings import Finding

CODE = "WP324"


def check_team_weeks(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and week with more person-days of preparation and rehearsals than offered."""
    for (team, monday), use in sorted(facts.workload.weeks.items()):
        offer = facts.workload.offers[team, monday]
        if offer is not None and use.used > offer:
            week = iso_week(monday)
            yield finding(
                CODE,
                "{team} in {week}: {used} of {limit} person-days, for {waves}",
                {"team": team, "week": week, **amounts(use.used, offer), "waves": names(use.by_wave)},
                subjects=(team, week, *use.by_wave),
                path=("teams", team, "weeks", week),
                hint="spread the waves that {team} prepares, or give it more people in that week",
                hint_values={"team": team},
            )
