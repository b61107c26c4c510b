"""`waveplan refresh`: a plan that was edited by hand, stated anew."""

from __future__ import annotations

from waveplan.cli.options import OpenSession
from waveplan.cli.requests import RefreshRequest


def refresh(request: RefreshRequest, session: OpenSession) -> int:
    """State anew what follows from a plan's waves and lots, after an edit by hand.

    Move lots from wave to wave, give a wave another slot's id, add a wave (its id and lots are enough), empty one: then
    numbers, dates, totals, loads, milestones and goals are worked out again. Comments, order and style of the file
    stay. Of the proofs only what still holds is kept.

    Rules that the edit breaks are told, as `check` tells them; the exit code is then 1. Nothing is written when a lot
    is in no wave, or a wave in no slot.

    With --actuals, what is done stays where it was, even in a slot that the calendar no longer has.
    """
    from waveplan.cli.refreshing import run

    return run(request, session)
