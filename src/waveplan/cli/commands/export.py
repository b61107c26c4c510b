"""`waveplan export`: a plan in the formats of other tools."""

from __future__ import annotations

from waveplan.cli.options import OpenSession
from waveplan.cli.requests import ExportRequest


def export(request: ExportRequest, session: OpenSession) -> int:
    """Write a plan for other tools: calendars, project files, spreadsheets, trackers, migration engines.

    Texts are in the programme's language, keys and ids never change with it. What a format cannot hold is told on
    standard error. Dates are the plan's; `waveplan check` says whether it still fits its inventory.
    """
    from waveplan.cli.exports import run

    return run(request, session)
