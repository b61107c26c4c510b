"""`waveplan report`: what people read of a plan and its inventory."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli import exit_codes, options, streams
from waveplan.cli.reports import Format, Kind


def report(
    plan: options.PlanArgument,
    inventory: options.InventoryArgument,
    kind: Annotated[Kind, typer.Option("--kind", help="What it is about.", show_default=False)],
    report_format: Annotated[
        Format | None,
        typer.Option("--format", help="How it is written.", show_default="html for a programme, else text"),
    ] = None,
    actuals: Annotated[
        str | None,
        typer.Option("--actuals", metavar="FILE", help="What happened so far.", show_default=False),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day it is about.", show_default="today; a programme's: none"),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="PLAN", help="Of steering: what moved since this plan.", show_default=False),
    ] = None,
    lot: Annotated[
        str | None,
        typer.Option("--lot", metavar="ID", help="Of a lot package: this lot, or an item's.", show_default="all"),
    ] = None,
    wave: Annotated[
        str | None,
        typer.Option(
            "--wave", metavar="ID", help="Of a wave package, or of communication: this wave.", show_default="all"
        ),
    ] = None,
    texts: Annotated[bool, typer.Option("--texts", help="Of communication: what people read, too.")] = False,
    why: Annotated[
        bool,
        typer.Option("--why", help="Of a programme: try each lot one slot earlier, and say what keeps it out."),
    ] = False,
    paged: Annotated[
        bool, typer.Option("--paged", help="Of a programme: each wave on a page of its own in print.")
    ] = False,
    as_json: options.JsonOption = False,
    output: options.OutputOption = None,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.WideSession,
) -> int:
    """Report on a plan: the whole programme as a page; for meetings; for those who take part; communication; workload.

    A programme's page is one HTML file with calendar, waves, dependencies, loads, sites and reasons. It needs no
    network, and no script to be read: a script adds search, filters and sorting.

    Flash is for the week, steering for the month, a lot package for a business team, a wave package for partners.

    Communication is the dated plan of what people are told, taught and asked around each wave, in their languages.

    Compliance is the register of personal data, purge orders with the acknowledgements to collect, and systems that run
    out of support. Dates are the plan's; `waveplan check` says whether it still fits its inventory.
    """
    from waveplan import api
    from waveplan.cli.communication_reports import communication_text
    from waveplan.cli.findings import show_beside
    from waveplan.cli.inventories import read_inventory
    from waveplan.cli.meeting_reports import meeting_text
    from waveplan.cli.output_files import refuse_unwritable, write_whole
    from waveplan.cli.plans import read_plan
    from waveplan.cli.programme_pages import programme_text
    from waveplan.cli.report_wishes import UnreadableFileError, Wishes
    from waveplan.cli.reports import KINDS, format_of, refuse_slides, written
    from waveplan.errors import UsageError

    wishes, form = Wishes(actuals, as_of, why, paged, since, lot, wave, texts), format_of(kind, report_format, as_json)
    wishes.refuse_for(kind)
    refuse_slides(form, output)
    if [plan, inventory, actuals, since].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    if output is not None:
        refuse_unwritable(output)
    loaded = read_plan(plan)
    show_beside(session, loaded.findings)
    read = read_inventory(inventory, session, max_size)
    strange = api.foreign(loaded, read.inventory)
    show_beside(session, strange)
    if loaded.plan is None or read.inventory is None or strange:
        return exit_codes.FINDINGS
    try:
        if kind == "programme":
            text: str | bytes = programme_text(wishes, read, loaded.plan, read.session)
        elif kind == "communication":
            text = communication_text(form, wishes, read.inventory, loaded.plan, read.session)
        elif kind in KINDS:
            text = written(kind, form, read.inventory, loaded.plan, read.session)
        else:
            text = meeting_text(kind, form, wishes, read, loaded.plan, read.session)
    except UnreadableFileError:
        return exit_codes.FINDINGS
    if output is not None:
        write_whole(output, text)
    elif isinstance(text, bytes):
        streams.write_bytes(text)
    elif form == "text":
        read.session.words(text)
    else:
        read.session.result(text)
    return read.exit_code
