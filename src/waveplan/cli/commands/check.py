"""`waveplan check`: the independent verdict on a plan."""

from __future__ import annotations

from waveplan.cli.options import OpenSession
from waveplan.cli.requests import CheckRequest


def check(request: CheckRequest, session: OpenSession) -> int:
    """Check a plan against its inventory, independently; with --actuals, what happened beside the plan too.

    Nothing of the solver is used, but with --proofs: bounds are as stated by the solver else. There is a finding for
    each violation, with the numbers. Rules of the house are those of --rules and of packages that are installed.
    """
    from waveplan.cli.judging import run

    return run(request, session)
