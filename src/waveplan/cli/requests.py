"""What commands are asked that plan: each field is an argument or an option of the command line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

import typer

from waveplan.cli import completion, options
from waveplan.cli.options import argument, option
from waveplan.cli.spreading import DaskOption, ShardOption, SpreadOptions, ThreadsOption


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
    certify: Annotated[
        bool,
        typer.Option(
            "--certify",
            help="Prove what is proven once more, by other means, in the last fifth of the time; "
            "certificates go beside the plan, for check --proofs.",
        ),
    ] = False
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
    portfolio: Annotated[
        int | None,
        option(
            "Solve so many times, each with another seed, and take the best plan and the best bounds; --workers are "
            "processes then, each with one thread.",
            "K",
            min=1,
            max=10_000,
        ),
    ] = None
    threads: Annotated[int | None, option("With --portfolio: threads of each solve.", "N", min=1, max=1024)] = None
    dask: DaskOption = None
    shard: ShardOption = None
    confidence: Annotated[
        int | None,
        option(
            "Change the plan until its last dates are kept in so many of 100 runs of `simulate`, or as many as may be.",
            "PERCENT",
            min=1,
            max=99,
        ),
    ] = None
    confidence_date: Annotated[
        str | None, option("--confidence: only this last date: a site, a contract, a tranche, or finish.", "DATE")
    ] = None
    confidence_tries: Annotated[
        int, typer.Option("--confidence-tries", metavar="N", min=0, max=100_000, help="--confidence: changes at most.")
    ] = 2000
    risks: Annotated[
        list[str] | None, option("--confidence: read risks from this file too. May be repeated.", "FILE", "--risks")
    ] = None
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
    """Solve scenarios of one inventory, and show them side by side.

    One after the other, each with the usable cores; with --workers or --dask side by side, each with one thread.
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
    seed: options.SeedOption = 0
    threads: ThreadsOption = None
    reproducible: options.ReproducibleOption = False
    spread: SpreadOptions = field(default_factory=SpreadOptions)
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
