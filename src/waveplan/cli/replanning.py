"""What `waveplan replan` does: read what has happened, plan the rest anew, show what moved and why."""

from __future__ import annotations

import datetime as dt
import shlex
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.days import as_of_day
from waveplan.cli.findings import show_beside
from waveplan.cli.inventories import validated
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session
from waveplan.cli.solving import plan_text, refuse_output, without_plan
from waveplan.cli.watching import watched
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.history import History
from waveplan.domain.plan import Plan
from waveplan.errors import UsageError
from waveplan.usecases.check import unrecorded
from waveplan.usecases.replan import MENDED, Replanned, errors_ahead, replan

if TYPE_CHECKING:
    from waveplan.api import Validation
    from waveplan.cli.requests import ReplanRequest
    from waveplan.domain.actuals import Actuals


def run(ask: ReplanRequest, session: Session) -> int:
    """Mend a plan and show what moved; returns the exit code."""
    options, as_of = ask.search.options(ask.time_limit), as_of_day(ask.as_of, session)
    refuse_output(ask.output, ask.inventory)
    if [ask.plan, ask.actuals, ask.inventory].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    validation, session = validated(ask.inventory, session, ask.max_size)
    loaded_plan, loaded = api.load_plan(ask.plan), api.load_actuals(ask.actuals)
    strange = api.foreign(loaded_plan, validation.inventory)
    if strange:
        show_beside(session, strange)
        return exit_codes.FINDINGS
    findings = [*loaded_plan.findings, *api.judged(loaded, loaded_plan.plan, validation.inventory, as_of)]
    findings += _wrong(validation, loaded_plan.plan, loaded.actuals, as_of)
    stopping = [each for each in findings if each.severity == "error" and each.code != MENDED]
    stopping += unrecorded(tuple(findings))
    if has_errors(stopping) or loaded_plan.plan is None or loaded.actuals is None:
        show_beside(session, stopping)
        return exit_codes.FINDINGS
    with watched(session) as watching:
        found = replan(
            validation,
            loaded_plan.plan,
            loaded.actuals,
            as_of=as_of,
            locked_days=ask.locked_days,
            options=options,
            watching=watching,
        )
    if found.outcome.plan is None or found.replanning is None:
        return without_plan(found.outcome, ask.inventory, ask.time_limit, session)
    return _hand_over(ask, found, loaded_plan.plan, found.outcome.plan, session)


def _wrong(validation: Validation, plan: Plan | None, actuals: Actuals | None, as_of: dt.date) -> tuple[Finding, ...]:
    """What is wrong with the inventory, as far as that is not about what is done."""
    if plan is None or actuals is None:
        return validation.findings if validation.has_errors else ()
    return errors_ahead(validation, History(actuals, plan, as_of), plan)


def _hand_over(ask: ReplanRequest, found: Replanned, before: Plan, after: Plan, session: Session) -> int:
    assert found.replanning is not None
    if ask.output is not None:
        write_whole(ask.output, plan_text(after, None, ask.output))
    if ask.as_json:
        from waveplan.export.difference_json import format_replanning

        session.result(format_replanning(found.replanning, api.diff(before, after)))
    else:
        from waveplan.render.replanning import replanning_view

        goals = api.diff(before, after).goals
        proof = next((goal for goal in after.solve.goals if goal.goal == "moved_lots"), None)
        view = replanning_view(found.replanning, goals, *session.page(), proof)
        session.show(*view)
    told = [*found.outcome.findings, *found.past]
    show_beside(session, told)
    if found.outcome.interrupted:
        session.tell(session.say("Interrupted: this is the best plan found so far."))
        return exit_codes.INTERRUPTED
    _say_next(ask, found.replanning.as_of, session)
    return exit_codes.FINDINGS if has_errors(told) else exit_codes.CLEAN


def _say_next(ask: ReplanRequest, as_of: dt.date, session: Session) -> None:
    old, inventory, actuals = (shlex.quote(each) for each in (ask.plan, ask.inventory, ask.actuals))
    if ask.output is None:
        command = f"waveplan replan {old} {inventory} --actuals {actuals} --as-of {as_of.isoformat()} -o new.yaml"
        session.note(session.say("Next: {command}", command=command))
        return
    new = shlex.quote(ask.output)
    session.note(session.say("Written: {file}", file=ask.output))
    session.note(session.say("Next: {command}", command=f"waveplan diff {old} {new}"))
    aligned = " " * len(session.say("Next: {command}", command=""))
    session.note(f"{aligned}waveplan check {new} {inventory} --actuals {actuals} --as-of {as_of.isoformat()}")
