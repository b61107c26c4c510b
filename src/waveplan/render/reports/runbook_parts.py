"""What the tables of a runbook share: their headings, the clocks of the window, names in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from waveplan.domain.wave_runbooks import WaveRunbook
from waveplan.render.language import BLANK, Language, Shown
from waveplan.render.reports.document import Field, ReportPart, Value
from waveplan.render.runbooks import clock_of, who

Rows = tuple[tuple[Value, ...], ...]


class RunbookParts:
    """The tables of one runbook; with `several`, each heading says of which wave."""

    def __init__(self, runbook: WaveRunbook, language: Language, *, several: bool) -> None:
        self._book, self._night, self._language, self._several = runbook, runbook.night, language, several
        self._first = runbook.night.night.start.date()

    def _part(self, title: Shown, fields: tuple[Field, ...], rows: Rows, nothing: Shown = BLANK) -> ReportPart:
        say = self._language.say
        headed = say("{name}: {said}", name=self._book.label, said=title) if self._several else title
        return ReportPart(headed, fields, rows, nothing)

    def _clock(self, when: dt.datetime) -> Shown:
        return clock_of(when.astimezone(self._night.night.start.tzinfo), self._first)

    def _moment(self, when: dt.datetime) -> Shown:
        return self._language.moment(when.astimezone(self._night.night.start.tzinfo))


def named(language: Language, name: str) -> Shown:
    """A team with its seat, or a role in words."""
    team, _, seats = name.partition(" ")
    return Shown(f"{who(language, team)} {seats}".rstrip())


def few(names: Sequence[str], most: int = 6) -> str:
    return ", ".join(names[:most]) + (f", … (+{len(names) - most})" if len(names) > most else "")
