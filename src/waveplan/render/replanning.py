"""What a plan made anew has moved, and why, for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.compliance import WaveRef
from waveplan.domain.differences import GoalChange, Moved, Replanning
from waveplan.domain.solve_record import GoalRecord
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.differences.figures import goal_rows
from waveplan.render.differences.tables import Sheet
from waveplan.render.language import BLANK, Language, Shown, marked, safe
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

_CAUSES = {
    "no_go": marked("a no-go"),
    "rolled_back": marked("rolled back"),
    "new": marked("new in the inventory"),
    "displaced": marked("to make room, or to keep an order"),
}


def replanning_view(
    replanning: Replanning,
    goals: Sequence[GoalChange],
    language: Language,
    width: int,
    signs: Signs,
    proof: GoalRecord | None = None,
) -> list[RenderableType]:
    """What moved, from where to where and why; what stays; what it does to the goals.

    `proof` is what the new plan says of the fewest lots that must move.
    """
    say = language.say
    parts: list[RenderableType] = [Text(_summary(replanning, language), style=PALETTE["title"])]
    if proof is not None and proof.value:
        parts += [Text(_fewest(proof, language), style=PALETTE["quiet"])]
    parts += [Text("")]
    if replanning.unlocked:
        note = say("Imminent waves had to be touched: with all of them in place there is no plan.")
        parts += [Text(note, style=PALETTE["bad"]), Text("")]
    if replanning.moved:
        parts += [_moves(replanning.moved, language, width, signs), Text("")]
    if replanning.gone:
        names = ", ".join(safe(lot) for lot in replanning.gone)
        parts += [Text(say("No longer in the inventory: {lots}", lots=names)), Text("")]
    return [*parts, goal_rows(goals, Sheet(language, width, signs))]


def _summary(replanning: Replanning, language: Language) -> Shown:
    count, say = language.count, language.say
    moved = sum(each.before is not None for each in replanning.moved)
    new = len(replanning.moved) - moved
    parts = [
        count("{n} lot moves", "{n} lots move", moved),
        count("{n} lot is new", "{n} lots are new", new) if new else BLANK,
        count("{n} lot is done", "{n} lots are done", replanning.done),
        count("{n} imminent lot stays", "{n} imminent lots stay", replanning.locked) if replanning.locked else BLANK,
    ]
    told = ", ".join(part for part in parts if part)
    return say("As of {day}: {told}", day=language.day(replanning.as_of), told=told)


def _fewest(proof: GoalRecord, language: Language) -> Shown:
    """How few lots could move at all, as far as that is proven."""
    if proof.status == "optimal":
        return language.say("Proven: no fewer lots can move.")
    if not proof.bound:
        return language.say("How few lots could move is not known.")
    return language.count(
        "Proven: at least {n} lot must move.", "Proven: at least {n} lots must move.", int(proof.bound)
    )


def _moves(moved: Sequence[Moved], language: Language, width: int, signs: Signs) -> RenderableType:
    say = language.say
    columns = [
        Column(say("Lot"), words([safe(each.lot) for each in moved], PALETTE["heading"]), fold=18),
        Column(say("From"), words([_wave(each.before, language) for each in moved], PALETTE["quiet"])),
        Column(say("To"), words([_wave(each.after, language) for each in moved], PALETTE["cutover"])),
        Column(say("Days"), [_days(each) for each in moved], right=True, rank=1),
        Column(say("Why"), words([_why(each, language) for each in moved]), fold=20),
    ]
    return table(columns, width, language, signs)


def _wave(wave: WaveRef | None, language: Language) -> Shown:
    return BLANK if wave is None else Shown(f"{safe(wave.label)} {language.day(wave.date, weekday=False)}")


def _days(moved: Moved) -> Cell:
    if moved.before is None:
        return Cell(BLANK)
    return Cell(Shown(f"{(moved.after.date - moved.before.date).days:+d}"))


def _why(moved: Moved, language: Language) -> Shown:
    if moved.by is not None:
        return language.phrase(moved.by)
    return language.say(_CAUSES.get(moved.cause, ""))
