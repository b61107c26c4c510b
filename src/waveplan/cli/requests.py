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
    """Plan an inventory: dated waves, checked and proven.

    When no plan is possible, the facts that clash are named, each with its place, and the cheapest ways out.
    Ctrl-C or SIGTERM stops with the best plan so far. The search does not know rules of the house: they look at what
    was found. The exit code is 0 with a plan, 1 when the inventory has errors or a rule of the house refuses the plan,
    3 when it is proven that there is no plan, 4 when none was found within the limit, 130 when interrupted, 143 when
    terminated.
    """

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
    """Plan anew what is still free: done and imminent waves stay, as few lots as possible move.

    No-go decisions, rollbacks, late milestones, stages that were not accepted and a changed inventory are absorbed; a
    moved lot keeps its gates and notices in the future. The exit codes are those of solve.
    """

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
    """Solve scenarios of one inventory, one after the other, and show them side by side.

    Ctrl-C or SIGTERM stops with the best plans so far. The exit code is 0 when every scenario has its plan, else the
    highest of 1 (errors in an inventory), 3 (proven that there is no plan) and 4 (none found within the limit); 130
    when interrupted, 143 when terminated.
    """

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
    """Explain why an item is where it is: its lot, and what keeps it out of every other slot.

    With --wave or --date it is put there, and the rest is mended with as few moves as possible; the exit code is then
    3 when it cannot be there, 4 when no plan was found within the limit.
    """

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
class ImportRequest:
    """Make an inventory of the files of another tool, or bring one up to date with them.

    -o DIR writes a new inventory, --into INVENTORY writes into one that is there: what was made by hand stays, what the
    sources contradict is asked, what is gone from them is told. A file of sources in place of FORMAT reads several.

    Captured flows (`flows`, `azure-dependencies`) become proposals in a review file: --into INVENTORY -o REVIEW. People
    decide in it; --apply REVIEW --into INVENTORY writes what they accepted.

    Any spreadsheet is read with --mapping FILE; --suggest-mapping writes a first one from its headers.

    Every row is accounted for: imported, merged with another, or skipped for a reason; --accounts writes them all.
    What the files do not say and a plan needs is assumed, marked in the files and told; `waveplan validate` and
    `waveplan solve` go on from there.

    An option is written --option KEY=VALUE; --option help lists those of a format.
    """

    source: Annotated[
        str | None,
        argument("What wrote the files; `help` lists the formats.", "FORMAT", autocompletion=completion.import_formats),
    ] = None
    files: Annotated[list[str] | None, argument("Its files, folders of them, or archives.", "FILE")] = None
    output: Annotated[
        str | None,
        option("Write a new inventory into this folder; of flows, the review into this file.", "DIR", "--output", "-o"),
    ] = None
    into: Annotated[str | None, option("An inventory that is there.", "INVENTORY")] = None
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would change.")] = False
    diff: Annotated[bool, typer.Option("--diff", help="Show what changes, as a diff.")] = False
    precedence: Annotated[str | None, option("Whose word counts where sources disagree.", "FILE")] = None
    accept: Annotated[
        list[str] | None,
        option("Take what sources say of a field, as servers.web01.os, servers.*.os or all. May be repeated.", "FIELD"),
    ] = None
    keep: Annotated[list[str] | None, option("Settle for what stands in a field, and hear no more of it.", "FIELD")] = (
        None
    )
    review: Annotated[str | None, option("Write open questions here; answers in it are followed.", "FILE")] = None
    restore: Annotated[bool, typer.Option("--restore", help="Write what was deleted by hand again.")] = False
    remove_gone: Annotated[
        bool, typer.Option("--remove-gone", help="Take out what no source tells of any more, and what names it.")
    ] = False
    conflicts: Annotated[
        str | None, option("Write here what sources disagree on, as CSV, or JSON by the name.", "FILE")
    ] = None
    provenance: Annotated[str | None, option("Write here where each value comes from, as CSV.", "FILE")] = None
    apply_review: Annotated[
        str | None, option("Write what this review accepts into the inventory of --into.", "REVIEW", "--apply")
    ] = None
    rules: Annotated[str | None, option("Flows: rules of your own for noise, common services and weights.", "FILE")] = (
        None
    )
    name: Annotated[
        str | None,
        option("What this source is called beside others.", "NAME", "--source", show_default="FORMAT"),
    ] = None
    settings: Annotated[
        list[str] | None,
        option("How the files are read; `help` lists what there is. May be repeated.", "KEY=VALUE", "--option"),
    ] = None
    mapping: Annotated[str | None, option("csv, xlsx, ods: which columns fill which fields.", "FILE")] = None
    suggest_mapping: Annotated[
        bool, typer.Option("--suggest-mapping", help="Write a first mapping of these spreadsheets (-o FILE), and end.")
    ] = False
    programme: Annotated[str | None, option("What a new programme is called.", "TEXT")] = None
    start: Annotated[str | None, option("Its first day of preparation.", "DATE")] = None
    deadline: Annotated[str | None, option("Its last day.", "DATE")] = None
    accounts: Annotated[str | None, option("Write here what became of each row, as CSV.", "FILE")] = None
    output_format: options.OutputFormatOption = "text"
    as_json: options.JsonOption = False


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What `waveplan record` is asked."""

    file: Annotated[str, argument("The file of actuals; made if it is not there.", "FILE")]
    words: Annotated[
        list[str] | None, argument("What happened.", "gate|cutover|incident|accept|milestone|adoption|effort ...")
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
        values = {name: getattr(self, name) for name in (*_OF_ENTRIES, "reached", "expected", "result")}
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

    Nothing of the solver is used, but with --proofs: bounds are as stated by the solver else. There is a finding for
    each violation, with the numbers. Rules of the house are those of --rules and of packages that are installed.
    """

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


@dataclass(frozen=True, slots=True)
class AnonymiseRequest:
    """Write the same case without names, to share it: names, hosts, addresses, texts and labels are replaced.

    Structure, numbers and days stay, or days move by a secret whole number of weeks. The same key gives the same
    words, so that a second case fits the first; without the key none leads back. What could not be hidden is told.
    """

    inventory: options.InventoryArgument
    plan: Annotated[str | None, argument("A plan file.", "PLAN")] = None
    actuals: Annotated[str | None, argument("A file of actuals.", "ACTUALS")] = None
    output: Annotated[str, option("The folder to write into.", "DIR", "--output", "-o")] = "anonymised"
    key_file: Annotated[
        str | None, option("The secret: any file. Without it one is made up, and kept nowhere.", "FILE")
    ] = None
    shift: Annotated[bool, typer.Option("--shift", help="Move all days by a secret whole number of weeks.")] = False
    shift_weeks: Annotated[int | None, option("Move all days by so many weeks.", "N", min=-1000, max=1000)] = None
    names: Annotated[
        str | None, option("Write here what became of each word, as CSV: it leads back, so keep it.", "FILE")
    ] = None
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class CareRequest:
    """Say how far an inventory can be relied on, and which missing facts would most change the plan.

    What is known by field and domain, what is stale, without owner, at odds with itself or held up. With --impact each
    class of missing facts is put at its plausible extremes and planned anew, so that the questions that matter are
    asked first. --questions writes what to ask whom; the answers come back through `waveplan import csv`.
    """

    inventory: options.InventoryArgument
    impact: Annotated[
        bool, typer.Option("--impact", help="Plan with missing facts at their extremes, and rank them.")
    ] = False
    questions: Annotated[str | None, option("Write what to ask whom, as CSV.", "FILE")] = None
    about: Annotated[list[str] | None, option("Questions about these fields only. May be repeated.", "FIELD")] = None
    semicolon: Annotated[bool, typer.Option("--semicolon", help="Questions as French spreadsheets read them.")] = False
    stale_after: Annotated[
        int, option("Days after which what was confirmed is stale.", "DAYS", min=1, max=36_500, show_default=True)
    ] = 180
    time_limit: options.TimeLimitOption = 60.0
    seed: options.SeedOption = 0
    as_of: options.AsOfOption = None
    form: Annotated[
        Literal["text", "md", "html", "csv"],
        option("How it is written.", "text|md|html|csv", "--format", show_default=True),
    ] = "text"
    output: options.OutputOption = None
    as_json: options.JsonOption = False
    max_size: options.MaxSizeOption = None
