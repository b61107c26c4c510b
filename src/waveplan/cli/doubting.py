"""What looks wrong about an entry that is not: asked about before it is written."""

from __future__ import annotations

import datetime as dt
import difflib
import sys
from collections.abc import Iterable

from waveplan.domain.actuals import AcceptanceRecord, CutoverRecord, EffortRecord, MilestoneRecord, Record
from waveplan.domain.findings import Finding, Phrase
from waveplan.domain.history import History
from waveplan.domain.plan import Milestone, Plan
from waveplan.render.language import marked

_AHEAD = marked("{wave} is planned for {day}: a cutover cannot be over before.")
_AWAY = marked("{wave} is planned for {day}: {date} is away from its window.")
_NO_TEAM = marked("The plan has no work for a team {team}.")
_NOT_EMPTY = marked("{milestone}: {n} of the {all} lots with servers at {site} have not cut over by {day}.")
_NEAR_TEAM = marked("The plan has no work for a team {team}; did you mean {near}?")


def doubts_about(
    entry: Record, plan: Plan, findings: Iterable[Finding], teams_known: bool, history: History
) -> list[Phrase]:
    """Sentences about an entry that is probably a slip; `teams_known` where an inventory has been asked already.

    `history` is what was recorded before it.
    """
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
    exited, day = _exit_said(entry, plan)
    return [] if exited is None else _left_behind(exited, day, plan, history)


def _exit_said(entry: Record, plan: Plan) -> tuple[Milestone | None, dt.date]:
    """The exit of a site that an entry says is reached, or signed, and the day."""
    if isinstance(entry, MilestoneRecord) and entry.reached is not None:
        name, day = entry.id, entry.reached
    elif isinstance(entry, AcceptanceRecord) and entry.result == "signed":
        name, day = entry.milestone, entry.date
    else:
        return None, dt.date.min
    return next((each for each in plan.milestones if (each.kind, each.id) == ("site_exit", name)), None), day


def _left_behind(exited: Milestone, day: dt.date, plan: Plan, history: History) -> list[Phrase]:
    """A site is not empty while lots with servers there, which the plan purges there, have not cut over."""
    there = {each.subject for each in plan.milestones if each.kind == "purge_order" and each.site == exited.subject}
    lots = [lot for lot in plan.lots if there.intersection(lot.servers)]
    gone = {item for item, outcome in history.done.items() if outcome.date <= day}
    behind = [lot for lot in lots if not gone.issuperset(lot.items)]
    if not behind:
        return []
    values = {"milestone": exited.id, "n": len(behind), "all": len(lots), "site": exited.subject, "day": day}
    return [Phrase(_NOT_EMPTY, values)]


def is_answered() -> bool:
    """Whether somebody sits at the terminal who can answer."""
    return sys.stdin is not None and sys.stdin.isatty()
