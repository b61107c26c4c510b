"""`waveplan replan`: mend a plan that runs with the fewest moves."""

from __future__ import annotations

from waveplan.cli import options
from waveplan.cli.requests import ReplanRequest


def replan(request: ReplanRequest, session: options.WideSession) -> int:
    """Plan anew what is still free: done and imminent waves stay, as few lots as possible move.

    No-go decisions, rollbacks, late milestones, stages that were not accepted and a changed inventory are absorbed; a
    moved lot keeps its gates and notices in the future. The exit codes are those of solve.
    """
    from waveplan.cli.replanning import run

    return run(request, session)
