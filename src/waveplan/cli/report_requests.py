"""What `waveplan report` is asked: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from waveplan.cli import options
from waveplan.cli.options import option
from waveplan.cli.reports import Format, Kind


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Report on a plan: the whole programme as a page; for meetings; for those who take part; communication; workload.

    A programme's page is one HTML file with calendar, waves, dependencies, loads, sites and reasons. It needs no
    network, and no script to be read: a script adds search, filters and sorting.

    Flash is for the week, steering for the month, a lot package for a business team, a wave package for partners.

    Communication is the dated plan of what people are told, taught and asked around each wave, in their languages.

    Compliance is the register of personal data, purge orders with the acknowledgements to collect, and systems that run
    out of support. Dates are the plan's; `waveplan check` says whether it still fits its inventory.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    kind: Annotated[Kind, typer.Option("--kind", help="What it is about.", show_default=False)]
    report_format: Annotated[
        Format | None,
        typer.Option("--format", help="How it is written.", show_default="html for a programme, else text"),
    ] = None
    actuals: Annotated[str | None, option("What happened so far.", "FILE")] = None
    as_of: Annotated[str | None, option("The day it is about.", "DATE", show_default="today; a programme's: none")] = (
        None
    )
    since: Annotated[str | None, option("Of steering: what moved since this plan.", "PLAN")] = None
    lot: Annotated[str | None, option("Of a lot package: this lot, or an item's.", "ID", show_default="all")] = None
    wave: Annotated[
        str | None, option("Of a wave package, or of communication: this wave.", "ID", show_default="all")
    ] = None
    texts: Annotated[bool, typer.Option("--texts", help="Of communication: what people read, too.")] = False
    why: Annotated[
        bool, typer.Option("--why", help="Of a programme: try each lot one slot earlier, and say what keeps it out.")
    ] = False
    paged: Annotated[bool, typer.Option("--paged", help="Of a programme: each wave on a page of its own in print.")] = (
        False
    )
    as_json: options.JsonOption = False
    output: options.OutputOption = None
    max_size: options.MaxSizeOption = None
