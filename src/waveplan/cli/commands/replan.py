"""`waveplan replan`: mend a plan that runs with the fewest moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import typer

from waveplan.cli.options import (
    AsOfOption,
    InventoryArgument,
    JsonOption,
    MaxSizeOption,
    PlanArgument,
    Search,
    TimeLimitOption,
    WideSession,
)


@dataclass(frozen=True, slots=True)
class ReplanRequest:
    """What was asked for on the command line."""

    plan: PlanArgument
    inventory: InventoryArgument
    actuals: Annotated[
        str, typer.Option("--actuals", metavar="FILE", help="What has happened so far.", show_default=False)
    ]
    as_of: AsOfOption = None
    locked_days: Annotated[
        int, typer.Option("--locked-days", metavar="N", min=0, max=3650, help="Waves in the next N days stay.")
    ] = 14
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the new plan here.", show_default=False)
    ] = None
    time_limit: TimeLimitOption = 15.0
    search: Search = field(default_factory=Search)
    as_json: JsonOption = False
    max_size: MaxSizeOption = None


def replan(request: ReplanRequest, session: WideSession) -> int:
    """Plan anew what is still free: done and imminent waves stay, as few lots as possible move.

    No-go decisions, rollbacks, late milestones, stages that were not accepted and a changed inventory are absorbed; a
    moved lot keeps its gates and notices in the future. The exit codes are those of solve.
    """
    from waveplan.cli.replanning import run

    return run(request, session)
