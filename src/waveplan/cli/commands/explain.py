"""`waveplan explain`: why an item is where it is in a plan, and what it would take to have it elsewhere."""

from __future__ import annotations

from waveplan.cli import options
from waveplan.cli.requests import ExplainRequest


def explain(request: ExplainRequest, session: options.WideSession) -> int:
    """Explain why an item is where it is: its lot, and what keeps it out of every other slot.

    With --wave or --date it is put there, and the rest is mended with as few moves as possible; the exit code is then
    3 when it cannot be there, 4 when no plan was found within the limit.
    """
    from waveplan.cli.explaining import run

    return run(request, session)
