"""What `waveplan check` does: judge a plan, once or after each change of its files, and tell the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan import api
from waveplan.cli.certificate_files import certificate_beside, read_certificate
from waveplan.cli.days import as_of_day
from waveplan.cli.file_watch import watching
from waveplan.cli.findings import codes_to_ignore, hand_over
from waveplan.cli.inventories import max_bytes
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.cli.unreadable import told_to_programs
from waveplan.domain.findings import Finding, has_errors
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.api import Verdict
    from waveplan.cli.plan_requests import CheckRequest
    from waveplan.house import HouseRule


def run(ask: CheckRequest, session: Session) -> int:
    """Judge and tell; returns the exit code."""
    files = [ask.plan, ask.inventory, *(ask.more or ()), ask.actuals]
    if ask.certificate is not None and not ask.proofs:
        raise UsageError("--certificate goes with --proofs")
    if files.count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    _refuse_what_is_for_one(ask)
    once = _many if ask.more or ask.spread.is_any else _once
    if ask.watch:
        return watching(session, [*files, *(ask.rules or ())], lambda: once(ask, session))
    return once(ask, session)


def _refuse_what_is_for_one(ask: CheckRequest) -> None:
    """Raise UsageError for several plans that are not pairs, or are looked at in a way that is for one."""
    if len(ask.more or ()) % 2:
        raise UsageError("each plan goes with its inventory: PLAN INVENTORY PLAN INVENTORY ...")
    if ask.more or ask.spread.is_any:
        for name, given in (("--actuals", ask.actuals), ("--as-of", ask.as_of), ("--proofs", ask.proofs)):
            if given:
                raise UsageError("{option} is for one plan, looked at here", option=name)


def _many(ask: CheckRequest, session: Session) -> int:
    from waveplan.cli.judging_many import judge_many
    from waveplan.usecases.judging import Judging, ToJudge

    named = [ask.plan, ask.inventory, *(ask.more or ())]
    pairs = [ToJudge(inventory, plan, plan) for plan, inventory in zip(named[::2], named[1::2], strict=True)]
    judging = Judging(
        codes_to_ignore(ask.ignore),
        ask.warn_as_error,
        max_bytes(ask.max_size),
        ask.allow_unplanned,
        tuple(ask.rules or ()),
    )
    return judge_many(pairs, judging, ask.spread, "json" if ask.as_json else ask.output_format, session)


def _once(ask: CheckRequest, session: Session) -> int:
    house = api.house_rules(ask.rules or ())
    verdict = _verdict(ask, session, house)
    if verdict.loaded.inventory is not None:
        session = session.speaking(verdict.loaded.inventory.programme.language)
    findings = (*verdict.findings, *(_doubts(verdict, ask) if ask.proofs else ()))
    findings = (*findings, *(_nights(verdict) if ask.runbooks else ()))
    if house and verdict.result is not None:
        session.note(session.say("Rules of the house looked at the plan, too: {codes}", codes=[r.code for r in house]))
    wanted = "json" if ask.as_json else ask.output_format
    code = hand_over(session, findings, wanted, subject=ask.plan)
    if not ask.proofs and not code and wanted == "text" and _claims(verdict):
        session.note(
            session.say("What is proven of its goals is as stated by the solver; --proofs verifies and searches anew.")
        )
    return code


def _verdict(ask: CheckRequest, session: Session, house: tuple[HouseRule, ...]) -> Verdict:
    accepted = codes_to_ignore(ask.ignore)
    with told_to_programs(session, ask.output_format, [ask.plan, ask.inventory, ask.actuals]):
        return api.check(
            ask.plan,
            ask.inventory,
            actuals=ask.actuals,
            as_of=as_of_day(ask.as_of, session),
            ignore=accepted,
            warn_as_error=ask.warn_as_error,
            max_bytes=max_bytes(ask.max_size),
            stdin=standard_input(),
            allow_unplanned=ask.allow_unplanned,
            house=house,
        )


def _claims(verdict: Verdict) -> bool:
    plan = verdict.loaded_plan.plan
    return plan is not None and any(goal.bound is not None for goal in plan.solve.goals)


def _nights(verdict: Verdict) -> tuple[Finding, ...]:
    """What is wrong with the nights of a plan; nothing while the plan itself is wrong."""
    plan, inventory = verdict.loaded_plan.plan, verdict.loaded.inventory
    if plan is None or inventory is None or has_errors(verdict.findings):
        return ()
    sources = verdict.loaded_plan.sources
    return tuple(each.at(sources.locate(each.path)) for each in api.nights_judged(plan, inventory))


def _doubts(verdict: Verdict, ask: CheckRequest) -> tuple[Finding, ...]:
    """What certificates, and a search, say of the stated bounds; nothing while the plan itself is wrong."""
    plan, inventory = verdict.loaded_plan.plan, verdict.loaded.inventory
    if plan is None or inventory is None or has_errors(verdict.findings):
        return ()
    sources = verdict.loaded_plan.sources
    seen = api.verified(plan, inventory, read_certificate(ask.certificate or certificate_beside(ask.plan)))
    doubts = (*seen.findings, *api.doubted_proofs(plan, inventory, ask.time_limit, seen.proven))
    return tuple(each.at(sources.locate(each.path)) for each in doubts)
