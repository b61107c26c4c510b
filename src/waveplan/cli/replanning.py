"""What `waveplan replan` does: read what has happened, plan the rest anew, show what moved and why."""

from __future__ import annotations

import datetime as dt
import shlex
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.interrupts import stopping_gently
from waveplan.cli.output_files import write_whole
from waveplan.cli.session import Session
from waveplan.cli.solving import (
    ProgressWatch,
    SolveRequest,
    refuse_output,
    refuse_time_limit,
    solve_options,
    without_plan,
)
from waveplan.cli.streams import standard_input
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.history import History
from waveplan.domain.plan import Plan
from waveplan.errors import UsageError
from waveplan.usecases.replan import MENDED, Replanned, errors_ahead, replan, unrecorded

if TYPE_CHECKING:
    from waveplan.api import Validation
    from waveplan.domain.actuals import Actuals


@dataclass(frozen=True, slots=True)
class ReplanRequest:
    """What was asked for beside what a solve takes."""

    plan: str
    actuals: str
    as_of: dt.date
    locked_days: int
    as_json: bool


def run(ask: ReplanRequest, request: SolveRequest, session: Session) -> int:
    """Mend a plan and show what moved; returns the exit code."""
    refuse_time_limit(request)
    refuse_output(request)
    if [ask.plan, ask.actuals, request.inventory].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    validation = api.validate(request.inventory, max_bytes=request.max_bytes, stdin=standard_input())
    if validation.inventory is not None:
        session = session.speaking(validation.inventory.programme.language)
    loaded_plan, loaded = api.load_plan(ask.plan), api.load_actuals(ask.actuals)
    strange = api.foreign(loaded_plan, validation.inventory)
    if strange:
        show_beside(session, strange)
        return exit_codes.FINDINGS
    findings = [*loaded_plan.findings, *api.judged(loaded, loaded_plan.plan, validation.inventory, ask.as_of)]
    findings += _wrong(validation, loaded_plan.plan, loaded.actuals, ask.as_of)
    stopping = [each for each in findings if each.severity == "error" and each.code != MENDED]
    stopping += unrecorded(tuple(findings))
    if has_errors(stopping) or loaded_plan.plan is None or loaded.actuals is None:
        show_beside(session, stopping)
        return exit_codes.FINDINGS
    found = _search(ask, validation, loaded_plan.plan, loaded.actuals, request, session)
    if found.outcome.plan is None or found.replanning is None:
        return without_plan(found.outcome, request, session)
    return _hand_over(ask, found, loaded_plan.plan, found.outcome.plan, request, session)


def _wrong(validation: Validation, plan: Plan | None, actuals: Actuals | None, as_of: dt.date) -> tuple[Finding, ...]:
    """What is wrong with the inventory, as far as that is not about what is done."""
    if plan is None or actuals is None:
        return validation.findings if validation.has_errors else ()
    return errors_ahead(validation, History(actuals, plan, as_of), plan)


def _search(
    ask: ReplanRequest, validation: Validation, plan: Plan, actuals: Actuals, request: SolveRequest, session: Session
) -> Replanned:
    from waveplan.render.language import translator
    from waveplan.render.progress import progress_on

    stop, notes = threading.Event(), session.notes()
    options = solve_options(request, ())
    with stopping_gently(stop), progress_on(notes, translator(session.language())) as display:
        watch = ProgressWatch(display, notes, session, stop)
        return replan(
            validation,
            plan,
            actuals,
            as_of=ask.as_of,
            locked_days=ask.locked_days,
            options=options,
            on_progress=None if session.quiet else watch.show,
            stop=stop,
        )


def _hand_over(
    ask: ReplanRequest, found: Replanned, before: Plan, after: Plan, request: SolveRequest, session: Session
) -> int:
    from waveplan.export.plan_json import dump_plan_json
    from waveplan.export.plan_yaml import dump_plan

    assert found.replanning is not None
    if request.output is not None:
        as_json = request.output.lower().endswith(".json")
        write_whole(request.output, dump_plan_json(after) if as_json else dump_plan(after))
    if ask.as_json:
        from waveplan.export.replanning_json import format_replanning

        session.result(format_replanning(found.replanning, api.diff(before, after)))
    else:
        from waveplan.render.console import signs_for
        from waveplan.render.language import translator
        from waveplan.render.replanning import replanning_view

        screen = session.screen()
        language = translator(session.language())
        goals = api.diff(before, after).goals
        proof = next((goal for goal in after.solve.goals if goal.goal == "moved_lots"), None)
        view = replanning_view(found.replanning, goals, language, screen.width, signs_for(screen), proof)
        session.show(*view)
    told = [*found.outcome.findings, *found.past]
    show_beside(session, told)
    if found.outcome.interrupted:
        session.tell(session.say("Interrupted: this is the best plan found so far."))
        return exit_codes.INTERRUPTED
    _say_next(ask, request, session)
    return exit_codes.FINDINGS if has_errors(told) else exit_codes.CLEAN


def _say_next(ask: ReplanRequest, request: SolveRequest, session: Session) -> None:
    old, inventory, actuals = (shlex.quote(each) for each in (ask.plan, request.inventory, ask.actuals))
    if request.output is None:
        command = f"waveplan replan {old} {inventory} --actuals {actuals} --as-of {ask.as_of.isoformat()} -o new.yaml"
        session.note(session.say("Next: {command}", command=command))
        return
    new = shlex.quote(request.output)
    session.note(session.say("Written: {file}", file=request.output))
    session.note(session.say("Next: {command}", command=f"waveplan diff {old} {new}"))
    aligned = " " * len(session.say("Next: {command}", command=""))
    session.note(f"{aligned}waveplan check {new} {inventory} --actuals {actuals} --as-of {ask.as_of.isoformat()}")
