"""`waveplan export`: a plan in the formats of other tools."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli import completion, exit_codes, options


def export(
    plan: options.PlanArgument,
    inventory: options.InventoryArgument,
    to: Annotated[
        options.ExportFormat,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="One of ics, ms-project, xlsx, csv, mermaid, plantuml, jira, azure-devops, aws-cmf, aws-mgn, "
            "forklift.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write it here: a file, or a folder or .zip file for what are several; - is standard output.",
            show_default=False,
        ),
    ] = None,
    wave: options.WaveOption = None,
    team: options.TeamOption = None,
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="SITE", help="Only what this site has to do with.", show_default=False),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            "--table",
            metavar="TABLE",
            help="csv: only this table, as one file.",
            show_default=False,
            autocompletion=completion.tables,
        ),
    ] = None,
    semicolon: Annotated[
        bool,
        typer.Option(
            "--semicolon", help="csv: as French spreadsheets read it: semicolons, decimal commas, a byte-order mark."
        ),
    ] = False,
    since: Annotated[
        list[str] | None,
        typer.Option(
            "--since",
            metavar="OLD_PLAN",
            help="ics: what was sent before; may be repeated, oldest first.",
            show_default=False,
        ),
    ] = None,
    ids: Annotated[
        str | None,
        typer.Option(
            "--ids",
            metavar="FILE",
            help="jira, azure-devops: the tracker's own export (CSV), so that lines are updated, not made again.",
            show_default=False,
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="KEY=VALUE",
            help="A value that the format asks for; may be repeated.",
            show_default=False,
        ),
    ] = None,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.OpenSession,
) -> int:
    """Write a plan for other tools: calendars, project files, spreadsheets, trackers, migration engines.

    Texts are in the programme's language, keys and ids never change with it. What a format cannot hold is told on
    standard error. Dates are the plan's; `waveplan check` says whether it still fits its inventory.
    """
    from waveplan import api
    from waveplan.cli.exports import Wish, refuse
    from waveplan.cli.exports import export as written
    from waveplan.cli.findings import show_beside
    from waveplan.cli.inventories import read_inventory
    from waveplan.cli.plans import read_plan
    from waveplan.errors import UsageError

    if [plan, inventory, *(since or [])].count("-") > 1:
        raise UsageError("only one of the inputs can be standard input")
    wish = Wish(to, output, wave, team, site, table, semicolon, since or (), settings or (), ids)
    refuse(wish)
    loaded = [read_plan(each) for each in (plan, *wish.since)]
    for each in loaded:
        show_beside(session, each.findings)
    read = read_inventory(inventory, session, max_size)
    plans = [each.plan for each in loaded if each.plan is not None]
    if len(plans) < len(loaded) or read.inventory is None:
        return exit_codes.FINDINGS
    strangers = [finding for each in loaded for finding in api.foreign(each, read.inventory)]
    if strangers:
        show_beside(read.session, strangers)
        return exit_codes.FINDINGS
    written(wish, plans[0], read.inventory, plans[1:], read.session)
    return read.exit_code
