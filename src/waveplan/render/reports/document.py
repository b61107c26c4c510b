"""A report before it is text: sentences that sum it up, then tables of values that still know what they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from waveplan.render.language import BLANK, Language, Shown, safe

Value = Shown | dt.date | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `rank` and `fold` say what a narrow screen may do to it, as for columns of tables.

    `places` are the decimals of its numbers; of a column `by_month` a date stands for its month.
    """

    title: Shown
    right: bool = False
    rank: int = 0
    fold: int | None = None
    places: int | None = None
    by_month: bool = False


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A table under a heading; `nothing` stands for it when it has no rows. A part for reading only is not in CSV."""

    title: Shown
    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]
    nothing: Shown
    note: Shown = BLANK
    in_csv: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A titled report; `on_phones`: as a page, rows stand one below the other on a narrow screen, cell by cell."""

    title: Shown
    summary: tuple[Shown, ...]
    parts: tuple[ReportPart, ...]
    on_phones: bool = False


def in_words(value: Value, field: Field, language: Language) -> Shown:
    """A value as people read it."""
    if value is None:
        return BLANK
    if isinstance(value, dt.date):
        return language.month(value) if field.by_month else language.day(value, weekday=False)
    return safe(value) if isinstance(value, str) else language.number(value, field.places)
