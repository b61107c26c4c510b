"""Waves that open, close, move as a whole, or hold other lots; those that only got another number in one line."""

from __future__ import annotations

from rich.console import Group, RenderableType

from waveplan.domain.differences import PlanDifference, WaveChange
from waveplan.render.columns import Cell, Column
from waveplan.render.differences.lots import named
from waveplan.render.differences.tables import Sheet
from waveplan.render.language import Shown, marked, safe
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph

_KINDS = {
    "opened": (marked("opened"), PALETTE["good"]),
    "closed": (marked("closed"), PALETTE["fair"]),
    "moved": (marked("moved as a whole"), PALETTE["fair"]),
    "changed": (marked("other lots"), ""),
}


def wave_table(difference: PlanDifference, sheet: Sheet) -> RenderableType | None:
    """What became of the waves."""
    shown = [wave for wave in difference.waves if wave.kind != "renumbered"]
    renumbered = [wave for wave in difference.waves if wave.kind == "renumbered"]
    parts: list[RenderableType] = []
    if shown:
        parts.append(_table(shown, sheet))
    if renumbered:
        pairs = Shown(", ".join(f"{_label(w.before)} {sheet.signs.arrow} {_label(w.after)}" for w in renumbered))
        said = sheet.language.say("Only renumbered: {waves}", waves=pairs)
        parts.append(paragraph([(said, PALETTE["quiet"])], sheet.width))
    return Group(*parts) if parts else None


def _label(wave: object) -> Shown:
    return safe(getattr(wave, "label", ""))


def _table(waves: list[WaveChange], sheet: Sheet) -> RenderableType:
    say = sheet.language.say
    columns = [
        Column(
            say("Before"),
            [sheet.wave(wave.before) for wave in waves],
            brief=[sheet.brief_wave(wave.before) for wave in waves],
            rank=1,
        ),
        Column(
            say("After"),
            [sheet.wave(wave.after) for wave in waves],
            brief=[sheet.brief_wave(wave.after) for wave in waves],
        ),
        Column(say("Change"), [_kind(wave, sheet) for wave in waves]),
        Column(say("Lots"), [_lots(wave, sheet) for wave in waves], fold=14),
    ]
    return sheet.table(columns)


def _kind(wave: WaveChange, sheet: Sheet) -> Cell:
    words, style = _KINDS[wave.kind]
    return Cell(sheet.language.say(words), style)


def _lots(wave: WaveChange, sheet: Sheet) -> Cell:
    signed = [*(f"+{lot}" for lot in wave.came), *(f"−{lot}" for lot in wave.left)]
    return Cell(named(signed, sheet))
