"""`waveplan diff`: what moved between two plans, from their files alone."""

from __future__ import annotations

from waveplan.cli.options import WideSession
from waveplan.cli.requests import DiffRequest


def diff(request: DiffRequest, session: WideSession) -> int:
    """Show what moved between two plans: lots, waves, gates, milestones, loads and goals.

    How the plans were found does not count. The exit code is 1 when one of them cannot be read, else 0; with
    --detailed-exitcode it is 2 when they differ, and 1 for every error.
    """
    from waveplan.cli.differing import run

    return run(request, session)
