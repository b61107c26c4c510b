"""A report as CSV, for spreadsheets: with `;` and a byte-order mark where decimals have a comma."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from waveplan.domain.rounding import to_step
from waveplan.render.language import Language
from waveplan.render.reports.document import Field, Report, ReportPart, Value

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = tuple("=+-@\t\r")


def report_csv(report: Report, language: Language) -> str:
    """One table; several stand under their headings, with an empty line between them. Dates and months are ISO ones."""
    comma = language.decimal_comma
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if comma else ",", lineterminator="\n")
    parts = [part for part in report.parts if part.in_csv]
    for number, part in enumerate(parts):
        if len(parts) > 1:
            writer.writerows([[], [part.title]] if number else [[part.title]])
        writer.writerow([field.title for field in part.fields])
        writer.writerows(_rows(part, decimal_comma=comma))
    return (BYTE_ORDER_MARK if comma else "") + text.getvalue()


def _rows(part: ReportPart, *, decimal_comma: bool) -> Iterator[list[str]]:
    for row in part.rows:
        yield [_cell(value, field, decimal_comma) for value, field in zip(row, part.fields, strict=True)]


def _cell(value: Value, field: Field, decimal_comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}" if field.by_month else value.isoformat()
    if isinstance(value, str):
        return _no_formula(value)
    number = Decimal(value)
    if field.places is not None:
        number = to_step(number, Decimal(1).scaleb(-field.places), ROUND_HALF_UP)
    return f"{number:f}".replace(".", ",") if decimal_comma else f"{number:f}"


def _no_formula(text: str) -> str:
    """Words that a spreadsheet would take for a formula are kept words by an apostrophe; a dash alone is none."""
    return f"'{text}" if text.startswith(_FORMULA) and len(text) > 1 else text
