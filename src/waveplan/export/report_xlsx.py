"""A report as a workbook: a sheet for each table, and bars of a night by quarters of an hour."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_LINE = 15  # points, of a row of one line
_FORMULA = tuple("=+-@\t\r")
_LONGEST_CELL = 32_767
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_LEAST_WIDTH, _MOST_WIDTH = 7, 52
_QUARTER = 15


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """A table: its name, its heads, and cells that are words, numbers or days."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class NightBars:
    """Bars of a night: the clock at its start, and for each task its number, name, first and last minute and colour."""

    name: str
    start: dt.datetime
    heads: tuple[str, str]
    bars: tuple[tuple[int, str, int, int, bool], ...]


def dump_report_xlsx(tables: Sequence[ReportSheet | NightBars], created: dt.datetime) -> bytes:
    """A workbook, the same bytes for the same tables; every text stays a text, whatever it begins with."""
    import xlsxwriter  # an extra: only where a workbook is asked for

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": created.replace(tzinfo=None)})
    styles = _Styles(book)
    taken: set[str] = set()
    for table in tables:
        sheet = book.add_worksheet(_sheet_name(table.name, taken))
        if isinstance(table, NightBars):
            _write_bars(sheet, table, styles)
        else:
            _write_table(sheet, table, styles)
    book.close()
    return file.getvalue()


class _Styles:
    def __init__(self, book: Any) -> None:
        line = {"valign": "top", "bottom": 4, "bottom_color": "#A6A6A6"}
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1F3864", "font_color": "#FFFFFF"}
        self.head = book.add_format(head)
        self.hour = book.add_format({**head, "rotation": 90, "align": "center", "text_wrap": False})
        self.text = book.add_format({**line, "text_wrap": True})
        self.quoted = book.add_format({**line, "text_wrap": True, "quote_prefix": True})
        self.number = book.add_format({**line, "num_format": "#,##0.##"})
        self.day = book.add_format({**line, "num_format": "yyyy-mm-dd", "align": "left"})
        self.bar = book.add_format({"bg_color": "#2F7FB8"})
        self.critical = book.add_format({"bg_color": "#C2185B"})


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, none that a spreadsheet refuses, no two alike."""
    base = name.translate(_FORBIDDEN).strip()[:31] or "-"
    found, number = base, 2
    while found.casefold() in taken:
        found, number = f"{base[:27]} {number}", number + 1
    taken.add(found.casefold())
    return found


def _write_table(sheet: Any, table: ReportSheet, styles: _Styles) -> None:
    widths = []
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, styles.head)
        longest = max((len(line) for row in table.rows for line in str(row[column] or "").split("\n")), default=0)
        widths.append(min(_MOST_WIDTH, max(_LEAST_WIDTH, len(head) + 2, longest + 1)))
        sheet.set_column(column, column, widths[-1])
    for number, row in enumerate(table.rows, 1):
        lines = max(map(_lines, row, widths), default=1)
        if lines > 1:  # LibreOffice leaves a row as high as one line where the file says nothing
            sheet.set_row(number, lines * _LINE)
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, styles)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _lines(value: Any, width: int) -> int:
    """Lines that a cell takes, about: words that do not fit a line leave some of it free."""
    if not isinstance(value, str):
        return 1
    return sum(1 if len(line) < width else -(-len(line) * 11 // (width * 10)) for line in value.split("\n"))


def _write_cell(sheet: Any, row: int, column: int, value: Any, styles: _Styles) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, styles.text)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), styles.day)
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, column, value, styles.number)
    else:
        text = str(value)[:_LONGEST_CELL]
        sheet.write_string(row, column, text, styles.quoted if text.startswith(_FORMULA) else styles.text)


def _write_bars(sheet: Any, table: NightBars, styles: _Styles) -> None:
    """A column for each quarter of an hour, with the clock over each full hour of the night."""
    last = max((end for _, _, _, end, _ in table.bars), default=0)
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, styles.head)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 40)
    quarters = -(-last // _QUARTER)
    sheet.set_column(2, max(2, 1 + quarters), 2.4)
    sheet.set_row(0, 40)
    start = table.start.astimezone(dt.UTC)
    for quarter in range(quarters):
        here = (start + dt.timedelta(minutes=quarter * _QUARTER)).astimezone(table.start.tzinfo)
        sheet.write_string(0, 2 + quarter, f"{here:%H:%M}", styles.hour)
    for row, (number, name, begin, end, critical) in enumerate(table.bars, 1):
        sheet.write_number(row, 0, number, styles.number)
        sheet.write_string(row, 1, name, styles.text)
        for quarter in range(begin // _QUARTER, max(begin // _QUARTER + 1, -(-end // _QUARTER))):
            sheet.write_blank(row, 2 + quarter, None, styles.critical if critical else styles.bar)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
