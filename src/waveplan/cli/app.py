"""The `waveplan` command: its subcommands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from waveplan import __version__
from waveplan.cli import exit_codes, streams
from waveplan.cli.commands.check import check
from waveplan.cli.commands.doctor import doctor
from waveplan.cli.commands.graph import graph
from waveplan.cli.commands.impact import impact
from waveplan.cli.commands.init import init
from waveplan.cli.commands.lots import lots
from waveplan.cli.commands.rule import rule
from waveplan.cli.commands.schema import schema
from waveplan.cli.commands.show import show
from waveplan.cli.commands.solve import solve
from waveplan.cli.commands.validate import validate
from waveplan.cli.internal_errors import report
from waveplan.cli.options import LangOption, QuietOption, VerboseOption
from waveplan.cli.session import remember_global
from waveplan.errors import InternalError, WaveplanError

PROGRAM = "waveplan"
app = typer.Typer(
    name=PROGRAM,
    help="Plan an IT transition: from an inventory to checked, dated waves.",
    epilog="Start with: waveplan init my-programme",
    rich_markup_mode=None,  # plain help opens in a third of the time
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
for command in (init, validate, lots, graph, impact, solve, check, show, rule, schema, doctor):
    app.command(command.__name__)(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        streams.write_result(f"{PROGRAM} {__version__}\n")
        raise typer.Exit


@app.callback()
def _global_options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    remember_global(lang=lang, quiet=quiet, verbose=verbose)


def main() -> None:
    """Run the command line and leave with its exit code."""
    streams.prepare()
    code = run(sys.argv[1:])
    streams.write_result("")  # the last flush, where a closed pipe or a full disk shows
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong becomes a message on standard error."""
    try:
        return int(app(args=arguments, prog_name=PROGRAM, standalone_mode=False) or exit_codes.CLEAN)
    except typer.TyperException as error:
        return _usage_error(error)
    except InternalError as error:
        return report(error, arguments)
    except WaveplanError as error:
        streams.write_note(f"{PROGRAM}: {error}\n")
        return exit_codes.USAGE
    except (KeyboardInterrupt, typer.Abort):
        streams.write_note(f"{PROGRAM}: interrupted\n")
        return exit_codes.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the boundary: a traceback is no message
        return report(error, arguments)


def _usage_error(error: typer.TyperException) -> int:
    message = error.format_message()
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else PROGRAM
    if type(error).__name__ == "NoArgsIsHelpError":
        streams.write_note(f"{message}\n")
    else:
        streams.write_note(f"{path}: {message}\nTry '{path} --help'.\n")
    return exit_codes.USAGE
