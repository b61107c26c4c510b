"""`waveplan replan`: mend a plan that runs with the fewest moves."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli.options import (
    AsOfOption,
    InventoryArgument,
    JsonOption,
    LangOption,
    MaxSizeOption,
    PlanArgument,
    QuietOption,
    ReproducibleOption,
    SeedOption,
    VerboseOption,
    WidthOption,
    WorkersOption,
)
from waveplan.cli.session import open_session


def replan(
    plan: PlanArgument,
    inventory: InventoryArgument,
    actuals: Annotated[
        str, typer.Option("--actuals", metavar="FILE", help="What has happened so far.", show_default=False)
    ],
    as_of: AsOfOption = None,
    locked_days: Annotated[
        int, typer.Option("--locked-days", metavar="N", min=0, max=3650, help="Waves in the next N days stay.")
    ] = 14,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the new plan here.", show_default=False)
    ] = None,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="When to stop with the best plan so far.")
    ] = 15.0,
    seed: SeedOption = 0,
    workers: WorkersOption = None,
    reproducible: ReproducibleOption = False,
    as_json: JsonOption = False,
    max_size: MaxSizeOption = None,
    width: WidthOption = None,
    lang: LangOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Plan anew what is still free: done and imminent waves stay, as few lots as possible move.

    No-go decisions, rollbacks, late milestones, stages that were not accepted and a changed inventory are absorbed; a
    moved lot keeps its gates and notices in the future. The exit codes are those of solve.
    """
    from waveplan.cli.days import as_of_day
    from waveplan.cli.replanning import ReplanRequest, run
    from waveplan.cli.solving import SolveRequest

    session = open_session(lang, quiet, verbose, width)
    request = SolveRequest(
        inventory=inventory,
        output=output,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        reproducible=reproducible,
        baseline=plan,
        max_bytes=None if max_size is None else max_size * 1_000_000,
    )
    return run(ReplanRequest(plan, actuals, as_of_day(as_of, session), locked_days, as_json), request, session)
