"""`waveplan diff`: what moved between two plans, from their files alone."""

from __future__ import annotations

from typing import Annotated

import typer

from waveplan.cli.options import JsonOption, LangOption, QuietOption, VerboseOption, WidthOption
from waveplan.cli.session import open_session


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A plan file.", show_default=False)],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Another plan file.", show_default=False)],
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 0 when nothing differs, 2 when something does.")
    ] = False,
    as_json: JsonOption = False,
    width: WidthOption = None,
    lang: LangOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Show what moved between two plans: lots, waves, gates, milestones, loads and goals.

    How the plans were found does not count. The exit code is 1 when one of them cannot be read, else 0; with
    --detailed-exitcode it is 2 when they differ, and 1 for every error.
    """
    from waveplan.cli.differing import DiffRequest, run

    return run(DiffRequest(before, after, detailed_exitcode, as_json), open_session(lang, quiet, verbose, width))
