"""`waveplan graph`: who depends on whom, as a tree or for other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli import exit_codes, options
from waveplan.cli.options import option


def graph(
    inventory: options.InventoryArgument,
    graph_format: Annotated[options.GraphFormat, typer.Option("--format", help="How the graph is written.")] = "tree",
    around: Annotated[str | None, option("Only what is near this item.", "ITEM")] = None,
    hops: Annotated[
        int | None, option("How near: dependencies away from ITEM.", "N", show_default="2", min=1, max=1000)
    ] = None,
    output: options.OutputOption = None,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.WideSession,
) -> int:
    """Show the dependency graph."""
    from waveplan.cli import graph_views
    from waveplan.cli.inventories import read_inventory
    from waveplan.cli.output_files import refuse_unwritable, write_whole
    from waveplan.errors import UsageError

    if hops is not None and around is None:
        raise UsageError("--hops goes with --around ITEM")
    if output is not None:
        refuse_unwritable(output)
    read = read_inventory(inventory, session, max_size)
    if read.inventory is None:
        return exit_codes.FINDINGS
    if graph_format == "tree":
        text = graph_views.drawn(read.inventory, around, hops or 2, read.session)
    else:
        text = graph_views.written(read.inventory, graph_format, around, hops or 2, read.session)
    if output is not None:
        write_whole(output, text)
    elif graph_format == "tree":
        read.session.words(text)
    else:
        read.session.result(text)
    return read.exit_code
