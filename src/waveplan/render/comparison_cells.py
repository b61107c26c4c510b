"""Rows of a comparison: a label, and what each plan has there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.figures import NO_ORGANISATION, Compared, PlanFigures
from waveplan.render.columns import Cell
from waveplan.render.language import Language, Shown, safe
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A label and a cell for each plan; `brief` where the width asks for it."""

    label: Shown
    cells: Sequence[Cell]
    brief: Sequence[Cell]


class RowMaker:
    """Makes rows of the plans' figures; a plan that does not say something has a dash there."""

    def __init__(self, columns: Sequence[Compared], language: Language, signs: Signs) -> None:
        self._columns = columns
        self._plans = [column.plan for column in columns]
        self._inventories = [column.inventory for column in columns]
        self._language = language
        self._none = Cell(Shown(signs.none), PALETTE["quiet"])

    def _row(
        self,
        label: Shown,
        values: Sequence[Decimal | int | None],
        shown: Callable[[Decimal], Shown] | None = None,
    ) -> ComparedRow:
        show = shown or self._rounding(values)
        cells = [self._none if value is None else Cell(show(Decimal(value))) for value in values]
        return ComparedRow(label, cells, cells)

    def _plan_row(self, figure: str, label: Shown, shown: Callable[[Decimal], Shown] | None = None) -> ComparedRow:
        return self._row(label, [None if plan is None else getattr(plan, figure) for plan in self._plans], shown)

    def _days_row(self, label: Shown, day_of: Callable[[PlanFigures], dt.date | None]) -> ComparedRow:
        days = [day_of(plan) if plan else None for plan in self._plans]
        full = [self._none if day is None else Cell(self._language.day(day)) for day in days]
        brief = [self._none if day is None else Cell(self._language.day(day, weekday=False)) for day in days]
        return ComparedRow(label, full, brief)

    def _by_organisation(self, amounts: Sequence[Mapping[str, Decimal] | None]) -> list[ComparedRow]:
        def name(organisation: str) -> Shown:
            return self._language.say("no organisation") if organisation == NO_ORGANISATION else safe(organisation)

        return self._by_key(amounts, name)

    def _by_key(
        self, amounts: Sequence[Mapping[str, Decimal] | Mapping[str, int] | None], name: Callable[[str], Shown]
    ) -> list[ComparedRow]:
        found = {key for each in amounts if each for key in each}
        keys = sorted(found, key=lambda key: (key == NO_ORGANISATION, key))
        return [self._row(name(key), [each.get(key) if each else None for each in amounts]) for key in keys]

    def _rounding(self, values: Sequence[Decimal | int | None]) -> Callable[[Decimal], Shown]:
        """A row has one decimal in all of its numbers or in none."""
        exact = all(value is None or round(Decimal(value), 1) % 1 == 0 for value in values)
        return lambda value: self._language.number(value, 0 if exact else 1)


def in_lines_of_words(cell: Cell) -> Cell:
    """The same in several lines, one after each comma or blank."""
    return Cell(
        Shown(cell.text.replace(", ", ",\n") if ", " in cell.text else cell.text.replace(" ", "\n")), cell.style
    )
