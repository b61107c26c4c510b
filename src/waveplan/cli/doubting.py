"""What looks wrong about an entry that is not: asked about before it is written."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable

from waveplan.domain.actuals import CutoverRecord, EffortRecord, Record
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.plan import Plan
from waveplan.render.language import marked

_AHEAD = marked("{wave} is planned for {day}: a cutover cannot be over before.")
_AWAY = marked("{wave} is planned for {day}: {date} is away from its window.")
_NO_TEAM = marked("The plan has no work for a team {team}.")
_NEAR_TEAM = marked("The plan has no work for a team {team}; did you mean {near}?")


def doubts_about(entry: Record, plan: Plan, findings: Iterable[Finding], teams_known: bool) -> list[Phrase]:
    """Sentences about an entry that is probably a slip; `teams_known` where an inventory has been asked already."""
    if isinstance(entry, CutoverRecord):
        wave = next((each for each in plan.waves if each.id == entry.wave), None)
        if wave is not None and entry.date < wave.slot.start.date():
            return [Phrase(_AHEAD, {"wave": wave.id, "day": wave.date})]
        if wave is not None and any(finding.code == "WP407" for finding in findings):
            return [Phrase(_AWAY, {"wave": wave.id, "day": wave.date, "date": entry.date})]
    if isinstance(entry, EffortRecord) and not teams_known and entry.team not in plan.teams:
        near = difflib.get_close_matches(entry.team, plan.teams, n=1)
        values = {"team": entry.team, "near": near[0] if near else ""}
        return [Phrase(_NEAR_TEAM if near else _NO_TEAM, values)]
    return []


def is_answered() -> bool:
    """Whether somebody sits at the terminal who can answer."""
    return sys.stdin is not None and sys.stdin.isatty()
