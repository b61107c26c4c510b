"""`waveplan refresh`: a plan that was edited by hand, stated anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from waveplan.cli.options import ActualsOption, AsOfOption, InventoryArgument, MaxSizeOption, OpenSession, PlanArgument


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """What was asked for on the command line."""

    plan: PlanArgument
    inventory: InventoryArgument
    actuals: ActualsOption = None
    as_of: AsOfOption = None
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write the plan here; - for standard output.", show_default="PLAN"
        ),
    ] = None
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if it would change.")] = False
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False
    max_size: MaxSizeOption = None

    @property
    def target(self) -> str:
        """Where the plan goes; `-` is standard output."""
        return self.output or self.plan


def refresh(request: RefreshRequest, session: OpenSession) -> int:
    """State anew what follows from a plan's waves and lots, after an edit by hand.

    Move lots from wave to wave, give a wave another slot's id, add a wave (its id and lots are enough), empty one: then
    numbers, dates, totals, loads, milestones and goals are worked out again. Comments, order and style of the file
    stay. Of the proofs only what still holds is kept.

    Rules that the edit breaks are told, as `check` tells them; the exit code is then 1. Nothing is written when a lot
    is in no wave, or a wave in no slot.

    With --actuals, what is done stays where it was, even in a slot that the calendar no longer has.
    """
    from waveplan.cli.refreshing import run

    return run(request, session)
