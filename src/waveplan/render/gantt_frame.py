"""What stands around the Gantt chart's rows: their labels, the days to draw, the legend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from rich.cells import cell_len
from rich.text import Text

from waveplan.domain.status import PlanStanding
from waveplan.render.gantt_states import state_entries
from waveplan.render.grid import Grid
from waveplan.render.language import Shown, marked, safe
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE, style_of
from waveplan.render.summary import last_day
from waveplan.render.text import in_lines, paragraph, shorten_apart

_LABEL_SHARE = 0.28  # of the width, for what stands at the left of a row
_NAMES = {
    "preparation": marked("preparation"),
    "notice": marked("gate"),
    "gate": marked("GO/NO-GO"),
    "rehearsal": marked("rehearsal"),
    "cutover": marked("cutover"),
    "gate_and_cutover": marked("GO/NO-GO and cutover"),
    "hypercare": marked("hypercare"),
    "freeze": marked("freeze"),
    "milestone": marked("milestone"),
    "hard_date": marked("hard date"),
    "missed": marked("hard date missed"),
}


def legend(page: Page, grid: Grid, drawn: Collection[str]) -> Iterator[Text]:
    """What the signs that were drawn mean; the scale; where the deadline is when it is out of sight."""
    say, signs, deadline = page.language.say, page.signs, page.plan.programme.deadline
    names = {what: say(name) for what, name in _NAMES.items()}
    names["deadline"] = say("deadline {date}", date=deadline)
    standing = page.standing
    if standing is not None:
        names["today"] = say("today, {date}", date=standing.as_of)
    names["month"] = say("beginning of a quarter") if grid.by_quarter else say("beginning of a month")
    entries = [(getattr(signs, what), style_of(what), name) for what, name in names.items() if what in drawn]
    yield Text("")
    if states := list(state_entries(drawn, signs, page.language)):
        yield from in_lines(states, page.width)
    yield from in_lines([*entries, ("", "", grid.scale_words(page.language))], page.width)
    if deadline >= grid.end:
        words = say("deadline {date}, to the right of the chart", date=deadline)
        yield Text(f"{signs.beyond} {words}", style=PALETTE["quiet"])
    if standing is not None:
        yield from _aside(page, grid, standing)


def _aside(page: Page, grid: Grid, standing: PlanStanding) -> Iterator[Text]:
    """What the chart has no place for: a day out of sight, waves of records that are in no row."""
    say, quiet = page.language.say, PALETTE["quiet"]
    if standing.as_of >= grid.end:
        words = say("today, {date}, to the right of the chart", date=standing.as_of)
        yield Text(f"{page.signs.beyond} {words}", style=quiet)
    elif standing.as_of < grid.starts[0]:
        yield Text(say("today, {date}, to the left of the chart", date=standing.as_of), style=quiet)
    if standing.foreign:
        names = page.language.series(safe(wave) for wave in standing.foreign)
        words = say("Recorded, but no wave of this plan: {names}.", names=names)
        yield paragraph([(words, PALETTE["warning"])], page.width)


def row_labels(page: Page, lots: bool) -> list[Shown]:
    """What stands at the left of each row of a wave or lot."""
    if lots:
        room = max(page.width // 3 - max(cell_len(page.label(wave)) for wave in page.waves) - 1, 12)
        placed = [lot for lot in page.lots if lot.id in page.wave_of]
        short = shorten_apart([safe(lot.id) for lot in placed], room, page.signs)
        waves = [page.label(page.wave_of[lot.id]) for lot in placed]
        return [Shown(f"{wave} {name}") for wave, name in zip(waves, short, strict=True)]
    names = [page.label(wave) for wave in page.waves]
    widest = max(cell_len(name) for name in names)
    for weekday in (True, False):
        dated = [
            Shown(f"{name}{' ' * (widest - cell_len(name))} {page.day(wave.date, weekday=weekday)}")
            for name, wave in zip(names, page.waves, strict=True)
        ]
        if max(cell_len(label) for label in dated) <= page.width * _LABEL_SHARE:
            return dated
    return names


def stretch(page: Page) -> tuple[dt.date, dt.date]:
    """First and last day to draw: the waves, and start, deadline and results unless they lie far off."""
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
    results = [milestone.date for milestone in page.plan.milestones]
    results += [date.date for date in page.plan.calendar.hard_dates]
    return first, max([last, *(day for day in results if (day - last).days <= span // 4)])
