"""Charts of a simulation as text: the S-curve of the finish, waves with whiskers from P10 to P90."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rich.text import Text

from waveplan.domain.simulated import SimulatedDate, SimulatedWave
from waveplan.render.language import Language, safe
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE

_BAR = 40
_ROWS = 12
_LABEL = 24


def s_curve(date: SimulatedDate, language: Language, width: int, signs: Signs) -> Iterator[Text]:
    """How many runs are over by which day: the days on which the share grows, thinned to a dozen."""
    yield Text(language.say("Over by"), style=PALETTE["quiet"])
    rows = list(date.curve)
    step = max(1, -(-len(rows) // _ROWS))
    shown = [*rows[:-1:step], *rows[-1:]]
    room = max(10, min(_BAR, width - 30))
    wide = max((len(language.day(day)) for day, _ in shown), default=0)
    for day, share in shown:
        bar = signs.cutover * round(share * room)
        marks = _marks(date, day, shown)
        percent = language.number(Decimal(f"{share * 100:.1f}"), 1)
        yield Text(f"  {language.day(day):<{wide}}  {percent:>5} %  {bar}{marks}")


def _marks(date: SimulatedDate, day: dt.date, shown: Sequence[tuple[dt.date, float]]) -> str:
    """Percentages that are reached with a row."""
    before = max((each for each, _ in shown if each < day), default=dt.date.min)
    reached = [f"P{q}" for q, found in date.quantiles.items() if found.day is not None and before < found.day <= day]
    return "  " + " ".join(reached) if reached else ""


def whiskers(waves: Sequence[SimulatedWave], language: Language, width: int, signs: Signs) -> Iterator[Text]:
    """A row for each wave: its planned day, P10 to P90, and how often it drives the end."""
    days = [day for wave in waves for day in (wave.planned, wave.p10, wave.p90) if day is not None]
    first, last = min(days), max(days)
    room = max(20, width - _LABEL - 30)
    scale = max(1, (last - first).days)
    yield Text(
        language.say("Waves from P10 to P90; share of runs in which each drives the end"), style=PALETTE["quiet"]
    )
    for wave in waves:
        row = _row(wave, first, scale, room, signs)
        drives = f"{wave.criticality * 100:3.0f} %"
        until = language.say("never") if wave.p90 is None else language.day(wave.p90)
        yield Text(f"{safe(wave.id)[:_LABEL]:<{_LABEL}} {row}  {drives}  {until}")


def _row(wave: SimulatedWave, first: dt.date, scale: int, room: int, signs: Signs) -> str:
    def column(day: dt.date | None) -> int:
        return room - 1 if day is None else (day - first).days * (room - 1) // scale

    cells = [" "] * room
    for place in range(column(wave.p10), column(wave.p90) + 1):
        cells[place] = signs.rule
    cells[column(wave.p50)] = signs.gate
    cells[column(wave.planned)] = "|"
    return "".join(cells)
