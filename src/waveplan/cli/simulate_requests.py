"""What `waveplan simulate` is asked: each field is an argument or an option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import typer

from waveplan.cli import options
from waveplan.cli.options import argument, option
from waveplan.cli.spreading import DaskOption, ProcessesOption, ShardOption


@dataclass(frozen=True, slots=True)
class SimulateRequest:
    """Say how likely each date of a plan is, what eats it and what would help, from the risks of its inventory.

    Many histories are played: gates say no, cutovers roll back, events strike, and what slips takes the next slot that
    every hard rule allows; with --policy repair each slip is replanned, which takes seconds a run. Nothing is ever
    planned with knowledge of what has not happened yet. The same seed gives the same answer on any number of workers.
    Ctrl-C keeps what has been played so far. The exit code is 0, 1 when the plan or the inventory is not valid, 130
    when interrupted.
    """

    plan: options.PlanArgument
    inventory: Annotated[str, argument("A file or a folder.", "INVENTORY")]
    risks: Annotated[list[str] | None, option("Read risks from this file too. May be repeated.", "FILE", "--risks")] = (
        None
    )
    assume: Annotated[
        bool, typer.Option("--assume", help="Assume rates where the inventory has none; they are labelled as such.")
    ] = False
    actuals: Annotated[str | None, option("Begin where the programme stands; rates learn from it.", "FILE")] = None
    as_of: options.AsOfOption = None
    runs: Annotated[int, typer.Option("--runs", metavar="N", min=1, max=10_000_000, help="Histories at most.")] = 2000
    precision: Annotated[
        float | None,
        option("Stop when the P80 of the finish is known to so many days, up or down.", "DAYS", min=0),
    ] = None
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, max=2**31 - 1, help="Seed of the sample.")] = 0
    sampling: Annotated[
        Literal["sobol", "latin", "plain"], option("How numbers are drawn.", "sobol|latin|plain", show_default=True)
    ] = "sobol"
    policy: Annotated[
        Literal["push", "repair"],
        option(
            "What becomes of what slips: the next free slot, or a plan by replan.", "push|repair", show_default=True
        ),
    ] = "push"
    dates_only: Annotated[
        bool, typer.Option("--dates-only", help="Neither what each risk costs nor what would help.")
    ] = False
    workers: ProcessesOption = None
    dask: DaskOption = None
    shard: ShardOption = None
    as_json: options.JsonOption = False
    max_size: options.MaxSizeOption = None
