"""One table on one sheet: a real table with its head frozen, dates as dates, totals with their values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from locale import windows_locale
from typing import Any

from waveplan.domain.findings import column_letters
from waveplan.export.programme import Words
from waveplan.export.tables import ExportTable, Kind, TableColumn

_LONGEST_CELL = 32_767
_FIRST_YEAR = 1900  # earlier days are no dates to a spreadsheet
_FORMULA = tuple("=+-@\t\r")
_LEAST_WIDTH, _MOST_WIDTH = 8, 48
_WIDTHS: dict[Kind, int] = {"day": 16, "moment": 22, "share": 10}
_HEAD_HEIGHT = 32
_NUMBERS = frozenset({"number", "whole", "share"})
_ENGLISH = 0x409
_A3, _A4 = 8, 9
_MOST_ON_A4 = 10  # columns
_TOTALS = {  # by table; what would count one thing twice has none
    "waves": frozenset({"lots", "servers", "transfer_gb", "effort"}),
    "lots": frozenset({"servers", "transfer_gb", "effort"}),
    "items": frozenset({"effort"}),
    "load": frozenset({"used", "offered"}),
}


def _spoken(language: str) -> str:
    """What makes a spreadsheet name days and months in a language: its number among those of Windows."""
    numbers = [number for number, name in windows_locale.items() if name == language or name.startswith(f"{language}_")]
    return f"[$-{min(numbers, default=_ENGLISH):X}]"


class Styles:
    """Formats of cells by kind, in one workbook; how many texts had to be cut."""

    def __init__(self, book: Any, language: str) -> None:
        spoken = _spoken(language)
        day = f"{spoken}ddd d mmm yyyy"
        self.cut = 0
        self.title = book.add_format({"bold": True, "font_size": 18, "font_color": "#1F3864"})
        self.label = book.add_format({"font_color": "#595959"})
        self.link = book.add_format({"font_color": "#1F4E9E", "underline": 1})
        head = {"bold": True, "valign": "vcenter", "text_wrap": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}
        self.head = book.add_format(head)  # not by the table's style alone, which some programs don't show
        line = {"valign": "top", "bottom": 4, "bottom_color": "#A6A6A6"}
        self.number_head = book.add_format({**head, "align": "right"})
        self.quoted = book.add_format({**line, "text_wrap": True, "quote_prefix": True})
        self.total = book.add_format({"bold": True, "num_format": "#,##0.##"})
        self.slanted = book.add_format({**head, "rotation": 90, "num_format": f"{spoken}d mmm yy", "align": "center"})
        self.over = book.add_format({"bg_color": "#F4B6B0", "font_color": "#7A0C00"})
        self.near = book.add_format({"bg_color": "#FCE8B2", "font_color": "#6B4E00"})
        self.critical = book.add_format({"bold": True, "font_color": "#A61B00"})
        self._by_kind = {
            "text": book.add_format({**line, "text_wrap": True}),
            "flag": book.add_format(line),
            "day": book.add_format({**line, "num_format": day, "align": "left"}),
            "moment": book.add_format({**line, "num_format": f"{day} hh:mm", "align": "left"}),
            "number": book.add_format({**line, "num_format": "#,##0.00"}),
            "whole": book.add_format({**line, "num_format": "#,##0"}),
            "share": book.add_format({**line, "num_format": "0 %"}),
        }

    def of(self, kind: Kind) -> Any:
        """The format of a kind of cell."""
        return self._by_kind[kind]

    def put(self, sheet: Any, row: int, column: int, value: object, kind: Kind) -> None:
        """Write one cell; words are never anything but words."""
        style = self.of(kind)
        if value is None or value == "":
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, dt.datetime | dt.date) and value.year >= _FIRST_YEAR:
            bare = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
            sheet.write_datetime(row, column, bare, style)
        elif isinstance(value, Decimal | int) and not isinstance(value, bool):
            sheet.write_number(row, column, float(value), style)
        else:
            self._put_text(sheet, row, column, str(value), style)

    def _put_text(self, sheet: Any, row: int, column: int, text: str, style: Any) -> None:
        if len(text.encode("utf-16-le")) // 2 > _LONGEST_CELL:
            self.cut += 1
            text = text[: _LONGEST_CELL // 2] + "…"
        sheet.write_string(row, column, text, self.quoted if text.startswith(_FORMULA) else style)


def without_blanks(table: ExportTable) -> ExportTable:
    """The table less the columns in which nothing stands, which people would only scroll past."""
    kept = [place for place in range(len(table.columns)) if any(row[place] not in (None, "") for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return ExportTable(table.key, table.title, tuple(table.columns[place] for place in kept), rows)


def table_sheet(sheet: Any, table: ExportTable, styles: Styles, words: Words) -> None:
    """The table from the first cell on; its totals below it, with a row between, so that sorting leaves them alone."""
    columns = [
        {
            "header": _unique(table, place),
            "header_format": styles.number_head if column.kind in _NUMBERS else styles.head,
        }
        for place, column in enumerate(table.columns)
    ]
    options = {"name": f"t_{table.key}", "columns": columns, "style": "Table Style Medium 2"}
    sheet.add_table(0, 0, len(table.rows), len(columns) - 1, options)
    for number, row in enumerate(table.rows, start=1):
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(sheet, number, place, cell, column, styles, words)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(table, place, column))
    _totals(sheet, table, styles, words)
    _marks(sheet, table, styles)
    sheet.set_row(0, _HEAD_HEIGHT)
    _page(sheet, wide=len(columns) > _MOST_ON_A4)


def _totals(sheet: Any, table: ExportTable, styles: Styles, words: Words) -> None:
    """Sums of what is shown, as the reader filters it; with their values, which some readers show as they stand."""
    summed = _TOTALS.get(table.key, frozenset())
    places = [place for place, column in enumerate(table.columns) if column.key in summed]
    row = len(table.rows) + 2
    if places:
        sheet.write_string(row, 0, words.say("Together"), styles.total)
    for place in places:
        cells = (line[place] for line in table.rows)
        value = sum((Decimal(cell) for cell in cells if isinstance(cell, int | Decimal)), Decimal(0))
        letter = column_letters(place + 1)
        sheet.write_formula(row, place, f"=SUBTOTAL(109,{letter}2:{letter}{row - 1})", styles.total, float(value))


def _unique(table: ExportTable, place: int) -> str:
    """A table's heads must differ, whatever the language makes of them."""
    title = table.columns[place].title
    before = [column.title.casefold() for column in table.columns[:place]]
    return title if title.casefold() not in before else f"{title} ({place + 1})"


def _cell(sheet: Any, row: int, place: int, cell: object, column: TableColumn, styles: Styles, words: Words) -> None:
    if isinstance(cell, bool):
        cell = words.say("yes") if cell else words.say("no")
    if column.kind == "share":  # used ÷ offered, which stand in the two columns before it
        used, offered = (f"{column_letters(place - back + 1)}{row + 1}" for back in (2, 1))
        value = "" if cell is None else float(cell)  # type: ignore[arg-type]
        sheet.write_formula(row, place, f'=IF(N({offered})=0,"",{used}/{offered})', styles.of("share"), value)
    else:
        styles.put(sheet, row, place, cell, column.kind)


def _width(table: ExportTable, place: int, column: TableColumn) -> int:
    """Room for the longest of its texts, within bounds."""
    if column.kind in _WIDTHS:
        return _WIDTHS[column.kind]
    longest = max((len(str(row[place])) for row in table.rows if row[place] is not None), default=0)
    head = max(len(word) for word in column.title.split() or [""]) + 4
    return max(_LEAST_WIDTH, head, min(longest + 2, _MOST_WIDTH))


def _marks(sheet: Any, table: ExportTable, styles: Styles) -> None:
    """Colours with one meaning: what is overloaded or nearly so, what is critical."""
    last = len(table.rows)
    for place, column in enumerate(table.columns):
        if column.kind == "share":
            for least, style in ((1.0001, styles.over), (0.9, styles.near)):
                rule = {"type": "cell", "criteria": ">=", "value": least, "format": style, "stop_if_true": True}
                sheet.conditional_format(1, place, last, place, {"type": "blanks", "stop_if_true": True})
                sheet.conditional_format(1, place, last, place, rule)
        if column.key == "criticality":
            rule = {"type": "cell", "criteria": "==", "value": '"critical"', "format": styles.critical}
            sheet.conditional_format(1, place, last, place, rule)


def _page(sheet: Any, *, wide: bool) -> None:
    """The head stays in sight; on paper each sheet is one page wide and repeats its head."""
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A3 if wide else _A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")
