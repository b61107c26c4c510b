"""CSV: texts that a spreadsheet would take for a formula stay texts; the way of French spreadsheets on request."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from waveplan.export.plan_facts import plain_number
from waveplan.export.programme import Words
from waveplan.export.tables import Cell

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = tuple("=+-@\t\r")
_SHARE_PLACES = Decimal("0.0001")
_MOST_DIGITS = 20


class CsvText:
    """Rows as CSV. Counts the texts that it put behind an apostrophe, so that it can be said.

    Spreadsheets read no distance from UTC: with semicolons, moments have none.
    """

    def __init__(self, *, semicolon: bool = False) -> None:
        self.semicolon = semicolon
        self.guarded = 0

    def text(self, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
        """Heads and rows; semicolons, decimal commas and a byte-order mark when asked for."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";" if self.semicolon else ",", lineterminator="\n")
        writer.writerow(heads)
        writer.writerows([self._cell(cell) for cell in row] for row in rows)
        return (BYTE_ORDER_MARK if self.semicolon else "") + text.getvalue()

    def notes(self, words: Words) -> tuple[str, ...]:
        """What was changed for the reader's safety."""
        if not self.guarded:
            return ()
        return (
            words.count(
                "{n} text begins like a formula of spreadsheets: it stands behind an apostrophe",
                "{n} texts begin like formulas of spreadsheets: they stand behind an apostrophe",
                self.guarded,
            ),
        )

    def _cell(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        if isinstance(cell, dt.datetime):
            return f"{cell:%Y-%m-%d %H:%M}" if self.semicolon else cell.isoformat()
        if isinstance(cell, dt.date):
            return cell.isoformat()
        if isinstance(cell, str):
            return self._no_formula(cell)
        number = plain_number(cell if isinstance(cell, int) else _short(cell))
        return number.replace(".", ",") if self.semicolon else number

    def _no_formula(self, text: str) -> str:
        if text.startswith(_FORMULA) and len(text) > 1:
            self.guarded += 1
            return f"'{text}"
        return text


def _short(number: Decimal) -> Decimal:
    """A quotient has as many digits as the machine gives it; four say enough."""
    return number.quantize(_SHARE_PLACES) if len(number.as_tuple().digits) > _MOST_DIGITS else number
