"""`waveplan diff`: what moved between two plans, from their files alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from waveplan.cli.options import JsonOption, WideSession


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """What was asked for on the command line."""

    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A plan file.", show_default=False)]
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Another plan file.", show_default=False)]
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 0 when nothing differs, 2 when something does.")
    ] = False
    as_json: JsonOption = False


def diff(request: DiffRequest, session: WideSession) -> int:
    """Show what moved between two plans: lots, waves, gates, milestones, loads and goals.

    How the plans were found does not count. The exit code is 1 when one of them cannot be read, else 0; with
    --detailed-exitcode it is 2 when they differ, and 1 for every error.
    """
    from waveplan.cli.differing import run

    return run(request, session)
