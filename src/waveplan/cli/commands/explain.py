"""`waveplan explain`: why an item is where it is in a plan, and what it would take to have it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from waveplan.cli import completion
from waveplan.cli.options import (
    InventoryArgument,
    JsonOption,
    MaxSizeOption,
    PlanArgument,
    ReproducibleOption,
    SeedOption,
    WideSession,
)


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """What was asked for on the command line."""

    plan: PlanArgument
    inventory: InventoryArgument
    item: Annotated[
        str,
        typer.Argument(
            metavar="ITEM", help="An application, a service at a site, a step of either, or a lot.", show_default=False
        ),
    ]
    wave: Annotated[
        str | None,
        typer.Option(
            "--wave",
            metavar="WAVE",
            help="Put it there: W04, or the id of a wave or a slot.",
            show_default=False,
            autocompletion=completion.waves,
        ),
    ] = None
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="Put it into a window of that day.", show_default=False),
    ] = None
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="With --wave or --date: when to stop mending.")
    ] = 5.0
    seed: SeedOption = 0
    reproducible: ReproducibleOption = False
    as_json: JsonOption = False
    max_size: MaxSizeOption = None


def explain(request: ExplainRequest, session: WideSession) -> int:
    """Explain why an item is where it is: its lot, and what keeps it out of every other slot.

    With --wave or --date it is put there, and the rest is mended with as few moves as possible; the exit code is then
    3 when it cannot be there, 4 when no plan was found within the limit.
    """
    from waveplan.cli.explaining import run

    return run(request, session)
