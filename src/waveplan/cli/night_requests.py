"""What commands about nights are asked: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from waveplan.cli import completion, options
from waveplan.cli.options import argument, option

NightFormat = Literal["text", "md", "html", "json"]


@dataclass(frozen=True, slots=True)
class NightRequest:
    """Say where the cutover night of a wave stands: done, running, late, held, next, and whether to go on.

    What is left is scheduled anew from now on, and its end is held against the windows and against the point of no
    return: GO ON, DECIDE NOW or ROLL BACK, with the reason. Entries are made with `waveplan record FILE task`.

    The exit code is 0 for go on and for what is over, 1 for the others.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    wave: Annotated[
        str, option("The wave: its id, W04 or desk/W04.", "WAVE", "--wave", autocompletion=completion.waves)
    ]
    actuals: Annotated[str, option("What was recorded of it.", "FILE", "--actuals")]
    as_of: Annotated[str | None, option("How it stood then: 22:40, or with its day.", "TIME", show_default="now")] = (
        None
    )
    run: Annotated[str | None, option("The rehearsal of this name.", "NAME", show_default="the night")] = None
    team: Annotated[str | None, option("Only what this team, or role, does.", "TEAM", "--team")] = None
    template: Annotated[str | None, option("Templates over those of the inventory.", "FILE")] = None
    night_format: Annotated[NightFormat, typer.Option("--format", help="How it is written.")] = "text"
    as_json: options.JsonOption = False
    watch: Annotated[bool, typer.Option("--watch", help="Again every half minute and at each entry, until Ctrl-C.")] = (
        False
    )
    output: options.OutputOption = None
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class LearnRequest:
    """Propose minutes for runbook templates from what rehearsals and nights really took.

    Of each template the median and the quartiles of minutes taken against minutes planned, and of how many
    observations. With three or more, and a median that is not near what was planned, new minutes are proposed: as a
    file of templates that somebody looks at, keeps, and gives to other commands with --template.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    actuals: Annotated[list[str], argument("Files of actuals.", "ACTUALS...")]
    template: Annotated[str | None, option("Templates over those of the inventory.", "FILE")] = None
    as_json: options.JsonOption = False
    output: Annotated[
        str | None,
        option("Write the proposed minutes here, as a file of templates.", "FILE", "--output", "-o"),
    ] = None
    max_size: options.MaxSizeOption = None
