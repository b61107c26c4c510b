"""WP327: hypercare on one day needs no more people than a team can have on call."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.checking.facts import Facts
from waveplan.checking.hard_rule import hard_rule
from waveplan.checking.people import on_call_crowds, too_few
from waveplan.domain.findings import Finding


@hard_rule("WP327", "room")
def check_on_call(facts: Facts) -> Iterator[Finding]:
    """One finding for each team and set of lots, on the day on which most people are missing."""
    for crowd in on_call_crowds(facts):
        yield too_few(
            facts,
            crowd,
            "{team} on {day}: hypercare needs {used} of {limit} people on call, for {waves} ({lots})",
            hint="move one of these lots so that their hypercare does not meet",
        )
