"""Slides of one look: a title, then text, a table, or a chart; below, what the deck is about and the page."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from waveplan.export.formats.archive import zipped
from waveplan.slides.fitting import BOLD, PADDING, ROOM, Fitted, lines_in, width_of

WIDTH, HEIGHT = 13.333, 7.5  # inches: 16 to 9
MARGIN, TOP, BOTTOM = 0.6, 1.45, 6.85
BODY_WIDTH, BODY_HEIGHT = WIDTH - 2 * MARGIN, BOTTOM - TOP
_TITLE_ONLY = 5  # the layout with nothing but a title
_INK, _PALE, _WHITE, _GREY, _TEXT = (
    RGBColor.from_string(each) for each in ("1F3A5F", "EEF3F8", "FFFFFF", "5B6673", "222B36")
)
_LINES = tuple(RGBColor.from_string(each) for each in ("8FA3B8", "1F3A5F", "C0562F", "3E7D5A", "7A5195", "B58900"))
_FACE = "Arial"  # there, or a face of the same widths, wherever slides are shown
_TITLES = (28.0, 24.0, 20.0, 16.0)
_TEXTS = (20.0, 18.0, 16.0, 14.0, 12.0)


class Deck:
    """A presentation that is being made."""

    def __init__(self, about: str, day: dt.date) -> None:
        self._about = about
        self._deck: Any = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        told, moment = self._deck.core_properties, dt.datetime.combine(day, dt.time())
        told.title, told.author, told.last_modified_by, told.subject = about, "waveplan", "waveplan", ""
        told.created, told.modified, told.revision = moment, moment, 1

    def add_text(self, title: str, paragraphs: Sequence[str]) -> None:
        """A slide of sentences, in the largest type in which they fit."""
        slide = self._slide(title)
        size = next((each for each in _TEXTS if _text_height(paragraphs, each) <= BODY_HEIGHT), _TEXTS[-1])
        frame = slide.shapes.add_textbox(*_box(MARGIN, TOP, BODY_WIDTH, BODY_HEIGHT)).text_frame
        frame.word_wrap = True
        for number, text in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * 0.6)
            _write(paragraph, text, size)

    def add_table(
        self, title: str, heading: Sequence[str], right: Sequence[bool], page: Fitted, note: str = ""
    ) -> None:
        """A slide with one page of a table."""
        slide = self._slide(title)
        frame = slide.shapes.add_table(
            len(page.rows) + 1, len(heading), *_box(MARGIN, TOP, sum(page.widths), sum(page.heights))
        )
        frame.name = title
        table = frame.table
        for column, width in enumerate(page.widths):
            table.columns[column].width = Inches(width)
        for number, (row, height) in enumerate(zip((heading, *page.rows), page.heights, strict=True)):
            table.rows[number].height = Inches(height)
            for column, text in enumerate(row):
                _fill(table.cell(number, column), text, page.size, right[column], number)
        if note:
            below = TOP + sum(page.heights) + 0.1
            box = slide.shapes.add_textbox(*_box(MARGIN, min(below, BOTTOM), BODY_WIDTH, 0.4)).text_frame
            box.word_wrap = True
            _write(box.paragraphs[0], note, 12.0, _GREY)

    def add_chart(
        self,
        title: str,
        said: str,
        names: Sequence[str],
        lines: Mapping[str, Sequence[float | None]],
        *,
        columns: bool,
        numbers: str,
    ) -> None:
        """A slide with a chart of the presentation itself: columns or lines; `said` is for those who cannot see it."""
        data = CategoryChartData(number_format=numbers)
        data.categories = list(names)
        for name, values in lines.items():
            data.add_series(name, list(values))
        kind = XL_CHART_TYPE.COLUMN_CLUSTERED if columns else XL_CHART_TYPE.LINE_MARKERS
        frame = self._slide(title).shapes.add_chart(kind, *_box(MARGIN, TOP, BODY_WIDTH, BODY_HEIGHT), data)
        frame.name = title
        frame._element.nvGraphicFramePr.cNvPr.set("descr", said)
        chart = frame.chart
        chart.has_title, chart.has_legend = False, True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.font.size, chart.font.name = Pt(12), _FACE
        chart.value_axis.tick_labels.number_format = numbers
        chart.value_axis.tick_labels.number_format_is_linked = False
        chart.value_axis.major_gridlines.format.line.color.rgb = _PALE
        for number, series in enumerate(chart.plots[0].series):
            colour = _LINES[number % len(_LINES)]
            (series.format.fill if columns else series.format.line.fill).solid()
            (series.format.fill if columns else series.format.line.fill).fore_color.rgb = colour
            if not columns:
                series.smooth = False
                series.marker.format.fill.solid()
                series.marker.format.fill.fore_color.rgb = colour
                series.marker.format.line.color.rgb = colour

    def as_bytes(self) -> bytes:
        """The file; the same bytes whenever it is made."""
        whole = io.BytesIO()
        self._deck.save(whole)
        return same_bytes(whole.getvalue())

    def _slide(self, title: str) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[_TITLE_ONLY])
        size = next((each for each in _TITLES if width_of(title, each) * BOLD <= BODY_WIDTH), _TITLES[-1])
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = _box(MARGIN, 0.35, BODY_WIDTH, 0.85)
        holder.text_frame.word_wrap, holder.text_frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        holder.text_frame.margin_left = 0
        _write(holder.text_frame.paragraphs[0], title, size, _INK, bold=True)
        rule = slide.shapes.add_connector(1, *(Inches(each) for each in (MARGIN, 1.25, WIDTH - MARGIN, 1.25)))
        rule.line.color.rgb, rule.line.width = _INK, Pt(1.5)
        foot = slide.shapes.add_textbox(*_box(MARGIN, 7.0, BODY_WIDTH, 0.35)).text_frame
        foot.word_wrap = True
        _write(foot.paragraphs[0], f"{self._about}  ·  {len(self._deck.slides)}", 10.0, _GREY)
        return slide


def _box(left: float, top: float, width: float, height: float) -> tuple[Inches, Inches, Inches, Inches]:
    return Inches(left), Inches(top), Inches(width), Inches(height)


def _text_height(paragraphs: Sequence[str], size: float) -> float:
    lines = sum(lines_in(text, size, BODY_WIDTH - 0.2) for text in paragraphs)
    return (lines * 1.2 + len(paragraphs) * 0.6) * size / 72 + 0.1


def _write(paragraph: Any, text: str, size: float, colour: RGBColor = _TEXT, *, bold: bool = False) -> None:
    paragraph.alignment = PP_ALIGN.LEFT
    if not text:  # an empty line is as high as its own type, which is large unless it is told
        paragraph._p.get_or_add_endParaRPr().set("sz", str(int(size * 100)))
        return
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.name, run.font.bold, run.font.color.rgb = Pt(size), _FACE, bold, colour


def _fill(cell: Any, text: str, size: float, right: bool, row: int) -> None:
    cell.margin_left = cell.margin_right = Inches(PADDING)
    cell.margin_top = cell.margin_bottom = Inches(ROOM)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.fill.solid()
    cell.fill.fore_color.rgb = _INK if row == 0 else _PALE if row % 2 == 0 else _WHITE
    paragraph = cell.text_frame.paragraphs[0]
    if row == 0:
        _write(paragraph, text, size, _WHITE, bold=True)
    else:
        _write(paragraph, text, size)
    if right:
        paragraph.alignment = PP_ALIGN.RIGHT


_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")
_NO_TIME = rb"\g<1>1980-01-01T00:00:00Z\g<2>"


def same_bytes(archive: bytes) -> bytes:
    """The same file with fixed times; a table inside it says of itself that it was made then, too."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        files = {name: held.read(name) for name in sorted(held.namelist(), key=_types_first)}
    return zipped({name: _timeless(content) if name.endswith(".xlsx") else content for name, content in files.items()})


def _timeless(table: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(table)) as held:
        files = {name: held.read(name) for name in held.namelist()}
    core = "docProps/core.xml"
    return zipped({**files, core: _MADE.sub(_NO_TIME, files[core])} if core in files else files)


def _types_first(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name
