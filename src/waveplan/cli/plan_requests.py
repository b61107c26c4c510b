"""What commands are asked about a plan that is there: each field is an argument or an option."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

import typer

from waveplan.cli import completion, options
from waveplan.cli.options import argument, option
from waveplan.cli.spreading import SpreadOptions

_OF_ENTRIES = ("date", "by", "reason", "lot", "condition", "rolled_back", "severity", "item", "incident_id", "resolved")


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """State anew what follows from a plan's waves and lots, after an edit by hand.

    Move lots from wave to wave, give a wave another slot's id, add a wave (its id and lots are enough), empty one: then
    numbers, dates, totals, loads, milestones and goals are worked out again. Comments, order and style of the file
    stay. Of the proofs only what still holds is kept.

    Rules that the edit breaks are told, as `check` tells them; the exit code is then 1. Nothing is written when a lot
    is in no wave, or a wave in no slot.

    With --actuals, what is done stays where it was, even in a slot that the calendar no longer has.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    actuals: options.ActualsOption = None
    as_of: options.AsOfOption = None
    output: Annotated[
        str | None, option("Write the plan here; - for standard output.", "FILE", "--output", "-o", show_default="PLAN")
    ] = None
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if it would change.")] = False
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False
    max_size: options.MaxSizeOption = None

    @property
    def target(self) -> str:
        """Where the plan goes; `-` is standard output."""
        return self.output or self.plan


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What `waveplan record` is asked."""

    file: Annotated[str, argument("The file of actuals; made if it is not there.", "FILE")]
    words: Annotated[
        list[str] | None, argument("What happened.", "gate|cutover|incident|accept|milestone|adoption|task|effort ...")
    ] = None
    plan: Annotated[str | None, option("The plan in force.", "PLAN", show_default="plan.yaml beside FILE")] = None
    inventory: Annotated[str | None, option("To know teams and items by name.", "INVENTORY")] = None
    date: Annotated[str | None, option("When it happened.", "DATE", show_default="today; of a cutover, its wave's")] = (
        None
    )
    at: Annotated[str | None, option("Task: when, as 22:40 or with its day.", "TIME", show_default="now")] = None
    run: Annotated[str | None, option("Task: of a rehearsal of this name.", "NAME", show_default="the night")] = None
    template: Annotated[
        str | None, option("Task: templates over those of the inventory, as for the runbook.", "FILE")
    ] = None
    by: Annotated[str | None, option("Who decided, or says so.", "WHO")] = None
    reason: Annotated[str | None, option("Why.", "TEXT")] = None
    lot: Annotated[list[str] | None, option("Gate: only these lots.", "LOT")] = None
    condition: Annotated[list[str] | None, option("Gate: what a conditional go asks for.", "TEXT")] = None
    rolled_back: Annotated[list[str] | None, option("Cutover: lots or items of a partial one.", "LOT")] = None
    severity: Annotated[str | None, option("Incident: critical, major or minor.", "WORD")] = None
    item: Annotated[str | None, option("Incident: what it hit.", "ITEM")] = None
    incident_id: Annotated[str | None, option("Incident: its id.", "ID", "--id", show_default="the next number")] = None
    resolved: Annotated[str | None, option("Incident: when it was resolved.", "DATE")] = None
    reached: Annotated[str | None, option("Milestone: when it was reached.", "DATE")] = None
    expected: Annotated[str | None, option("Milestone: when it is expected now.", "DATE")] = None
    source: Annotated[
        Literal["csv", "jira", "azure-devops"] | None,
        option(
            "Read what happened from these exports instead, and propose entries.", "csv|jira|azure-devops", "--from"
        ),
    ] = None
    state: Annotated[
        list[str] | None,
        option("--from: what a state of the tracker means, such as 'Shipped=done'. May be repeated.", "WORD=MEANING"),
    ] = None
    apply: Annotated[bool, typer.Option("--apply", help="--from: write the entries that are proposed.")] = False
    supersede: Annotated[
        bool, typer.Option("--supersede", help="--from: also record what contradicts the entries that stand.")
    ] = False
    result: Annotated[str | None, option("Survey: the share of good answers, such as 65%.", "SHARE")] = None
    force: Annotated[bool, typer.Option("--force", help="Record it though it looks wrong.")] = False
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last entry out again; name its kind where there are several.")
    ] = False
    as_of: Annotated[str | None, option("The day it is.", "DATE", show_default="today")] = None
    max_size: options.MaxSizeOption = None

    @property
    def given(self) -> dict[str, str | list[str]]:
        """What was said of the entry, by option."""
        values = {name: getattr(self, name) for name in (*_OF_ENTRIES, "reached", "expected", "result", "at", "run")}
        return {name.removeprefix("incident_"): value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """Show what moved between two plans: lots, waves, gates, milestones, loads and goals.

    How the plans were found does not count. The exit code is 1 when one of them cannot be read, else 0; with
    --detailed-exitcode it is 2 when they differ, and 1 for every error.
    """

    before: Annotated[str, argument("A plan file.", "BEFORE")]
    after: Annotated[str, argument("Another plan file.", "AFTER")]
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 0 when nothing differs, 2 when something does.")
    ] = False
    output_format: options.ViewFormatOption = "text"
    as_json: options.JsonOption = False


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Check a plan against its inventory, independently; with --actuals, what happened beside the plan too.

    Nothing of the solver is used, but with --proofs and --runbooks: bounds are as stated by the solver else. There is a
    finding for each violation, with the numbers. Rules of the house are those of --rules and of installed packages.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    more: Annotated[
        list[str] | None, argument("More plans, each with its inventory behind it.", "[PLAN INVENTORY]...")
    ] = None
    actuals: options.ActualsOption = None
    as_of: options.AsOfOption = None
    output_format: options.OutputFormatOption = "text"
    as_json: options.JsonOption = False
    ignore: options.IgnoreOption = None
    warn_as_error: options.WarnAsErrorOption = False
    allow_unplanned: Annotated[
        bool,
        typer.Option("--allow-unplanned", help="Accept that lots are in no wave which the plan lists as unplanned."),
    ] = False
    rules: options.RulesOption = None
    runbooks: Annotated[
        bool,
        typer.Option("--runbooks", help="Schedule each window task by task, too, and say what does not fit."),
    ] = False
    proofs: Annotated[
        bool, typer.Option("--proofs", help="Verify certificates, and search anew whether other stated bounds hold.")
    ] = False
    certificate: Annotated[
        str | None, option("With --proofs: the plan's certificates.", "FILE", show_default="beside PLAN")
    ] = None
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="With --proofs: when to stop.")
    ] = 60.0
    watch: options.WatchOption = False
    spread: SpreadOptions = field(default_factory=SpreadOptions)
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Write a plan for other tools: calendars, project files, spreadsheets, trackers, migration engines.

    Texts are in the programme's language, keys and ids never change with it. What a format cannot hold is told on
    standard error. Dates are the plan's; `waveplan check` says whether it still fits its inventory.
    """

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    to: Annotated[
        options.ExportFormat,
        option(
            "One of ics, ms-project, xlsx, csv, mermaid, plantuml, jira, azure-devops, aws-cmf, aws-mgn, forklift.",
            "FORMAT",
        ),
    ]
    output: Annotated[
        str | None,
        option(
            "Write it here: a file, or a folder or .zip file for what are several; - is standard output.",
            "FILE",
            "--output",
            "-o",
        ),
    ] = None
    wave: options.WaveOption = None
    team: options.TeamOption = None
    site: Annotated[str | None, option("Only what this site has to do with.", "SITE")] = None
    table: Annotated[
        str | None, option("csv: only this table, as one file.", "TABLE", autocompletion=completion.tables)
    ] = None
    semicolon: Annotated[
        bool,
        typer.Option(
            "--semicolon", help="csv: as French spreadsheets read it: semicolons, decimal commas, a byte-order mark."
        ),
    ] = False
    since: Annotated[
        list[str] | None, option("ics: what was sent before; may be repeated, oldest first.", "OLD_PLAN")
    ] = None
    ids: Annotated[
        str | None,
        option(
            "jira, azure-devops: the tracker's own export (CSV), so that lines are updated, not made again.", "FILE"
        ),
    ] = None
    settings: Annotated[
        list[str] | None, option("A value that the format asks for; may be repeated.", "KEY=VALUE", "--set")
    ] = None
    max_size: options.MaxSizeOption = None
