"""Cells that the tables of differences share: waves, dates, days more or less, amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.text import Text

from waveplan.domain.compliance import WaveRef
from waveplan.render.columns import Cell, Column, table
from waveplan.render.language import Language, Shown, safe
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

MOST_ROWS = 12  # of what there may be hundreds of; --json has them all


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where tables are laid out."""

    language: Language
    width: int
    signs: Signs

    def table(self, columns: Sequence[Column]) -> RenderableType:
        """A table that fits."""
        return table(columns, self.width, self.language, self.signs)

    def cut(self, drawn: RenderableType, more: int) -> RenderableType:
        """A table below which it is said how many more there are."""
        if more <= 0:
            return drawn
        said = self.language.say("… and {n} more; --json lists them all.", n=more)
        return Group(drawn, Text(said, style=PALETTE["quiet"]))

    @property
    def none(self) -> Cell:
        """What one of the plans does not have."""
        return Cell(Shown(self.signs.none), PALETTE["quiet"])

    def wave(self, wave: WaveRef | None) -> Cell:
        """`W04 Sat 14 Mar 2026`."""
        return self.none if wave is None else Cell(Shown(f"{safe(wave.label)} {self.language.day(wave.date)}"))

    def brief_wave(self, wave: WaveRef | None) -> Cell:
        """The same without the day of the week."""
        if wave is None:
            return self.none
        return Cell(Shown(f"{safe(wave.label)} {self.language.day(wave.date, weekday=False)}"))

    def day(self, day: dt.date | None) -> Cell:
        """A date."""
        return self.none if day is None else Cell(self.language.day(day))

    def days_later(self, before: dt.date | None, after: dt.date | None) -> Cell:
        """By how many days something is later or earlier."""
        if before is None or after is None:
            return self.none
        days = (after - before).days
        if days > 0:
            return Cell(self.language.count("{n} day later", "{n} days later", days), PALETTE["fair"])
        if days < 0:
            return Cell(self.language.count("{n} day earlier", "{n} days earlier", -days), PALETTE["good"])
        return Cell(self.language.say("same day"), PALETTE["quiet"])

    def days_brief(self, before: dt.date | None, after: dt.date | None) -> Cell:
        """The same as a number with its sign."""
        if before is None or after is None or before == after:
            return self.days_later(before, after)
        days = (after - before).days
        said = self.language.say("{days} d", days=Shown(f"{'+' if days > 0 else '−'}{abs(days)}"))
        return Cell(said, PALETTE["fair"] if days > 0 else PALETTE["good"])

    def more(self, change: Decimal, shown: Shown) -> Cell:
        """A change with its sign; `shown` is its size."""
        if not change:
            return Cell(self.language.say("as before"), PALETTE["quiet"])
        sign = "+" if change > 0 else "−"
        return Cell(Shown(sign + shown), PALETTE["fair"] if change > 0 else PALETTE["good"])


def date_of(wave: WaveRef | None) -> dt.date | None:
    """A wave's date."""
    return None if wave is None else wave.date
