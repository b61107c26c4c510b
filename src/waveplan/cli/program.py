"""The `waveplan` program: its commands and the options that may stand before them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from waveplan.cli import streams
from waveplan.cli.commands.compare import compare
from waveplan.cli.commands.doctor import doctor
from waveplan.cli.commands.graph import graph
from waveplan.cli.commands.impact import impact
from waveplan.cli.commands.init import init
from waveplan.cli.commands.lots import lots
from waveplan.cli.commands.merge import merge
from waveplan.cli.commands.record import record
from waveplan.cli.commands.rule import rule
from waveplan.cli.commands.schema import schema
from waveplan.cli.commands.status import status
from waveplan.cli.commands.validate import validate
from waveplan.cli.inventory_requests import AnonymiseRequest, CareRequest, ImportRequest
from waveplan.cli.night_requests import LearnRequest, NightRequest, RosterRequest
from waveplan.cli.options import AsciiOption, LangOption, OpenSession, QuietOption, VerboseOption, WideSession
from waveplan.cli.plan_requests import CheckRequest, DiffRequest, ExportRequest, RefreshRequest
from waveplan.cli.report_requests import ReportRequest
from waveplan.cli.requests import ExplainRequest, ReplanRequest, ScenariosRequest, SolveRequest
from waveplan.cli.runbook_requests import RunbookRequest
from waveplan.cli.session import remember_global
from waveplan.cli.show_requests import ShowRequest
from waveplan.cli.signatures import opened, requested
from waveplan.cli.simulate_requests import SimulateRequest
from waveplan.cli.spoken_help import SpokenCommand, SpokenGroup
from waveplan.version import __version__

PROGRAM = "waveplan"
app = typer.Typer(
    name=PROGRAM,
    cls=SpokenGroup,
    help="Plan an IT transition: from an inventory to checked, dated waves.",
    epilog="Start with: waveplan init my-programme",
    rich_markup_mode=None,  # plain help opens in a third of the time
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
COMMANDS: dict[str, Callable[..., int | None]] = {
    "init": init,
    "import": requested(ImportRequest, WideSession, "importing"),
    "validate": validate,
    "care": requested(CareRequest, WideSession, "caring"),
    "lots": lots,
    "graph": graph,
    "impact": impact,
    "solve": requested(SolveRequest, WideSession, "solving"),
    "check": requested(CheckRequest, OpenSession, "judging"),
    "refresh": requested(RefreshRequest, OpenSession, "refreshing"),
    "record": record,
    "status": status,
    "show": requested(ShowRequest, WideSession, "showing"),
    "explain": requested(ExplainRequest, WideSession, "explaining"),
    "runbook": requested(RunbookRequest, WideSession, "runbooks"),
    "night": requested(NightRequest, WideSession, "nights"),
    "roster": requested(RosterRequest, WideSession, "rosters"),
    "learn": requested(LearnRequest, WideSession, "learning"),
    "report": requested(ReportRequest, WideSession, "reporting"),
    "export": requested(ExportRequest, OpenSession, "exports"),
    "scenarios": requested(ScenariosRequest, WideSession, "scenario_runs"),
    "compare": compare,
    "merge": merge,
    "diff": requested(DiffRequest, WideSession, "differing"),
    "replan": requested(ReplanRequest, WideSession, "replanning"),
    "simulate": requested(SimulateRequest, WideSession, "simulating"),
    "anonymise": requested(AnonymiseRequest, OpenSession, "anonymising"),
    "rule": rule,
    "schema": schema,
    "doctor": doctor,
}
for name, command in COMMANDS.items():
    app.command(name, cls=SpokenCommand)(opened(command))


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
    plain: AsciiOption = False,
) -> None:
    if plain:
        streams.keep_to_ascii()
    remember_global(lang=lang, quiet=quiet, verbose=verbose)
