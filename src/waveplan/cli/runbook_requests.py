"""What `waveplan runbook` is asked: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from waveplan.cli import options
from waveplan.cli.night_requests import OutOption, RosterOption
from waveplan.cli.options import option

RunbookFormat = Literal["text", "md", "html", "xlsx", "csv", "ics", "json"]


@dataclass(frozen=True, slots=True)
class RunbookRequest:
    """Write who does what when around a cutover, from the first word to the business to the last trace erased.

    Tasks come from templates: those that ship, those of the inventory's `runbooks`, and those of --template, a later
    one over an earlier one of its id. Tasks of the window are scheduled by the minute: the least end, then the fewest
    people at once, with what is proven of it.

    With --roster tasks have names, and who is on duty is part of it. Names are never written into a plan.

    Nights that do not fit their windows are told, and exit with 1; the runbook is written all the same.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    wave: Annotated[str | None, option("This wave alone: W04, desk/W04 or its id.", "WAVE", show_default="all")] = None
    lot: Annotated[str | None, option("This lot alone, or an item's.", "LOT", show_default="all")] = None
    roster: RosterOption = None
    out: OutOption = None
    template: Annotated[str | None, option("Templates over those of the inventory.", "FILE")] = None
    runbook_format: Annotated[RunbookFormat, typer.Option("--format", help="How it is written.")] = "text"
    as_json: options.JsonOption = False
    output: options.OutputOption = None
    max_size: options.MaxSizeOption = None
