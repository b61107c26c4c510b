"""Lots that moved, were regrouped, are new or are gone."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from waveplan.domain.differences import PlacedItems, PlanDifference, Regrouping
from waveplan.render.columns import Cell, Column, words
from waveplan.render.differences.tables import Sheet, date_of
from waveplan.render.language import Shown, safe
from waveplan.render.styles import PALETTE

_NAMED = 6  # items of a lot that are said by name


def moved_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Lots of the same items in other waves."""
    moves = difference.moved
    if not moves:
        return None
    say = sheet.language.say
    columns = [
        Column(say("Lot"), words([safe(move.lot) for move in moves], PALETTE["heading"]), fold=18),
        Column(
            say("From wave"),
            [sheet.wave(move.before) for move in moves],
            brief=[sheet.brief_wave(move.before) for move in moves],
            rank=1,
        ),
        Column(
            say("To wave"),
            [sheet.wave(move.after) for move in moves],
            brief=[sheet.brief_wave(move.after) for move in moves],
        ),
        Column(
            say("Change"),
            [sheet.days_later(date_of(move.before), date_of(move.after)) for move in moves],
            brief=[sheet.days_brief(date_of(move.before), date_of(move.after)) for move in moves],
        ),
    ]
    return sheet.table(columns)


def regrouped_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """Lots that share items and do not hold the same ones, each side in lines."""
    groups = difference.regrouped
    if not groups:
        return None
    say = sheet.language.say
    columns = [
        Column(say("Before"), [_side(group.before, sheet) for group in groups], fold=16),
        Column(say("After"), [_side(group.after, sheet) for group in groups], fold=16),
        Column(say("Items"), [_items(group, sheet) for group in groups], fold=14, rank=1),
    ]
    return sheet.table(columns)


def _side(lots: Sequence[PlacedItems], sheet: Sheet) -> Cell:
    none = sheet.signs.none
    return Cell(Shown("\n".join(f"{safe(lot.lot)} {safe(lot.wave.label) if lot.wave else none}" for lot in lots)))


def _items(group: Regrouping, sheet: Sheet) -> Cell:
    """What came and what left; else what all of them hold."""
    signed = [*(f"+{safe(item)}" for item in group.came), *(f"−{safe(item)}" for item in group.left)]
    if signed:
        return Cell(Shown("\n".join(signed)))
    return Cell(named([item for lot in group.after for item in lot.items], sheet))


def placed_table(lots: Sequence[PlacedItems], sheet: Sheet) -> RenderableType | None:
    """Lots with their waves and items."""
    if not lots:
        return None
    say = sheet.language.say
    columns = [
        Column(say("Lot"), words([safe(lot.lot) for lot in lots], PALETTE["heading"]), fold=18),
        Column(say("Wave"), [sheet.wave(lot.wave) for lot in lots], brief=[sheet.brief_wave(lot.wave) for lot in lots]),
        Column(say("Items"), [Cell(named(lot.items, sheet)) for lot in lots], fold=14),
    ]
    return sheet.table(columns)


def named(names: Sequence[str], sheet: Sheet) -> Shown:
    """A few names, and how many more there are."""
    shown = Shown(", ".join(safe(name) for name in names[:_NAMED]))
    more = len(names) - _NAMED
    return sheet.language.say("{lots} and {n} more", lots=shown, n=more) if more > 0 else shown
