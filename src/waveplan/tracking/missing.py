"""WP404: a wave whose day is over, and no record of it."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.domain.findings import Finding
from waveplan.tracking.records import Records
from waveplan.tracking.wording import finding


def check_missing(records: Records) -> Iterator[Finding]:
    """Waves whose window has closed before the day, of which nobody has said how they ended."""
    for wave in records.plan.waves_in_order():
        closed = wave.last_day < records.as_of
        if not closed or wave.id in records.history.cutovers or records.history.given_up(wave):
            continue
        values = {"wave": wave.id, "date": wave.date}
        template = "{wave} was to cut over on {date}, and nothing is recorded of it"
        hint = "record how it ended: `waveplan record FILE cutover {wave} done`"
        yield finding("WP404", template, values, ("cutovers",), (wave.id,), hint, values)
