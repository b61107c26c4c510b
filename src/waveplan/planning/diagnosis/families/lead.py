"""The programme's start, which keeps its first slots free: what leads to a cutover does not begin before it.

No diagnosis of an inventory names it: it takes no slot from the end of a programme. A wish for an early slot may. The
start is set aside, not what lies between it and the cutover: without days of preparation, work would have no day to
fall on, and data none to be sent, so that plans would be lost.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from waveplan.domain.findings import Path, Phrase
from waveplan.domain.inventory import Inventory
from waveplan.planning.diagnosis.edits import Edit
from waveplan.planning.diagnosis.fact import Fact

_A_YEAR = dt.timedelta(
    weeks=52
)  # in whole weeks, so that windows keep their rhythm; what leads to a cutover is shorter


def lead_times(inventory: Inventory) -> Iterator[Fact]:
    """The day on which preparation, gates, knowledge transfer and adoption begin at the earliest."""
    path: Path = ("programme", "start")
    start = inventory.programme.start
    said = Phrase("the programme's start on {day}, before which nothing begins", {"day": start.isoformat()})
    yield Fact("start", path, said, (Edit(path, start - _A_YEAR),))
