"""`waveplan scenarios`: overlays of one inventory, solved and shown side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import typer

from waveplan.cli.options import JsonOption, MaxSizeOption, Search, WideSession


@dataclass(frozen=True, slots=True)
class ScenariosRequest:
    """What was asked for on the command line."""

    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file of scenarios, or - for standard input.", show_default=False)
    ]
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write each plan, and its inventory, here.", show_default=False
        ),
    ] = None
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="When to stop each scenario with its best plan so far; with --reproducible, in the solver's own time.",
        ),
    ] = 50.0
    search: Search = field(default_factory=Search)
    max_size: MaxSizeOption = None
    as_json: JsonOption = False


def scenarios(request: ScenariosRequest, session: WideSession) -> int:
    """Solve scenarios of one inventory, one after the other, and show them side by side.

    Ctrl-C or SIGTERM stops with the best plans so far. The exit code is 0 when every scenario has its plan, else the
    highest of 1 (errors in an inventory), 3 (proven that there is no plan) and 4 (none found within the limit); 130
    when interrupted, 143 when terminated.
    """
    from waveplan.cli.scenario_runs import run

    return run(request, session)
