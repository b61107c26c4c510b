"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

InventoryArgument = Annotated[
    str, typer.Argument(metavar="INVENTORY", help="A file, a folder, or - for standard input.", show_default=False)
]
PlanArgument = Annotated[
    str, typer.Argument(metavar="PLAN", help="A plan file, or - for standard input.", show_default=False)
]
LangOption = Annotated[
    Literal["en", "fr"] | None,
    typer.Option(
        "--lang",
        help="Language of what people read; default: the programme's.",
        envvar="WAVEPLAN_LANG",
        case_sensitive=False,
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Results only.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Warnings in full; where an internal error arose.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="The data as JSON.")]
MaxSizeOption = Annotated[
    int | None,
    typer.Option("--max-size", metavar="MB", min=1, max=100_000, help="Largest inventory to read.", show_default=False),
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
FindingFormat = Literal["text", "concise", "json", "github", "gitlab", "junit", "sarif"]
OutputFormatOption = Annotated[FindingFormat, typer.Option("--output-format", help="How findings are written.")]
ActualsOption = Annotated[
    str | None,
    typer.Option("--actuals", metavar="FILE", help="Look at these actuals too.", show_default=False),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Day on which actuals are looked at.", show_default="today"),
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="Seed of the search.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, max=1024, help="Threads.", show_default="the usable cores"),
]
ReproducibleOption = Annotated[
    bool, typer.Option("--reproducible", help="The same files and seed give the same bytes.")
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="Leave out a kind of finding; may be repeated.", show_default=False),
]
RulesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        metavar="FILE",
        help="Rules of the house: a Python file, which is run. May be repeated.",
        show_default=False,
    ),
]
WarnAsErrorOption = Annotated[bool, typer.Option("--warn-as-error", help="Warnings count as errors.")]
NamesOption = Annotated[bool, typer.Option("--names", help="Show names behind ids.")]
WidthOption = Annotated[
    int | None,
    typer.Option("--width", metavar="N", min=40, max=1000, help="Columns to fill.", show_default="the terminal's"),
]
