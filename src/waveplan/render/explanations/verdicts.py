"""What keeps a lot out of one slot, in words: the decisive rule with its numbers, who holds the capacity, what else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from waveplan.domain.differences import GoalChange
from waveplan.domain.excess import Holder
from waveplan.domain.explanations import Explanation, Obstacle, SlotVerdict
from waveplan.render.columns import Cell
from waveplan.render.differences.tables import Sheet
from waveplan.render.goals import goal_name, goal_value
from waveplan.render.language import Language, Shown, safe
from waveplan.render.made_ids import made_name
from waveplan.render.styles import PALETTE

_NAMED = 6  # lots
_CODES = 4  # of further rules


def verdict_words(verdict: SlotVerdict, found: Explanation, sheet: Sheet, *, for_example: bool = False) -> Cell:
    """One slot's reason, or what the goals would be; with `for_example`, others have the reason with other figures."""
    if verdict.free:
        return Cell(_cost(verdict.goals, sheet), PALETTE["good"])
    said = obstacle_words(verdict.obstacles[0], sheet.language)
    lines = [sheet.language.say("Each with figures of its own; the first: {said}", said=said) if for_example else said]
    if held := holders_words(verdict, found, sheet):
        lines.append(held)
    further = dict.fromkeys(each.finding.code for each in verdict.obstacles)
    also = list(further)[1:]
    if also:
        shown = ", ".join(also[:_CODES]) + (", …" if len(also) > _CODES else "")
        lines.append(sheet.language.say("Besides: {codes}", codes=Shown(shown)))
    return Cell(Shown("\n".join(lines)))


def obstacle_words(obstacle: Obstacle, language: Language) -> Shown:
    """Code and sentence."""
    return Shown(f"{obstacle.finding.code} {language.message(obstacle.finding)}")


def holders_words(verdict: SlotVerdict, found: Explanation, sheet: Sheet) -> Shown | None:
    """Who holds what there is: what the lot itself would take, then the others, the largest first."""
    over = verdict.obstacles[0].finding.excess
    holders = over.holders if over is not None else ()
    others = [holder for holder in holders if holder.lots != (found.lot,)]
    own = sum((holder.shown for holder in holders if holder.lots == (found.lot,)), Decimal(0))
    if not others:
        return None
    shown = Shown(", ".join(_holder(holder, verdict, sheet.language) for holder in others[:_NAMED]))
    more = len(others) - _NAMED
    if more > 0:
        shown = sheet.language.say("{lots} and {n} more", lots=shown, n=more)
    if own:
        return sheet.language.say("It would take {own}; held by {holders}", own=own, holders=shown)
    return sheet.language.say("Held by {holders}", holders=shown)


def _holder(holder: Holder, verdict: SlotVerdict, language: Language) -> Shown:
    """A lot with its amount, or lots that hold one thing together; a wave, or a stage, with its lots."""
    amount = language.number(holder.shown)
    if holder.together:
        return Shown(f"{_together(holder.lots)} {amount}")
    if len(holder.lots) == 1:
        where = "" if holder.name == verdict.wave_id else f" ({safe(holder.name)})"
        return Shown(f"{safe(holder.lots[0])}{where} {amount}")
    named = ", ".join(safe(lot) for lot in holder.lots[:_NAMED]) + (", …" if len(holder.lots) > _NAMED else "")
    return Shown(f"{made_name(language, holder.name)} {amount}" + (f" ({named})" if named else ""))


def _together(lots: Sequence[str]) -> str:
    more = len(lots) - _NAMED
    return " + ".join(safe(lot) for lot in lots[:_NAMED]) + (f" + … (+{more})" if more > 0 else "")


def _cost(goals: Sequence[GoalChange], sheet: Sheet) -> Shown:
    say = sheet.language.say
    changed = [goal for goal in goals if goal.before != goal.after]
    if not changed:
        return say("Nothing forbids it, and no goal would change.")
    return say("Nothing forbids it: {goals}", goals=Shown(", ".join(_goal(goal, sheet) for goal in changed)))


def _goal(goal: GoalChange, sheet: Sheet) -> Shown:
    change = goal.after - goal.before
    return Shown(
        f"{goal_name(sheet.language, goal.goal)} "
        f"{sheet.more(change, goal_value(sheet.language, goal.goal, abs(change))).text}"
    )
