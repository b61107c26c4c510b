"""Goals, loads of teams and organisations, and whatever else two plans state differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.console import RenderableType

from waveplan.change_calendar.spans import week_monday
from waveplan.domain.differences import GoalChange, LoadChange, PlanDifference
from waveplan.render.columns import Cell, Column, words
from waveplan.render.differences.tables import MOST_ROWS, Sheet
from waveplan.render.goals import goal_name, goal_value
from waveplan.render.language import Shown, safe
from waveplan.render.styles import PALETTE


def goal_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Every goal's value before and after; none when all are as they were."""
    goals = difference.goals
    if all(goal.before == goal.after for goal in goals):
        return None
    return goal_rows(goals, sheet)


def goal_rows(goals: Sequence[GoalChange], sheet: Sheet) -> RenderableType:
    """Goals' values, and by how much they differ."""
    language, say = sheet.language, sheet.language.say
    columns = [
        Column(say("Goal"), words([goal_name(language, each.goal) for each in goals], PALETTE["heading"])),
        Column(say("Before"), words([goal_value(language, each.goal, each.before) for each in goals]), right=True),
        Column(say("After"), words([goal_value(language, each.goal, each.after) for each in goals]), right=True),
        Column(say("Change"), [_change(each, sheet) for each in goals], right=True),
    ]
    return sheet.table(columns)


def _change(goal: GoalChange, sheet: Sheet) -> Cell:
    change = goal.after - goal.before
    return sheet.more(change, goal_value(sheet.language, goal.goal, abs(change)))


def team_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Person-days of teams by week."""
    say = sheet.language.say

    def week(period: str) -> Shown:
        return Shown(f"{period[5:]} {sheet.language.day(week_monday(period), weekday=False)}")

    return _loads(
        difference.teams, say("Team"), [say("Week of"), *(week(each.period) for each in difference.teams)], sheet
    )


def organisation_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Person-days of organisations by month."""
    say = sheet.language.say
    months = [sheet.language.month(_first(each.period)) for each in difference.organisations]
    return _loads(difference.organisations, say("Organisation"), [say("Month"), *months], sheet)


def _loads(loads: Sequence[LoadChange], whose: Shown, periods: Sequence[Shown], sheet: Sheet) -> RenderableType | None:
    """`periods` begins with its title."""
    if not loads:
        return None
    language, say = sheet.language, sheet.language.say
    shown = loads[:MOST_ROWS]

    def days(amount: Decimal | None) -> Cell:
        return sheet.none if amount is None else Cell(language.number(amount, 1))

    names = [say("no organisation") if each.name is None else safe(each.name) for each in shown]
    columns = [
        Column(whose, words(names, PALETTE["heading"]), fold=12),
        Column(periods[0], words(periods[1 : len(shown) + 1])),
        Column(say("Before"), [days(each.before) for each in shown], right=True),
        Column(say("After"), [days(each.after) for each in shown], right=True),
        Column(
            say("Change"), [sheet.more(each.more, language.number(abs(each.more), 1)) for each in shown], right=True
        ),
        Column(say("Offered"), [days(each.offered) for each in shown], right=True, rank=1),
    ]
    return sheet.cut(sheet.table(columns), len(loads) - len(shown))


def _first(month: str) -> dt.date:
    return dt.date.fromisoformat(f"{month}-01")


def figure_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Figures by their names in the plan file."""
    figures = difference.figures
    if not figures:
        return None
    say = sheet.language.say
    shown = figures[:MOST_ROWS]
    columns = [
        Column(say("Of"), words([safe(each.of) for each in shown], PALETTE["heading"]), fold=16),
        Column(say("Figure"), words([safe(each.figure) for each in shown])),
        Column(say("Before"), [_plain(each.before, sheet) for each in shown], fold=12),
        Column(say("After"), [_plain(each.after, sheet) for each in shown], fold=12),
    ]
    return sheet.cut(sheet.table(columns), len(figures) - len(shown))


def _plain(value: object, sheet: Sheet) -> Cell:
    if value is None or value in ([], {}):
        return sheet.none
    if isinstance(value, list):
        return Cell(Shown(", ".join(safe(each) for each in value)))
    if isinstance(value, Mapping):
        return Cell(Shown(", ".join(f"{safe(key)} {sheet.language.value(each)}" for key, each in value.items())))
    return Cell(sheet.language.value(value))
