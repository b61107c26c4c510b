"""When a period is, in words."""

from __future__ import annotations

from waveplan.domain.findings import Phrase
from waveplan.domain.periods import Absence, Period, shown_end


def period_words(period: Period) -> Phrase:
    """As it is given: "from 2026-12-15 to 2027-01-05", "every week from fri 18:00 to mon 06:00"."""
    values = {"first": shown_end(period.first), "last": shown_end(period.last)}
    if isinstance(period, Absence) and period.days:
        return _on_weekdays(period, values)
    if period.every == "week":
        return Phrase("every week from {first} to {last}", values)
    if period.every == "month":
        values = {"first": str(period.from_working_day), "last": str(period.to_working_day)}
        return Phrase("every month from working day {first} to working day {last}", values)
    return Phrase("from {first} to {last}", values)


def _on_weekdays(absence: Absence, values: dict[str, str]) -> Phrase:
    days = ", ".join(absence.days)
    if not absence.first and not absence.last:
        return Phrase("every week on {days}", {"days": days})
    return Phrase(
        "every week on {days}, from {first} to {last}", {"days": days, **{k: v or "…" for k, v in values.items()}}
    )
