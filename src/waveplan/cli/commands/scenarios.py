"""`waveplan scenarios`: overlays of one inventory, solved and shown side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli.options import (
    JsonOption,
    LangOption,
    MaxSizeOption,
    QuietOption,
    ReproducibleOption,
    SeedOption,
    VerboseOption,
    WidthOption,
    WorkersOption,
)
from waveplan.cli.session import open_session


def scenarios(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file of scenarios, or - for standard input.", show_default=False)
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write each plan, and its inventory, here.", show_default=False
        ),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="When to stop each scenario with its best plan so far; with --reproducible, in the solver's own time.",
        ),
    ] = 50.0,
    seed: SeedOption = 0,
    workers: WorkersOption = None,
    reproducible: ReproducibleOption = False,
    max_size: MaxSizeOption = None,
    width: WidthOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Solve scenarios of one inventory, one after the other, and show them side by side.

    Ctrl-C or SIGTERM stops with the best plans so far. The exit code is 0 when every scenario has its plan, else the
    highest of 1 (errors in an inventory), 3 (proven that there is no plan) and 4 (none found within the limit); 130
    when interrupted, 143 when terminated.
    """
    from waveplan.cli.inventories import max_bytes
    from waveplan.cli.scenario_runs import run
    from waveplan.cli.solving import SolveRequest

    request = SolveRequest(
        inventory=file,
        output=output,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        reproducible=reproducible,
        max_bytes=max_bytes(max_size),
    )
    return run(request, open_session(lang, quiet, verbose, width), as_json=as_json)
