"""What `waveplan diff` does: read two plans, show what moved, and say by the exit code whether anything did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.options import ViewFormat
from waveplan.cli.plans import read_plan
from waveplan.cli.session import Session
from waveplan.cli.streams import write_note
from waveplan.cli.usage_errors import told
from waveplan.domain.differences import PlanDifference
from waveplan.domain.plan import Plan
from waveplan.errors import UnreadableInputError, UsageError

if TYPE_CHECKING:
    from waveplan.cli.plan_requests import DiffRequest

DIFFERENT = 2  # with --detailed-exitcode, as programs that plan changes have it


def run(ask: DiffRequest, session: Session) -> int:
    """Show what moved; returns the exit code."""
    try:
        plans = _both(ask, session)
    except (UsageError, UnreadableInputError) as error:
        if not ask.detailed_exitcode and isinstance(error, UsageError):
            raise
        write_note(told(error, session.language()))  # its own code would say that something differs
        return exit_codes.FINDINGS
    if plans is None:
        return exit_codes.FINDINGS
    before, after = plans
    strange = api.foreign_to(before, after)
    if strange is not None:
        show_beside(session, [strange])
        return exit_codes.FINDINGS
    session = session.speaking(after.programme.language)
    difference = api.diff(before, after)
    _show(difference, session, "json" if ask.as_json else ask.output_format)
    return DIFFERENT if ask.detailed_exitcode and not difference.same else exit_codes.CLEAN


def _both(ask: DiffRequest, session: Session) -> tuple[Plan, Plan] | None:
    """The two plans; none when one cannot be read, after both have been looked at."""
    if ask.before == ask.after == "-":
        raise UsageError("only one of BEFORE and AFTER can be standard input")
    before, after = read_plan(ask.before), read_plan(ask.after)
    show_beside(session, [*before.findings, *after.findings])
    return None if before.plan is None or after.plan is None else (before.plan, after.plan)


def _show(difference: PlanDifference, session: Session, output_format: ViewFormat) -> None:
    if output_format == "json":
        from waveplan.export.difference_json import format_difference

        session.result(format_difference(difference))
        return
    from waveplan.render.differences import difference_view

    session.show_as(output_format, lambda page: difference_view(difference, *page))
