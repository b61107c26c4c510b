"""A workbook: a page of key figures, the load as a heat map, and every table as a real one of the spreadsheet.

Moments are by the programme's clocks, as spreadsheets know no zones; which these are stands on the first page. Nothing
in it is of the day on which it is made.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import xlsxwriter

from waveplan.export.formats.protocol import Asked, Exported, clocks
from waveplan.export.formats.xlsx_heat import load_sheet
from waveplan.export.formats.xlsx_names import SheetNames
from waveplan.export.formats.xlsx_sheets import Styles, table_sheet, without_blanks
from waveplan.export.programme import ProgrammeView, Words
from waveplan.export.tables import ExportTable, tables

_QUIET = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDE, _NARROW = 52, 24


def write(view: ProgrammeView, words: Words, asked: Asked) -> Exported:
    """The workbook's bytes, the same from the same plan."""
    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, _QUIET)
    book.set_properties({"title": view.name, "created": dt.datetime.combine(view.start, dt.time())})
    styles = Styles(book, words.code)
    names = SheetNames()
    shown = {key: table for key, table in tables(view, words).items() if table.rows}
    summary = book.add_worksheet(names.new(words.say("Summary")))
    sheets = {}
    for key, table in shown.items():
        if key == "load":
            heat = book.add_worksheet(names.new(words.say("Load by week")))
        sheets[key] = book.add_worksheet(names.new(table.title))
    for key, table in shown.items():
        table_sheet(sheets[key], table if key == "load" else without_blanks(table), styles, words)
    if "load" in shown:
        load_sheet(heat, view, sheets["load"].get_name(), styles, words)
    _summary(summary, view, shown, {key: sheet.get_name() for key, sheet in sheets.items()}, styles, words)
    book.close()
    return Exported.single("plan.xlsx", whole.getvalue(), tuple(_notes(styles, words, view)))


def _summary(
    sheet: xlsxwriter.worksheet.Worksheet,
    view: ProgrammeView,
    shown: dict[str, ExportTable],
    names: dict[str, str],
    styles: Styles,
    words: Words,
) -> None:
    """Key figures; what is counted in a table is a formula with its value beside it."""
    say = words.say
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 1, _NARROW)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, view.name, styles.title)
    facts: list[tuple[str, object]] = [
        (say("Programme begins"), view.start),
        (say("Deadline"), view.deadline),
        (say("Times are by the clocks of"), view.zone),
        (say("First cutover"), min((wave.date for wave in view.waves), default=None)),
        (say("Last cutover"), max((wave.date for wave in view.waves), default=None)),
    ]
    row = 2
    for label, value in facts:
        sheet.write_string(row, 0, label, styles.label)
        styles.put(sheet, row, 1, value, "day" if isinstance(value, dt.date) else "text")
        row += 1
    row += 1
    for key, table in shown.items():
        sheet.write_url(row, 0, f"internal:'{names[key]}'!A1", styles.link, table.title)
        last = len(table.rows) + 1
        sheet.write_formula(row, 1, f"=ROWS('{names[key]}'!A2:A{last})", styles.of("whole"), len(table.rows))
        row += 1
    row += 1
    for each in view.assumptions:
        if each.kind == say("goal"):  # what the plan is proven to be
            sheet.write_string(row, 0, each.what, styles.label)
            sheet.write_string(row, 1, each.source, styles.of("text"))
            row += 1


def _notes(styles: Styles, words: Words, view: ProgrammeView) -> Iterator[str]:
    yield clocks(view, words)
    if styles.cut:
        yield words.count(
            "{n} text is longer than a cell can hold, and is cut",
            "{n} texts are longer than a cell can hold, and are cut",
            styles.cut,
        )
