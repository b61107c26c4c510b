"""What `waveplan solve` does: validate, search with live progress, write and show the plan, say what to type next."""

from __future__ import annotations

import math
import shlex
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from waveplan import api
from waveplan.api import Validation
from waveplan.cli import exit_codes
from waveplan.cli.certificate_files import certificate_beside
from waveplan.cli.certifying import certified_solve, refuse_uncertain, say_certified, say_lacking, write_certificate
from waveplan.cli.confidence import refuse_confidence, sure_enough
from waveplan.cli.findings import show_beside
from waveplan.cli.foreseeing import foresee_nights
from waveplan.cli.inventories import validated
from waveplan.cli.output_files import refuse_unwritable, write_whole
from waveplan.cli.plans import plan_views
from waveplan.cli.portfolio_runs import hand_over_share, portfolio_in, refuse_half_a_portfolio, solved, won
from waveplan.cli.session import Session
from waveplan.cli.watching import watched
from waveplan.domain.findings import has_errors
from waveplan.domain.objective import Goal
from waveplan.domain.plan import Plan
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.cli.requests import SolveRequest
    from waveplan.domain.inventory import Inventory
    from waveplan.house import HouseRule
    from waveplan.planning.options import Outcome, SolveOptions
from waveplan.domain.diagnosis import Diagnosis


def run(request: SolveRequest, session: Session) -> int:
    """Plan an inventory and show the result; returns the exit code."""
    if request.output == "-":
        request = replace(request, output=None, plan_format=request.plan_format or "yaml")
    goals = wanted_goals(request)
    _refuse_moves_from_nowhere(request, goals)
    _refuse_half_a_part(request)
    refuse_uncertain(request)
    refuse_half_a_portfolio(request)
    refuse_confidence(request)
    options = request.search.options(request.time_limit, goals)
    refuse_output(request.output, request.inventory)
    house = api.house_rules(request.rules or ())
    validation, session = validated(request.inventory, session, request.max_size)
    if validation.inventory is None or (validation.has_errors and not request.allow_unplanned):
        show_beside(session, validation.findings)
        _explain(validation, request, options, session)
        return exit_codes.FINDINGS
    _mention_warnings(session, request, validation)
    baseline = _read_baseline(request, validation.inventory, session)
    if request.baseline is not None and baseline is None:
        return exit_codes.FINDINGS
    if request.keep is not None:
        kept = _read_kept(request.keep, validation.inventory, session)
        if kept is None:
            return exit_codes.FINDINGS
        options = _pinned(options, request, validation.inventory, kept)
        baseline = baseline or kept
    certified = certified_solve(validation, request, options, baseline, session)
    outcome = certified.outcome if certified else _solved(validation, request, options, baseline, session)
    if isinstance(outcome, int):
        return outcome
    if outcome.plan is None:
        code = without_plan(outcome, request.inventory, request.time_limit, session)
        if code == exit_codes.INFEASIBLE and request.keep is not None:
            session.tell(session.say("That is so with all else kept: choose more with --only, or leave --keep out."))
        elif code == exit_codes.INFEASIBLE:
            say_certified(certified, request, session)
            _explain(validation, request, options, session)
        return code
    plan = outcome.plan if request.confidence is None else sure_enough(outcome.plan, request, goals, session)
    write_certificate(certified, request)
    _hand_over(plan, request, session)
    say_lacking(certified, session)
    show_beside(session, outcome.findings)
    foresee_nights(plan, validation.inventory, request, session, interrupted=outcome.interrupted)
    if outcome.interrupted:
        _say_interrupted(outcome, session)
        return exit_codes.INTERRUPTED
    _say_next(request, session, unplanned=bool(plan.unplanned))
    return _refused_by_house(plan, validation.inventory, house, request, session)


def _say_interrupted(outcome: Outcome, session: Session) -> None:
    if outcome.checked:
        session.tell(
            session.say(
                "Interrupted: this is the best plan that was stated and checked by then. What the search has found "
                "since is not waited for."
            )
        )
    else:
        session.tell(session.say("Interrupted: this is the best plan found so far."))


def _solved(
    validation: Validation, request: SolveRequest, options: SolveOptions, baseline: Plan | None, session: Session
) -> Outcome | int:
    """What came of it; of a share of a portfolio, which is handed over as it is, the exit code."""
    if request.portfolio is None:
        with watched(session) as watching:
            return api.solve(
                validation,
                options=options,
                baseline=baseline,
                watching=watching,
                allow_unplanned=request.allow_unplanned,
            )
    portfolio = portfolio_in(request, validation, options, baseline)
    members = solved(portfolio, request, session)
    if request.shard is not None:
        return hand_over_share(members, portfolio, request, session)
    return won(members, portfolio, validation)


def _refused_by_house(
    plan: Plan, inventory: Inventory, house: Sequence[HouseRule], request: SolveRequest, session: Session
) -> int:
    """Tell what rules of the house say of the plan, with places where it was written to; returns the exit code."""
    found = api.said_by_house(plan, inventory, house)
    if found and request.output is not None:
        sources = api.load_plan(request.output).sources
        found = tuple(each if each.location else each.at(sources.locate(each.path)) for each in found)
    show_beside(session, found)
    if not has_errors(found):
        return exit_codes.CLEAN
    session.tell(
        session.say(
            "The plan keeps every rule of the format, and rules of the house refuse it. The search does not know them: "
            "say in the inventory what it has to keep (dates, pins, 'rules'), and solve again."
        )
    )
    return exit_codes.FINDINGS


def _refuse_moves_from_nowhere(request: SolveRequest, goals: tuple[Goal, ...]) -> None:
    """Raise UsageError for counting what moves without a plan from which it could."""
    if request.baseline is None and request.keep is None and any(goal.goal == "moved_lots" for goal in goals):
        raise UsageError("--goal moved_lots counts what moves from a plan: name that plan with --baseline PLAN")


def _refuse_half_a_part(request: SolveRequest) -> None:
    """Raise UsageError unless what is planned and what else stands are both said, or neither."""
    if bool(request.only) != (request.keep is not None):
        raise UsageError("--only SELECTOR goes with --keep PLAN: what it chooses is planned, all else stays as there")
    if request.keep is not None and request.allow_unplanned:
        raise UsageError("--keep does not go with --allow-unplanned")


def wanted_goals(request: SolveRequest) -> tuple[Goal, ...]:
    """Goals given on the command line, in order; raises UsageError for one that does not exist or stands twice."""
    goals = tuple(_goal(words) for words in request.goals or ())
    names = [goal.goal for goal in goals]
    for name in names:
        if names.count(name) > 1:
            raise UsageError("--goal: {name} is given twice", name=name)
    return goals


def _goal(words: str) -> Goal:
    """Read `finish` or `finish:5%`."""
    import difflib
    from typing import get_args

    from pydantic import ValidationError

    from waveplan.domain.objective import GoalName

    name, _, tolerance = words.partition(":")
    known = get_args(GoalName)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        if near:
            raise UsageError("--goal: there is no goal {name}; did you mean {near}?", name=repr(name), near=near[0])
        raise UsageError("--goal: there is no goal {name}; there is {known}", name=repr(name), known=", ".join(known))
    try:
        return Goal.model_validate({"goal": name, "tolerance": tolerance or "0"})
    except ValidationError:
        raise UsageError(
            "--goal: {tolerance} is no tolerance: write {goal}:5% or {goal}:5", tolerance=repr(tolerance), goal=name
        ) from None


def refuse_output(name: str | None, inventory: str) -> None:
    """Before any work: an output that could not be written, or that would spoil the inventory."""
    if name is None:
        return
    refuse_unwritable(name)
    if inventory == "-":
        return
    output, source = Path(name).resolve(), Path(inventory).resolve()
    if output == source:
        raise UsageError("{name} is the inventory itself: name another file for the plan", name=name)
    if source in output.parents and output.suffix in {".yaml", ".yml"}:
        raise UsageError(
            "{name} lies in the inventory's folder and would be read as a part of it: "
            "name a file outside of it, or one that ends in .json",
            name=name,
        )


def _mention_warnings(session: Session, request: SolveRequest, validation: Validation) -> None:
    """In one line; with --verbose, or with errors among them that --allow-unplanned passes over, in full."""
    codes = sorted({finding.code for finding in validation.findings})
    if session.verbose or validation.has_errors:
        show_beside(session, validation.findings)
    elif codes:
        language = session.translator()
        session.note(
            language.count(
                "{n} warning ({codes}); to read it: {command}",
                "{n} warnings ({codes}); to read them: {command}",
                len(validation.findings),
                codes=", ".join(codes),
                command=f"waveplan validate {shlex.quote(request.inventory)}",
            )
        )


def _pinned(options: SolveOptions, request: SolveRequest, inventory: Inventory, kept: Plan) -> SolveOptions:
    """The same with every lot kept to its wave of the plan that `--only` does not choose."""
    from waveplan.cli.choosing import selector_from
    from waveplan.usecases.part import kept_waves

    return replace(options, pins=kept_waves(inventory, selector_from(request.only or (), "--only"), kept))


def _read_baseline(request: SolveRequest, inventory: Inventory, session: Session) -> Plan | None:
    return None if request.baseline is None else _read_kept(request.baseline, inventory, session)


def _read_kept(source: str, inventory: Inventory, session: Session) -> Plan | None:
    loaded = api.load_plan(source)
    strange = api.foreign(loaded, inventory)
    if loaded.plan is None or strange:
        show_beside(session, [*loaded.findings, *strange])
        return None
    return loaded.plan


def _explain(validation: Validation, request: SolveRequest, options: SolveOptions, session: Session) -> None:
    """Why there is no plan, where that is known: as the result, unless standard output is for a plan."""
    if not request.diagnosis or validation.inventory is None:
        return
    with watched(session) as watching:
        found = api.diagnose(validation, options=options, watching=watching)
    if found is not None:
        hand_over_diagnosis(found, session, as_json=request.plan_format == "json", beside=_is_for_a_plan(request))


def _is_for_a_plan(request: SolveRequest) -> bool:
    return request.plan_format == "yaml" and request.output is None


def without_plan(outcome: Outcome, inventory: str, time_limit: float, session: Session) -> int:
    """Say why there is no plan; returns the exit code."""
    show_beside(session, outcome.findings)
    if outcome.interrupted:
        session.tell(session.say("Interrupted before a plan was found."))
        return exit_codes.INTERRUPTED
    if outcome.status == "infeasible":
        session.tell(session.say("There is no plan: it is proven that the rules cannot all hold."))
        return exit_codes.INFEASIBLE
    session.tell(
        session.say(
            "No plan was found within {limit} s, which does not mean that there is none. Next: {command}",
            limit=Decimal(str(time_limit)),
            command=f"waveplan solve {shlex.quote(inventory)} --time-limit {math.ceil(time_limit * 5)}",
        )
    )
    return exit_codes.NO_PLAN


def plan_text(plan: Plan, plan_format: Literal["yaml", "json"] | None, name: str | None) -> str:
    """A plan as a file: in the format asked for, else as the file's name ends."""
    from waveplan.export.text_formats import PLANS

    by_name = "json" if str(name).lower().endswith(".json") else "yaml"
    return PLANS[plan_format or by_name](plan)


def _hand_over(plan: Plan, request: SolveRequest, session: Session) -> None:
    """Write the plan file where one was asked for, and show the plan unless standard output has the file."""
    text = plan_text(plan, request.plan_format, request.output)
    if request.output is not None:
        write_whole(request.output, text)
    elif request.plan_format is not None:
        session.result(text)
        return
    session.show(*plan_views(session, plan, ("waves", "gantt")))


def _say_next(request: SolveRequest, session: Session, unplanned: bool) -> None:
    inventory = shlex.quote(request.inventory)
    if request.output is None:
        commands = [f"waveplan solve {inventory} -o plan.yaml", f"waveplan lots {inventory}"]
    else:
        plan = shlex.quote(request.output)
        commands = [f"waveplan show {plan} --{view}" for view in ("lots", "load", "calendar")]
        commands.append(f"waveplan check {plan} {inventory}{' --allow-unplanned' if unplanned else ''}")
        session.note(session.say("Written: {file}", file=request.output))
        if request.certify:
            session.note(session.say("Written: {file}", file=certificate_beside(request.output)))
    session.note(session.say("Next: {command}", command=commands[0]))
    aligned = " " * len(session.say("Next: {command}", command=""))
    for command in commands[1:]:
        session.note(aligned + command)


def hand_over_diagnosis(found: Diagnosis, session: Session, *, as_json: bool, beside: bool) -> None:
    """Write why there is no plan: as the result, or (`beside`) on standard error."""
    if as_json:
        from waveplan.export.diagnosis_json import dump_diagnosis

        session.result(dump_diagnosis(found))
        return
    from waveplan.render.diagnosis import diagnosis_text

    language = session.translator()
    if beside:
        session.show_note(*diagnosis_text(found, language, session.notes().width))
    else:
        session.show(*diagnosis_text(found, language, session.screen().width))
