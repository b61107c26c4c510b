"""`waveplan scenarios`: overlays of one inventory, solved and shown side by side."""

from __future__ import annotations

from waveplan.cli.options import WideSession
from waveplan.cli.requests import ScenariosRequest


def scenarios(request: ScenariosRequest, session: WideSession) -> int:
    """Solve scenarios of one inventory, one after the other, and show them side by side.

    Ctrl-C or SIGTERM stops with the best plans so far. The exit code is 0 when every scenario has its plan, else the
    highest of 1 (errors in an inventory), 3 (proven that there is no plan) and 4 (none found within the limit); 130
    when interrupted, 143 when terminated.
    """
    from waveplan.cli.scenario_runs import run

    return run(request, session)
