"""What commands are asked for: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

import typer

from waveplan.cli import completion, options
from waveplan.cli.parameters import argument, option

_OF_ENTRIES = ("date", "by", "reason", "lot", "condition", "rolled_back", "severity", "item", "incident_id", "resolved")


@dataclass(frozen=True, slots=True)
class SolveRequest:
    """What `waveplan solve` is asked."""

    inventory: options.InventoryArgument
    output: Annotated[str | None, option("Write the plan here.", "FILE", "--output", "-o")] = None
    time_limit: Annotated[
        float,
        option(
            "When to stop with the best plan so far; with --reproducible, in the solver's own time.",
            "SECONDS",
            show_default=True,
        ),
    ] = 50.0
    goals: Annotated[
        list[str] | None,
        option(
            "In place of the inventory's goals, in order: finish, waves, coexistence, peak_load, "
            "criticality_risk, moved_lots; finish:5% adds a tolerance. May be repeated.",
            "GOAL",
            "--goal",
            autocompletion=completion.goals,
        ),
    ] = None
    search: options.SearchOptions = field(default_factory=options.SearchOptions)
    baseline: Annotated[str | None, option("Plan to start from; moved_lots counts from it.", "PLAN")] = None
    plan_format: Annotated[
        Literal["yaml", "json"] | None,
        typer.Option(
            "--format", help="Format of the plan; without -o it goes to standard output.", show_default="as FILE ends"
        ),
    ] = None
    only: Annotated[
        list[str] | None,
        option(
            "Plan only what it chooses (domain=finance, app=erp,crm); all else stays as in --keep. "
            "May be repeated: then all must hold.",
            "SELECTOR",
        ),
    ] = None
    keep: Annotated[str | None, option("With --only: the plan in which all else stands.", "PLAN")] = None
    diagnosis: Annotated[
        bool,
        typer.Option(
            "--diagnosis/--no-diagnosis",
            help="When there is no plan: name the facts that clash and ways out, in as much time again.",
        ),
    ] = True
    allow_unplanned: Annotated[
        bool,
        typer.Option(
            "--allow-unplanned",
            help="When not everything can be planned: plan as much as possible, the most critical lots first.",
        ),
    ] = False
    rules: options.RulesOption = None
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class ReplanRequest:
    """What `waveplan replan` is asked."""

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    actuals: Annotated[str, option("What has happened so far.", "FILE")]
    as_of: options.AsOfOption = None
    locked_days: Annotated[
        int, typer.Option("--locked-days", metavar="N", min=0, max=3650, help="Waves in the next N days stay.")
    ] = 14
    output: Annotated[str | None, option("Write the new plan here.", "FILE", "--output", "-o")] = None
    time_limit: options.TimeLimitOption = 15.0
    search: options.SearchOptions = field(default_factory=options.SearchOptions)
    as_json: options.JsonOption = False
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class ScenariosRequest:
    """What `waveplan scenarios` is asked."""

    file: Annotated[str, argument("A file of scenarios, or - for standard input.", "FILE")]
    output: Annotated[str | None, option("Write each plan, and its inventory, here.", "DIR", "--output", "-o")] = None
    time_limit: Annotated[
        float,
        option(
            "When to stop each scenario with its best plan so far; with --reproducible, in the solver's own time.",
            "SECONDS",
            show_default=True,
        ),
    ] = 50.0
    search: options.SearchOptions = field(default_factory=options.SearchOptions)
    max_size: options.MaxSizeOption = None
    as_json: options.JsonOption = False


@dataclass(frozen=True, slots=True)
class ExplainRequest:
    """What `waveplan explain` is asked."""

    plan: options.PlanArgument
    inventory: options.InventoryArgument
    item: Annotated[
        str,
        argument("An application, a service at a site, a step of either, or a lot.", "ITEM"),
    ]
    wave: Annotated[
        str | None, option("Put it there: W04, or the id of a wave or a slot.", "WAVE", autocompletion=completion.waves)
    ] = None
    date: Annotated[str | None, option("Put it into a window of that day.", "DATE")] = None
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", help="With --wave or --date: when to stop mending.")
    ] = 5.0
    seed: options.SeedOption = 0
    reproducible: options.ReproducibleOption = False
    as_json: options.JsonOption = False
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """What `waveplan refresh` is asked."""

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
        list[str] | None, argument("What happened.", "gate|cutover|incident|accept|milestone|effort ...")
    ] = None
    plan: Annotated[str | None, option("The plan in force.", "PLAN", show_default="plan.yaml beside FILE")] = None
    inventory: Annotated[str | None, option("To know teams and items by name.", "INVENTORY")] = None
    date: Annotated[str | None, option("When it happened.", "DATE", show_default="today; of a cutover, its wave's")] = (
        None
    )
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
    force: Annotated[bool, typer.Option("--force", help="Record it though it looks wrong.")] = False
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last entry out again; name its kind where there are several.")
    ] = False
    as_of: Annotated[str | None, option("The day it is.", "DATE", show_default="today")] = None
    max_size: options.MaxSizeOption = None

    @property
    def given(self) -> dict[str, str | list[str]]:
        """What was said of the entry, by option."""
        values = {name: getattr(self, name) for name in (*_OF_ENTRIES, "reached", "expected")}
        return {name.removeprefix("incident_"): value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """What `waveplan diff` is asked."""

    before: Annotated[str, argument("A plan file.", "BEFORE")]
    after: Annotated[str, argument("Another plan file.", "AFTER")]
    detailed_exitcode: Annotated[
        bool, typer.Option("--detailed-exitcode", help="Exit with 0 when nothing differs, 2 when something does.")
    ] = False
    output_format: options.ViewFormatOption = "text"
    as_json: options.JsonOption = False


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What `waveplan check` is asked."""

    plan: options.PlanArgument
    inventory: options.InventoryArgument
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
    proofs: Annotated[
        bool, typer.Option("--proofs", help="Search anew whether the bounds that the plan states hold.")
    ] = False
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="With --proofs: when to stop.")
    ] = 60.0
    watch: options.WatchOption = False
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What `waveplan export` is asked."""

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
