"""Gates, milestones and hard dates on other days."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from rich.console import RenderableType

from waveplan.domain.differences import MilestoneMove, PlanDifference
from waveplan.domain.made_names import MILESTONE_NAMES
from waveplan.render.columns import Column, words
from waveplan.render.differences.tables import MOST_ROWS, Sheet
from waveplan.render.language import Shown, marked, safe
from waveplan.render.made_ids import made_name
from waveplan.render.milestone_lines import TOGETHER
from waveplan.render.styles import PALETTE

_NAMES = {**MILESTONE_NAMES, "hard_date": marked("hard date, reached")}


def gate_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Gates of waves that both plans have."""
    moves = difference.gates
    if not moves:
        return None
    say = sheet.language.say
    shown = moves[:MOST_ROWS]
    columns = [
        Column(say("Wave"), words([safe(move.wave.label) for move in shown], PALETTE["heading"])),
        Column(say("Gate"), words([safe(move.gate) for move in shown], PALETTE["gate"]), fold=12),
        Column(say("Before"), [sheet.day(move.before) for move in shown], rank=1),
        Column(say("After"), [sheet.day(move.after) for move in shown]),
        Column(
            say("Change"),
            [sheet.days_later(move.before, move.after) for move in shown],
            brief=[sheet.days_brief(move.before, move.after) for move in shown],
        ),
    ]
    return sheet.cut(sheet.table(columns), len(moves) - len(shown))


def milestone_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Milestones by their new days; orders to purge and acknowledgements together where they moved together."""
    lines = _lines(difference, sheet)
    if not lines:
        return None
    say = sheet.language.say
    shown = lines[:MOST_ROWS]
    columns = [
        Column(say("Milestone"), words([name for name, _ in shown], PALETTE["heading"]), fold=16),
        Column(say("Kind"), words([say(_NAMES[move.kind]) for _, move in shown], PALETTE["milestone"]), rank=2),
        Column(say("Before"), [sheet.day(move.before) for _, move in shown], rank=1),
        Column(say("After"), [sheet.day(move.after) for _, move in shown]),
        Column(
            say("Change"),
            [sheet.days_later(move.before, move.after) for _, move in shown],
            brief=[sheet.days_brief(move.before, move.after) for _, move in shown],
        ),
    ]
    return sheet.cut(sheet.table(columns), len(lines) - len(shown))


def _lines(difference: PlanDifference, sheet: Sheet) -> list[tuple[Shown, MilestoneMove]]:
    found = []
    ordered = sorted(difference.milestones, key=_together)
    for _, group in groupby(ordered, key=_together):
        members = list(group)
        found.append((_name(members, sheet), members[0]))
    return found


def _together(move: MilestoneMove) -> tuple[object, ...]:
    gathered = move.kind in TOGETHER
    return (not gathered, move.kind if gathered else "", _ordinal(move.after), _ordinal(move.before)) + (
        () if gathered else (move.kind, move.id)
    )


def _ordinal(day: dt.date | None) -> int:
    return 0 if day is None else day.toordinal()


def _name(members: list[MilestoneMove], sheet: Sheet) -> Shown:
    count = sheet.language.count
    if len(members) == 1:
        return made_name(sheet.language, members[0].id)
    if members[0].kind == "purge_order":
        return count("{n} purge order", "{n} purge orders", len(members))
    return count("{n} acknowledgement", "{n} acknowledgements", len(members))
