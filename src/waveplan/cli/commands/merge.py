"""`waveplan merge`: what shares of some work come to together."""

from __future__ import annotations

from typing import Annotated

from waveplan.cli import options
from waveplan.cli.options import WideSession, argument, option


def merge(
    shares: Annotated[list[str], argument("What commands with --shard wrote, all of one piece of work.", "FILE...")],
    output: Annotated[
        str | None, option("Write the plan here; of scenarios a folder for their plans.", "FILE", "--output", "-o")
    ] = None,
    output_format: options.OutputFormatOption = "text",
    as_json: options.JsonOption = False,
    *,
    session: WideSession,
) -> int:
    """Put the results of shares together, and show what the whole command would have shown.

    The exit code is that of the whole command.
    """
    from waveplan.cli.merging import merged

    return merged(shares, output, "json" if as_json else output_format, session)
