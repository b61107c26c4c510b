"""Arguments and options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from waveplan.cli import completion
from waveplan.cli.session import Session, open_session
from waveplan.domain.languages import SpokenLanguage
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.objective import Goal
    from waveplan.planning.options import SolveOptions


def argument(help_text: str, metavar: str, **more: Any) -> Any:
    """An argument; without a default in its help unless it is said."""
    return typer.Argument(metavar=metavar, help=help_text, **{"show_default": False, **more})


def option(help_text: str, metavar: str, *names: str, **more: Any) -> Any:
    """An option with a value, called as its field is unless it is named; without a default in its help likewise."""
    return typer.Option(*names, metavar=metavar, help=help_text, **{"show_default": False, **more})


InventoryArgument = Annotated[str, argument("A file, a folder, or - for standard input.", "INVENTORY")]
PlanArgument = Annotated[str, argument("A plan file, or - for standard input.", "PLAN")]
LangOption = Annotated[
    SpokenLanguage | None,
    typer.Option(
        "--lang",
        help="Language of what people read; default: the programme's.",
        envvar="WAVEPLAN_LANG",
        case_sensitive=False,
    ),
]
AsciiOption = Annotated[
    bool, typer.Option("--ascii", help="Plain characters only, on any terminal.", envvar="WAVEPLAN_ASCII")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Results only.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Warnings in full; where an internal error arose.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="The data as JSON.")]
MaxSizeOption = Annotated[int | None, option("Largest inventory to read.", "MB", "--max-size", min=1, max=100_000)]
OutputOption = Annotated[str | None, option("Write it here.", "FILE", "--output", "-o")]
WaveOption = Annotated[
    str | None, option("Only this wave: its id, W04 or desk/W04.", "WAVE", "--wave", autocompletion=completion.waves)
]
TeamOption = Annotated[str | None, option("Only what this team works on.", "TEAM", "--team")]
TimeLimitOption = Annotated[
    float, typer.Option("--time-limit", metavar="SECONDS", help="When to stop with the best plan so far.")
]
GraphFormat = Literal["tree", "dot", "mermaid", "svg", "graphml"]
ExportFormat = Literal[
    "ics",
    "ms-project",
    "xlsx",
    "csv",
    "mermaid",
    "plantuml",
    "jira",
    "azure-devops",
    "aws-cmf",
    "aws-mgn",
    "forklift",
]
FindingFormat = Literal["text", "concise", "markdown", "json", "azure", "github", "gitlab", "junit", "sarif"]
OutputFormatOption = Annotated[FindingFormat, typer.Option("--output-format", help="How findings are written.")]
ViewFormat = Literal["text", "json", "markdown"]
ViewFormatOption = Annotated[
    ViewFormat, typer.Option("--output-format", help="How it is written; markdown is for comments of merge requests.")
]
ActualsOption = Annotated[str | None, option("Look at these actuals too.", "FILE", "--actuals")]
AsOfOption = Annotated[
    str | None, option("Day on which actuals are looked at.", "DATE", "--as-of", show_default="today")
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="Seed of the search.")]
WorkersOption = Annotated[
    int | None, option("Threads.", "N", "--workers", show_default="the usable cores", min=1, max=1024)
]
ReproducibleOption = Annotated[
    bool, typer.Option("--reproducible", help="The same files and seed give the same bytes.")
]
IgnoreOption = Annotated[list[str] | None, option("Leave out a kind of finding; may be repeated.", "CODE", "--ignore")]
RulesOption = Annotated[
    list[str] | None, option("Rules of the house: a Python file, which is run. May be repeated.", "FILE", "--rules")
]
WarnAsErrorOption = Annotated[bool, typer.Option("--warn-as-error", help="Warnings count as errors.")]
WatchOption = Annotated[
    bool, typer.Option("--watch", help="Again whenever one of the files changes, until Ctrl-C.", show_default=False)
]
NamesOption = Annotated[bool, typer.Option("--names", help="Show names behind ids.")]
WidthOption = Annotated[
    int | None, option("Columns to fill.", "N", "--width", show_default="the terminal's", min=40, max=1000)
]


def _narrow(
    lang: LangOption = None, quiet: QuietOption = False, verbose: VerboseOption = False, plain: AsciiOption = False
) -> Session:
    return open_session(lang, quiet, verbose, plain=plain)


def _wide(
    width: WidthOption = None,
    lang: LangOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    plain: AsciiOption = False,
) -> Session:
    return open_session(lang, quiet, verbose, width, plain=plain)


def _plain(lang: LangOption = None, plain: AsciiOption = False) -> Session:
    return open_session(lang, plain=plain)


OpenSession = Annotated[Session, _narrow]
WideSession = Annotated[Session, _wide]  # of commands that lay out tables and charts
PlainSession = Annotated[Session, _plain]


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How a search is done, whatever it is for."""

    seed: SeedOption = 0
    workers: WorkersOption = None
    reproducible: ReproducibleOption = False

    def options(self, time_limit: float, goals: tuple[Goal, ...] = ()) -> SolveOptions:
        """The solver's options. Raises UsageError for a limit that is none."""
        from math import isfinite

        from waveplan.planning.options import SolveOptions

        if not isfinite(time_limit) or time_limit <= 0:
            raise UsageError("--time-limit takes a number of seconds above 0")
        return SolveOptions(
            time_limit=None if self.reproducible else time_limit,
            deterministic_limit=time_limit if self.reproducible else None,
            seed=self.seed,
            workers=self.workers,
            reproducible=self.reproducible,
            goals=goals or None,
        )
