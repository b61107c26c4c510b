"""The Gantt chart in text: one row a wave, or a lot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from waveplan.change_calendar.spans import ONE_DAY, days_of, elapsed
from waveplan.domain.plan import PlanFreeze, PlanLot, Wave
from waveplan.render.grid import Grid, grid_over, month_ruler, week_ruler, year_ruler
from waveplan.render.language import BLANK, Shown, safe
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE, style_of
from waveplan.render.summary import is_missed, last_day
from waveplan.render.text import in_lines, shorten

_SETTLED = dt.timedelta(hours=12)  # what a window runs into its last day does not make that day a cutover's
_FREEZE_ROWS = 8


@dataclass
class Row:
    """A label and a sign with its style for each cell of the grid."""

    label: Shown
    signs: list[tuple[str, str]] = field(default_factory=list)
    style: str = ""


def gantt(page: Page, *, lots: bool = False) -> RenderableType:
    """Rows on a ruler of months and ISO weeks, freezes and fixed dates above, a legend below."""
    if not page.waves:
        return Text(page.language.say("No waves to draw."), style=PALETTE["quiet"])
    chart = _Chart(page, _labels(page, lots))
    rows = [*chart.fixed_rows(), *(chart.lot_rows() if lots else chart.wave_rows())]
    return Group(*chart.rulers(), *(chart.line(row) for row in rows), *chart.legend())


def _labels(page: Page, lots: bool) -> list[Shown]:
    """What stands at the left of each row of a wave or lot."""
    if lots:
        room = max(page.width // 3 - max(cell_len(page.label(wave)) for wave in page.waves) - 1, 12)
        return [
            Shown(f"{page.label(page.wave_of[lot.id])} {shorten(safe(lot.id), room, page.signs)}")
            for lot in page.lots
            if lot.id in page.wave_of
        ]
    names = [page.label(wave) for wave in page.waves]
    widest = max(cell_len(name) for name in names)
    dated = [
        Shown(f"{name}{' ' * (widest - cell_len(name))} {page.day(wave.date)}")
        for name, wave in zip(names, page.waves, strict=True)
    ]
    return dated if max(cell_len(label) for label in dated) * 3 <= page.width else names


class _Chart:
    """One chart: its grid, and the rows drawn on it."""

    def __init__(self, page: Page, labels: list[Shown]) -> None:
        self.page = page
        self.labels = labels
        widest = max((cell_len(label) for label in labels), default=0)
        self.gutter = min(max(widest, 10), max(page.width // 3, 10))
        self.first, self.last = _stretch(page, page.width - self.gutter - 1)
        self.grid = grid_over(self.first, self.last, page.width - self.gutter - 1)
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
                yield Text(self._padded(name) + ruler, style=PALETTE["quiet"], no_wrap=True, overflow="crop")

    def line(self, row: Row) -> Text:
        """A row as text."""
        text = Text(self._padded(row.label), style=row.style, no_wrap=True, overflow="crop")
        for sign, style in row.signs:
            text.append(sign, style=style or None)
        text.rstrip()
        return text

    def _padded(self, label: str) -> str:
        shown = shorten(Shown(label), self.gutter, self.page.signs)
        return shown + " " * (self.gutter + 1 - cell_len(shown))

    # --- rows ------------------------------------------------------------------------------------------------------

    def wave_rows(self) -> Iterator[Row]:
        """One row a wave."""
        for label, wave in zip(self.labels, self.page.waves, strict=True):
            yield self._row(label, wave, wave.hypercare_last_day)

    def lot_rows(self) -> Iterator[Row]:
        """One row a lot, each with its own hypercare."""
        lots = [lot for lot in self.page.lots if lot.id in self.page.wave_of]
        for label, lot in zip(self.labels, lots, strict=True):
            wave = self.page.wave_of[lot.id]
            yield self._row(label, wave, _own_hypercare(wave, lot.hypercare_hours), lot)

    def _row(self, label: Shown, wave: Wave, watched_until: dt.date, lot: PlanLot | None = None) -> Row:
        row = Row(label, self._ground())
        self._paint(row, "preparation", wave.preparation_start, wave.date - ONE_DAY)
        self._paint(row, "hypercare", wave.slot.end.date(), watched_until)
        for rehearsal in wave.rehearsals:
            if lot is None or rehearsal.lot == lot.id:
                self._paint(row, "rehearsal", rehearsal.date, rehearsal.date)
        for gate in sorted(wave.gates, key=lambda gate: gate.decides):
            self._paint(row, "gate" if gate.decides else "notice", gate.date, gate.date)
        decided = {self.grid.cell(gate.date) for gate in wave.gates if gate.decides}
        for cell in self.grid.cells(wave.date, self._last_cutover_day(wave)):
            self._mark(row, cell, "gate_and_cutover" if cell in decided else "cutover")
        return row

    def _last_cutover_day(self, wave: Wave) -> dt.date:
        start, end = wave.slot.start, wave.slot.end
        if self.grid.weekly != 7:
            end = max(start, end - _SETTLED)
        assert start.tzinfo is not None
        return max(wave.date, days_of(start, end, start.tzinfo).last)

    def _ground(self) -> list[tuple[str, str]]:
        """An empty row: beginnings of months, freezes of everything and the deadline shine through."""
        row = Row(BLANK, [(" ", "")] * len(self.grid))
        for day in self.grid.starts:
            if _begins_month(self.grid, day):
                self._mark(row, self.grid.cells(day, day)[0], "month")
        for freeze in self.page.plan.calendar.freezes:
            if freeze.scope == "everything":
                self._paint(row, "freeze", freeze.first, freeze.last)
        self._paint(row, "deadline", self.page.plan.programme.deadline, self.page.plan.programme.deadline)
        return row.signs

    def _paint(self, row: Row, what: str, first: dt.date, last: dt.date) -> None:
        for cell in self.grid.cells(first, last):
            self._mark(row, cell, what)

    def _mark(self, row: Row, cell: int, what: str) -> None:
        self.drawn.add(what)
        row.signs[cell] = (getattr(self.page.signs, what), style_of(what))

    # --- what stands fixed -----------------------------------------------------------------------------------------

    def fixed_rows(self) -> Iterator[Row]:
        """Freezes, then milestones, then hard dates; rows without anything in sight are left out."""
        say = self.page.language.say
        yield from self._freeze_rows()
        milestones = Row(say("milestones"), self._blank(), PALETTE["milestone"])
        for milestone in self.page.plan.milestones:
            self._paint(milestones, "milestone", milestone.date, milestone.date)
        dates = Row(say("hard dates"), self._blank(), PALETTE["deadline"])
        for date in self.page.plan.calendar.hard_dates:
            what = "missed" if is_missed(date) else "hard_date"
            self._paint(dates, what, date.date, date.date)
        deadline = self.page.plan.programme.deadline
        self._paint(dates, "deadline", deadline, deadline)
        yield from (row for row in (milestones, dates) if any(sign.strip() for sign, _ in row.signs))

    def _freeze_rows(self) -> Iterator[Row]:
        seen = [f for f in self.page.plan.calendar.freezes if self.grid.cells(f.first, f.last)]
        ordered = sorted(seen, key=lambda freeze: (freeze.first, freeze.last, freeze.scope))
        if len(ordered) > _FREEZE_ROWS:
            yield self._freezes(self.page.language.say("freezes"), ordered)
            return
        for freeze in ordered:
            yield self._freezes(safe(freeze.reason or self.page.language.say("freeze")), [freeze])

    def _freezes(self, label: Shown, freezes: list[PlanFreeze]) -> Row:
        row = Row(label, self._blank(), PALETTE["freeze"])
        for freeze in freezes:
            self._paint(row, "freeze", freeze.first, freeze.last)
        return row

    def _blank(self) -> list[tuple[str, str]]:
        return [(" ", "")] * len(self.grid)

    # --- legend ----------------------------------------------------------------------------------------------------

    def legend(self) -> Iterator[Text]:
        """What the signs mean: only those drawn; the scale; where the deadline is when it is out of sight."""
        language, signs = self.page.language, self.page.signs
        names = {
            "preparation": language.say("preparation"),
            "notice": language.say("gate"),
            "gate": language.say("GO/NO-GO"),
            "rehearsal": language.say("rehearsal"),
            "cutover": language.say("cutover"),
            "gate_and_cutover": language.say("GO/NO-GO and cutover"),
            "hypercare": language.say("hypercare"),
            "freeze": language.say("freeze"),
            "milestone": language.say("milestone"),
            "hard_date": language.say("hard date"),
            "missed": language.say("hard date missed"),
            "deadline": language.say("deadline {date}", date=self.page.plan.programme.deadline),
            "month": language.say("beginning of a month"),
        }
        known = [Shown(f"{getattr(signs, what)} {name}") for what, name in names.items() if what in self.drawn]
        yield Text("")
        for line in in_lines([*known, self.grid.scale_words(language)], self.page.width):
            yield Text(line, style=PALETTE["quiet"])
        deadline = self.page.plan.programme.deadline
        if deadline >= self.grid.end:
            words = language.say("deadline {date}, to the right of the chart", date=deadline)
            yield Text(f"{signs.beyond} {words}", style=PALETTE["quiet"])


def _begins_month(grid: Grid, day: dt.date) -> bool:
    cell = grid.cell(day)
    assert cell is not None
    following = grid.starts[cell + 1] if cell + 1 < len(grid) else grid.end
    return (following - ONE_DAY).month != (day - ONE_DAY).month


def _own_hypercare(wave: Wave, hours: Decimal) -> dt.date:
    end = wave.slot.end
    assert end.tzinfo is not None
    return days_of(end, elapsed(end, hours), end.tzinfo).last


def _stretch(page: Page, width: int) -> tuple[dt.date, dt.date]:
    """First and last day to draw: the waves, and start and deadline unless they would make the chart much coarser."""
    waves, programme = page.waves, page.plan.programme
    first = min(wave.preparation_start for wave in waves)
    last = max(last_day(waves) or first, *(wave.date for wave in waves))
    for wave in waves:
        first = min([first, *(gate.date for gate in wave.gates)])
    if page.wave is not None or page.team is not None:
        return first, last
    span = (last - first).days
    if 0 <= (first - programme.start).days <= span // 4:
        first = programme.start
    if programme.deadline > last and (programme.deadline - last).days <= span // 2:
        last = programme.deadline
    return first, last
