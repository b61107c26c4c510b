"""`waveplan solve`: from an inventory to a checked plan."""

from __future__ import annotations

from waveplan.cli.options import WideSession
from waveplan.cli.requests import SolveRequest


def solve(request: SolveRequest, session: WideSession) -> int:
    """Plan an inventory: dated waves, checked and proven.

    When no plan is possible, the facts that clash are named, each with its place, and the cheapest ways out.
    Ctrl-C or SIGTERM stops with the best plan so far. The search does not know rules of the house: they look at what
    was found. The exit code is 0 with a plan, 1 when the inventory has errors or a rule of the house refuses the plan,
    3 when it is proven that there is no plan, 4 when none was found within the limit, 130 when interrupted, 143 when
    terminated.
    """
    from waveplan.cli.solving import run

    return run(request, session)
