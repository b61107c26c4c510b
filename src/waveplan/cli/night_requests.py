"""What commands about nights are asked: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from waveplan.cli import completion, options
from waveplan.cli.options import argument, option

RosterOption = Annotated[str | None, option("A file of people: who is on duty, by name.", "FILE", "--roster")]
OutOption = Annotated[list[str] | None, option("Somebody who falls out; may be repeated.", "NAME", "--out")]
NightFormat = Literal["text", "md", "html", "json"]
RosterFormat = Literal["text", "md", "html", "csv"]


@dataclass(frozen=True, slots=True)
class NightRequest:
    """Say where the cutover night of a wave stands: done, running, late, held, next, and whether to go on.

    What is left is scheduled anew from now on, and its end is held against the windows and against the point of no
    return: GO ON, DECIDE NOW or ROLL BACK, with the reason. Entries are made with `waveplan record FILE task`.

    With --roster whoever does what runs and comes next is named, with phone and language, and who could take their
    place; with --out somebody falls out, and as few of the others as possible change.

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
    roster: RosterOption = None
    out: OutOption = None
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


@dataclass(frozen=True, slots=True)
class RosterRequest:
    """Say who is on duty: people for the seats of each night and the shifts of its hypercare, from a roster.

    Nobody is on duty beyond the hours of the roster, without rest, or when they are not available. With --out somebody
    falls out: as few of the others as possible change, and who could take each duty is told. Names are never written
    into a plan. The exit code is 1 while a duty has nobody.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    roster: Annotated[str, argument("A file of people.", "ROSTER")]
    wave: Annotated[str | None, option("This wave alone: W04, desk/W04 or its id.", "WAVE", show_default="all")] = None
    out: OutOption = None
    template: Annotated[str | None, option("Templates over those of the inventory.", "FILE")] = None
    roster_format: Annotated[RosterFormat, typer.Option("--format", help="How it is written.")] = "text"
    as_json: options.JsonOption = False
    output: options.OutputOption = None
    max_size: options.MaxSizeOption = None
