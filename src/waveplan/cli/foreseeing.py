"""Nights of a new plan that cannot be as long as they would have to be, told beside it."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.asked import began
from waveplan.cli.findings import show_beside
from waveplan.cli.session import Session

if TYPE_CHECKING:
    from waveplan.cli.requests import SolveRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.domain.plan import Plan


def foresee_nights(
    plan: Plan, inventory: Inventory, request: SolveRequest, session: Session, *, interrupted: bool
) -> None:
    """Warn of nights that surely do not fit their windows, as far as there is time for it."""
    from waveplan.engine.running.clock import passed_at_most

    options = request.search.options(request.time_limit, ())
    until = began() + passed_at_most(request.time_limit)

    late = passing(until)

    def over() -> bool:
        return interrupted or (not options.reproducible and late())

    plan_file = shlex.quote(request.output or "plan.yaml")
    foreseen = api.nights_foreseen(plan, inventory, over)
    show_beside(session, foreseen.findings)
    if foreseen.unseen:
        session.note(
            session.translator().count(
                "There was no time to see whether the tasks of {n} wave fit its window; to look: {command}",
                "There was no time to see whether the tasks of {n} waves fit their windows; to look: {command}",
                foreseen.unseen,
                command=f"waveplan check {plan_file} {shlex.quote(request.inventory)} --runbooks",
            )
        )


def passing(until: float) -> Callable[[], bool]:
    """Asked between pieces of work: whether another, were it as long as the longest so far, would pass a moment."""
    longest, before = 0.0, time.monotonic()

    def late() -> bool:
        nonlocal longest, before
        now = time.monotonic()
        longest, before = max(longest, now - before), now
        return now + longest > until

    return late
