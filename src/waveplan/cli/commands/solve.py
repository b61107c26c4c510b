"""`waveplan solve`: from an inventory to a checked plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

import typer

from waveplan.cli import completion
from waveplan.cli.options import InventoryArgument, MaxSizeOption, RulesOption, Search, WideSession


@dataclass(frozen=True, slots=True)
class SolveRequest:
    """What was asked for on the command line."""

    inventory: InventoryArgument
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
    search: Search = field(default_factory=Search)
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
    rules: RulesOption = None
    max_size: MaxSizeOption = None


def solve(request: SolveRequest, session: WideSession) -> int:
    """Plan an inventory: dated waves, checked and proven.

    When no plan is possible, the facts that clash are named, each with its place, and the cheapest ways out.
    Ctrl-C or SIGTERM stops with the best plan so far. The search does not know rules of the house: they look at what
    was found. The exit code is 0 with a plan, 1 when the inventory has errors or a rule of the house refuses the plan,
    3 when it is proven that there is no plan, 4 when none was found within the limit, 130 when interrupted, 143 when
    terminated.
    """
    from waveplan.cli.solving import run

    return run(request, session)
