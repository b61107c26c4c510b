"""What commands are asked for: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import typer

from waveplan.cli import completion, options

_OF_ENTRIES = ("date", "by", "reason", "lot", "condition", "rolled_back", "severity", "item", "incident_id", "resolved")


def _text(help_text: str, metavar: str) -> Any:
    return typer.Option(metavar=metavar, help=help_text, show_default=False)


@dataclass(frozen=True, slots=True)
class SolveRequest:
    """What `waveplan solve` is asked."""

    inventory: options.InventoryArgument
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the plan here.", show_default=False)
    ] = None
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="When to stop with the best plan so far; with --reproducible, in the solver's own time.",
        ),
    ] = 50.0
    goals: Annotated[
        list[str] | None,
        typer.Option(
            "--goal",
            metavar="GOAL",
            autocompletion=completion.goals,
            help="In place of the inventory's goals, in order: finish, waves, coexistence, peak_load, "
            "criticality_risk, moved_lots; finish:5% adds a tolerance. May be repeated.",
            show_default=False,
        ),
    ] = None
    search: options.SearchOptions = field(default_factory=options.SearchOptions)
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", metavar="PLAN", help="Plan to start from; moved_lots counts from it.", show_default=False
        ),
    ] = None
    plan_format: Annotated[
        Literal["yaml", "json"] | None,
        typer.Option(
            "--format", help="Format of the plan; without -o it goes to standard output.", show_default="as FILE ends"
        ),
    ] = None
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="SELECTOR",
            help="Plan only what it chooses (domain=finance, app=erp,crm); all else stays as in --keep. "
            "May be repeated: then all must hold.",
            show_default=False,
        ),
    ] = None
    keep: Annotated[
        str | None,
        typer.Option(
            "--keep", metavar="PLAN", help="With --only: the plan in which all else stands.", show_default=False
        ),
    ] = None
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
    actuals: Annotated[
        str, typer.Option("--actuals", metavar="FILE", help="What has happened so far.", show_default=False)
    ]
    as_of: options.AsOfOption = None
    locked_days: Annotated[
        int, typer.Option("--locked-days", metavar="N", min=0, max=3650, help="Waves in the next N days stay.")
    ] = 14
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the new plan here.", show_default=False)
    ] = None
    time_limit: options.TimeLimitOption = 15.0
    search: options.SearchOptions = field(default_factory=options.SearchOptions)
    as_json: options.JsonOption = False
    max_size: options.MaxSizeOption = None


@dataclass(frozen=True, slots=True)
class ScenariosRequest:
    """What `waveplan scenarios` is asked."""

    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A file of scenarios, or - for standard input.", show_default=False)
    ]
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="DIR", help="Write each plan, and its inventory, here.", show_default=False
        ),
    ] = None
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit",
            metavar="SECONDS",
            help="When to stop each scenario with its best plan so far; with --reproducible, in the solver's own time.",
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
        typer.Argument(
            metavar="ITEM", help="An application, a service at a site, a step of either, or a lot.", show_default=False
        ),
    ]
    wave: Annotated[
        str | None,
        typer.Option(
            "--wave",
            metavar="WAVE",
            help="Put it there: W04, or the id of a wave or a slot.",
            show_default=False,
            autocompletion=completion.waves,
        ),
    ] = None
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="DATE", help="Put it into a window of that day.", show_default=False),
    ] = None
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
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the plan here; - for standard output.", show_default="PLAN"
        ),
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

    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file of actuals; made if it is not there.", show_default=False)
    ]
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="gate|cutover|incident|accept|milestone|effort ...", help="What happened.", show_default=False
        ),
    ] = None
    plan: Annotated[
        str | None,
        typer.Option("--plan", metavar="PLAN", help="The plan in force.", show_default="plan.yaml beside FILE"),
    ] = None
    inventory: Annotated[
        str | None,
        typer.Option("--inventory", metavar="INVENTORY", help="To know teams and items by name.", show_default=False),
    ] = None
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="When it happened.", show_default="today; of a cutover, its wave's"
        ),
    ] = None
    by: Annotated[str | None, _text("Who decided, or says so.", "WHO")] = None
    reason: Annotated[str | None, _text("Why.", "TEXT")] = None
    lot: Annotated[list[str] | None, _text("Gate: only these lots.", "LOT")] = None
    condition: Annotated[list[str] | None, _text("Gate: what a conditional go asks for.", "TEXT")] = None
    rolled_back: Annotated[list[str] | None, _text("Cutover: lots or items of a partial one.", "LOT")] = None
    severity: Annotated[str | None, _text("Incident: critical, major or minor.", "WORD")] = None
    item: Annotated[str | None, _text("Incident: what it hit.", "ITEM")] = None
    incident_id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Incident: its id.", show_default="the next number")
    ] = None
    resolved: Annotated[str | None, _text("Incident: when it was resolved.", "DATE")] = None
    reached: Annotated[str | None, _text("Milestone: when it was reached.", "DATE")] = None
    expected: Annotated[str | None, _text("Milestone: when it is expected now.", "DATE")] = None
    force: Annotated[
        bool,
        typer.Option("--force", help="Record it though it looks wrong."),
    ] = False
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the last entry out again; name its kind where there are several.")
    ] = False
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="The day it is.", show_default="today")
    ] = None
    max_size: options.MaxSizeOption = None

    @property
    def given(self) -> dict[str, str | list[str]]:
        """What was said of the entry, by option."""
        values = {name: getattr(self, name) for name in (*_OF_ENTRIES, "reached", "expected")}
        return {name.removeprefix("incident_"): value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """What `waveplan diff` is asked."""

    before: Annotated[str, typer.Argument(metavar="BEFORE", help="A plan file.", show_default=False)]
    after: Annotated[str, typer.Argument(metavar="AFTER", help="Another plan file.", show_default=False)]
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
