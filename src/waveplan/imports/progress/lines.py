"""A row of a tracker that is about a part of the plan, and what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from waveplan.imports.progress.said import SaidEntry
from waveplan.imports.progress.subjects import Tracked
from waveplan.imports.progress.tracker_rows import TrackerRow


@dataclass(frozen=True, slots=True)
class LineSaid:
    """A row, the part of the plan that it is about, and what its state means."""

    row: TrackerRow
    part: Tracked
    meaning: str

    def day(self, planned: dt.date, as_of: dt.date) -> dt.date:
        """When it happened: as the tracker says, else as planned, unless that is still to come."""
        return self.row.done or min(planned, as_of)

    def said(self, words: tuple[str, ...], day: dt.date, **more: str | list[str]) -> SaidEntry:
        """An entry with the row's day, person and reason; further options replace them."""
        told = {"date": day.isoformat(), "by": self.row.by, "reason": self.row.reason, **more}
        return SaidEntry(self.row.place, words, {name: value for name, value in told.items() if value})
