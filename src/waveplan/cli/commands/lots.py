"""`waveplan lots`: what must cut over together, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli import exit_codes, options
from waveplan.cli.options import option
from waveplan.errors import UsageError


def lots(
    inventory: options.InventoryArgument,
    why: Annotated[
        list[str] | None, option("Why this item is in its lot; given twice, why the two are in one.", "ITEM")
    ] = None,
    suggest_cuts: Annotated[
        bool,
        typer.Option("--suggest-cuts", help="For each lot that is too large: which ties to relax at the least cost."),
    ] = False,
    servers: Annotated[
        bool, typer.Option("--servers", help="The servers of each lot: names, host names, addresses, power.")
    ] = False,
    names: options.NamesOption = False,
    output_format: options.ViewFormatOption = "text",
    as_json: options.JsonOption = False,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.WideSession,
) -> int:
    """Show the lots: what must cut over together, and why."""
    from waveplan import api
    from waveplan.cli import cut_views, lot_views
    from waveplan.cli.inventories import read_inventory

    read = read_inventory(inventory, session, max_size)
    if read.inventory is None:
        return exit_codes.FINDINGS
    if suggest_cuts and why:
        raise UsageError("give --why or --suggest-cuts, not both")
    if servers and (why or suggest_cuts):
        raise UsageError("--servers lists all servers: leave --why and --suggest-cuts out")
    found, wanted = api.lots(read.inventory), "json" if as_json else output_format
    if suggest_cuts:
        cut_views.show_cuts(api.suggest_cuts(found), read, wanted)
    elif wanted == "json":
        read.session.result(lot_views.as_json(found, why or [], read.session))
    else:
        view = lot_views.server_tables if servers else lot_views.tables
        read.session.show_as(wanted, lambda page: view(found, why or [], read.session, page, names=names))
    return read.exit_code
