"""`waveplan schema`: the JSON Schema of the files, for editors and other programs."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli.options import argument
from waveplan.cli.session import open_session
from waveplan.domain.schema_names import SchemaName


def schema(
    document: Annotated[SchemaName, argument("Which file.", "DOCUMENT")],
    part: Annotated[bool, typer.Option("--part", help="For one file of an inventory that is a folder.")] = False,
) -> None:
    """Print the JSON Schema of an inventory, a plan, scenarios, actuals, or of a file that imports read."""
    from waveplan import api

    session = open_session()
    session.result(api.schema(document, part=part))
