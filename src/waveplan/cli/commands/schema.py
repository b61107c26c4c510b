"""`waveplan schema`: the JSON Schema of the files, for editors and other programs."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from waveplan.cli.session import open_session


def schema(
    document: Annotated[
        Literal["inventory", "plan", "scenarios", "actuals", "flow-rules", "flow-review"],
        typer.Argument(
            metavar="inventory|plan|scenarios|actuals|flow-rules|flow-review", help="Which file.", show_default=False
        ),
    ],
    part: Annotated[bool, typer.Option("--part", help="For one file of an inventory that is a folder.")] = False,
) -> None:
    """Print the JSON Schema of an inventory, a plan, scenarios, actuals, rules for flows, or proposals from flows."""
    from waveplan import api

    session = open_session()
    session.result(api.schema(document, part=part))
