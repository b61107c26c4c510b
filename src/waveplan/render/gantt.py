"""The Gantt chart in text: one row a wave, or a lot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from waveplan.change_calendar.spans import ONE_DAY, days_of, elapsed, latest
from waveplan.domain.plan import PlanFreeze, Wave
from waveplan.domain.plan_lots import PlanLot
from waveplan.render.gantt_frame import legend, row_labels, stretch
from waveplan.render.gantt_states import bar_style, moved, state_mark, state_of
from waveplan.render.grid import grid_over, month_ruler, week_ruler, year_ruler
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.milestone_lines import TOGETHER
from waveplan.render.moments import programme_zone, whole_span
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE, style_of
from waveplan.render.summary import is_missed
from waveplan.render.text import shorten

_SETTLED = Decimal(12)  # hours: what a window runs into its last day does not make that day a cutover's
_FREEZE_ROWS = 8
_BARS = frozenset({"preparation", "cutover", "gate_and_cutover", "hypercare"})  # what takes the colour of a state
_MARK = 2  # columns before a row for what has become of it
_TALL = 25  # rows from which the rulers are repeated below


def _longest_reason(page: Page) -> int:
    return max((cell_len(safe(freeze.reason or "")) for freeze in page.plan.calendar.freezes), default=0)


@dataclass
class GanttRow:
    """A label and a sign with its style for each cell of the grid."""

    label: Shown
    signs: list[tuple[str, str]] = field(default_factory=list)
    style: str = ""
    state: str = ""


def gantt(page: Page, *, lots: bool = False) -> RenderableType:
    """Rows on a ruler of months and ISO weeks, freezes and fixed dates above, a legend below."""
    if not page.waves:
        return Text(page.language.say("No waves to draw."), style=PALETTE["quiet"])
    chart = _Chart(page, row_labels(page, lots))
    rows = [*chart.fixed_rows(), *(chart.lot_rows() if lots else chart.wave_rows())]
    rulers = list(chart.rulers())
    below = rulers[::-1] if len(rows) > _TALL else []
    return Group(*rulers, *(chart.line(row) for row in rows), *below, *legend(page, chart.grid, chart.drawn))


class _Chart:
    """One chart: its grid, and the rows drawn on it."""

    def __init__(self, page: Page, labels: list[Shown]) -> None:
        self.page = page
        self.labels = labels
        self._zone = programme_zone(page.plan)
        widest = max((cell_len(label) for label in labels), default=0)
        gutter = min(max(widest, 10), max(page.width // 3, 10))
        self._margin = 0 if page.standing is None else _MARK
        room = page.width - self._margin - gutter - 1
        self.grid = grid_over(*stretch(page), room)
        spare = room - len(self.grid)
        self.gutter = max(gutter, min(_longest_reason(page), gutter + spare))
        self.drawn: set[str] = set()

    # --- the frame -------------------------------------------------------------------------------------------------

    def rulers(self) -> Iterator[Text]:
        """Years (when there are several), months and ISO weeks."""
        language = self.page.language
        years = year_ruler(self.grid)
        gutter = str(self.grid.starts[-1].year) if not years else ""
        for name, ruler in (
            ("", years),
            (gutter, month_ruler(self.grid, language)),
            (language.say("ISO week"), week_ruler(self.grid)),
        ):
            if ruler:
                yield Text(
                    " " * self._margin + self._padded(name) + ruler,
                    style=PALETTE["quiet"],
                    no_wrap=True,
                    overflow="crop",
                )

    def line(self, row: GanttRow) -> Text:
        """A row as text."""
        text = Text(style=row.style, no_wrap=True, overflow="crop")
        if row.state:
            text.append(*state_mark(row.state, self.page.signs)).append(" ")
        else:
            text.append(" " * self._margin)
        text.append(self._padded(row.label), style=bar_style(row.state) if row.state else None)
        for style, run in groupby(row.signs, key=lambda each: each[1]):
            text.append("".join(sign for sign, _ in run), style=style or None)
        text.rstrip()
        return text

    def _padded(self, label: str) -> str:
        shown = shorten(Shown(label), self.gutter, self.page.signs)
        return shown + " " * (self.gutter + 1 - cell_len(shown))

    # --- rows ------------------------------------------------------------------------------------------------------

    def wave_rows(self) -> Iterator[GanttRow]:
        """One row a wave."""
        for label, wave in zip(self.labels, self.page.waves, strict=True):
            yield self._row(label, wave, wave.hypercare_last_day)

    def lot_rows(self) -> Iterator[GanttRow]:
        """One row a lot, each with its own hypercare."""
        lots = [lot for lot in self.page.lots if lot.id in self.page.wave_of]
        for label, lot in zip(self.labels, lots, strict=True):
            wave = self.page.wave_of[lot.id]
            end = whole_span(self.page.plan, wave, lot.id)[1]
            yield self._row(label, wave, days_of(end, elapsed(end, lot.hypercare_hours), self._zone).last, lot)

    def _row(self, label: Shown, wave: Wave, watched_until: dt.date, lot: PlanLot | None = None) -> GanttRow:
        row = GanttRow(label, self._ground())
        standing = self.page.standing
        if standing is not None:
            row.state = state_of(standing, wave, lot)
            self.drawn.add(row.state)
        self._paint(row, "preparation", wave.preparation_start, wave.date - ONE_DAY)
        start, end = whole_span(self.page.plan, wave, lot.id if lot is not None else None)
        self._paint(row, "hypercare", end.date(), watched_until)
        for rehearsal in wave.rehearsals:
            if lot is None or rehearsal.lot == lot.id:
                self._paint(row, "rehearsal", rehearsal.date, rehearsal.date)
        for gate in sorted(wave.gates, key=lambda gate: gate.decides):
            self._paint(row, "gate" if gate.decides else "notice", gate.date, gate.date)
        decided = {self.grid.cell(gate.date) for gate in wave.gates if gate.decides}
        first = start.date() if wave.site_hours else wave.date
        for cell in self.grid.cells(first, max(first, self._last_cutover_day(start, end))):
            self._mark(row, cell, "gate_and_cutover" if cell in decided else "cutover")
        if standing is not None and (known := moved(standing, wave)):
            for cell in self.grid.cells(known.date, known.date):
                row.signs[cell] = state_mark(row.state, self.page.signs)
        return row

    def _last_cutover_day(self, start: dt.datetime, end: dt.datetime) -> dt.date:
        if self.grid.weekly != 7:
            end = latest([start, elapsed(end, -_SETTLED)])
        return days_of(start, end, self._zone).last

    def _ground(self) -> list[tuple[str, str]]:
        """An empty row: beginnings of months (or quarters), freezes of everything and the deadline shine through."""
        row = GanttRow(BLANK, [(" ", "")] * len(self.grid))
        for day in self.grid.starts:
            if self.grid.begins_period(day):
                self._mark(row, self.grid.cells(day, day)[0], "month")
        for freeze in self.page.plan.calendar.freezes:
            if freeze.scope == "everything":
                self._paint(row, "freeze", freeze.first, freeze.last)
        self._paint(row, "deadline", self.page.plan.programme.deadline, self.page.plan.programme.deadline)
        self._paint_today(row)
        return row.signs

    def _paint_today(self, row: GanttRow) -> None:
        if self.page.standing is not None:
            self._paint(row, "today", self.page.standing.as_of, self.page.standing.as_of)

    def _paint(self, row: GanttRow, what: str, first: dt.date, last: dt.date) -> None:
        for cell in self.grid.cells(first, last):
            self._mark(row, cell, what)

    def _mark(self, row: GanttRow, cell: int, what: str) -> None:
        self.drawn.add(what)
        own = bar_style(row.state) if row.state and what in _BARS else None
        row.signs[cell] = (getattr(self.page.signs, what), own or style_of(what))

    # --- what stands fixed -----------------------------------------------------------------------------------------

    def fixed_rows(self) -> Iterator[GanttRow]:
        """Freezes, then milestones, then hard dates; rows without anything in sight are left out."""
        say = self.page.language.say
        yield from self._freeze_rows()
        milestones = GanttRow(say("milestones"), self._blank(), PALETTE["milestone"])
        for milestone in (each for each in self.page.plan.milestones if each.kind not in TOGETHER):
            self._paint(milestones, "milestone", milestone.date, milestone.date)
        dates = GanttRow(say("hard dates"), self._blank(), PALETTE["deadline"])
        for date in self.page.plan.calendar.hard_dates:
            what = "missed" if is_missed(date) else "hard_date"
            self._paint(dates, what, date.date, date.date)
        deadline = self.page.plan.programme.deadline
        self._paint(dates, "deadline", deadline, deadline)
        empty = self._blank()
        yield from (row for row in (milestones, dates) if row.signs != empty)

    def _freeze_rows(self) -> Iterator[GanttRow]:
        seen = [f for f in self.page.plan.calendar.freezes if self.grid.cells(f.first, f.last)]
        ordered = sorted(seen, key=lambda freeze: (freeze.first, freeze.last, freeze.scope))
        rows = [[freeze] for freeze in ordered]
        if len(rows) > _FREEZE_ROWS:  # what recurs has one row
            rows = self._alike(ordered)
        if len(rows) > _FREEZE_ROWS:
            yield self._freezes(self.page.language.say("freezes"), ordered)
            return
        for freezes in rows:
            reason = safe(freezes[0].reason or self.page.language.say("freeze"))
            yield self._freezes(shorten(reason, self.gutter, self.page.signs, tail=0), freezes)

    @staticmethod
    def _alike(freezes: list[PlanFreeze]) -> list[list[PlanFreeze]]:
        """Those of one reason and scope together."""
        found: dict[object, list[PlanFreeze]] = {}
        for number, freeze in enumerate(freezes):
            found.setdefault((freeze.reason, freeze.scope) if freeze.reason else number, []).append(freeze)
        return list(found.values())

    def _freezes(self, label: Shown, freezes: list[PlanFreeze]) -> GanttRow:
        row = GanttRow(label, self._blank(), PALETTE["freeze"])
        for freeze in freezes:
            self._paint(row, "freeze", freeze.first, freeze.last)
        return row

    def _blank(self) -> list[tuple[str, str]]:
        row = GanttRow(BLANK, [(" ", "")] * len(self.grid))
        self._paint_today(row)
        return row.signs
