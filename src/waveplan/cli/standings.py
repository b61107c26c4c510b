"""What has become of a plan's waves, for charts of the plan alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.days import as_of_day
from waveplan.cli.report_wishes import UnreadableFileError, actuals_of
from waveplan.cli.session import Session
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.domain.plan import Plan
    from waveplan.domain.status import PlanStanding

__all__ = ["UnreadableFileError", "plan_standing", "refuse_standing"]


def refuse_standing(gantt: bool, plan: str, actuals: str | None, as_of: str | None) -> None:
    """Raise UsageError when actuals, or a day, are named where nothing would show them."""
    if actuals is not None and not gantt:
        raise UsageError("--actuals goes with --gantt")
    if as_of is not None and actuals is None:
        raise UsageError("--as-of goes with --actuals")
    if plan == actuals == "-":
        raise UsageError("only one of the files can be standard input")


def plan_standing(plan: Plan, actuals: str, as_of: str | None, session: Session) -> PlanStanding:
    """How the waves stand; UnreadableFileError when the actuals have errors."""
    day, known = as_of_day(as_of, session), actuals_of(actuals, session)
    assert known is not None
    return api.standing(known, plan, day)
