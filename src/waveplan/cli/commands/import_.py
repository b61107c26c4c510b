"""`waveplan import`: files of other tools become an inventory."""

from __future__ import annotations

from waveplan.cli.options import WideSession
from waveplan.cli.requests import ImportRequest


def import_(request: ImportRequest, session: WideSession) -> int:
    """Make an inventory of the files of another tool.

    Every row is accounted for: imported, merged with another, or skipped for a reason; --accounts writes them all.
    What the files do not say and a plan needs is assumed, marked in the files and told; `waveplan validate` and
    `waveplan solve` go on from there.

    An option is written --option KEY=VALUE; `waveplan import FORMAT --option help` lists those of a format.
    """
    from waveplan.cli.importing import run

    return run(request, session)
