"""`waveplan check`: the independent verdict on a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from waveplan.cli import options
from waveplan.errors import UsageError

if TYPE_CHECKING:
    from waveplan.api import Verdict
    from waveplan.domain.findings import Finding


def check(
    plan: options.PlanArgument,
    inventory: options.InventoryArgument,
    actuals: options.ActualsOption = None,
    as_of: options.AsOfOption = None,
    output_format: options.OutputFormatOption = "text",
    as_json: options.JsonOption = False,
    ignore: options.IgnoreOption = None,
    warn_as_error: options.WarnAsErrorOption = False,
    allow_unplanned: Annotated[
        bool,
        typer.Option("--allow-unplanned", help="Accept that lots are in no wave which the plan lists as unplanned."),
    ] = False,
    rules: options.RulesOption = None,
    proofs: Annotated[
        bool, typer.Option("--proofs", help="Search anew whether the bounds that the plan states hold.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="With --proofs: when to stop.")
    ] = 60.0,
    max_size: options.MaxSizeOption = None,
    *,
    session: options.OpenSession,
) -> int:
    """Check a plan against its inventory, independently; with --actuals, what happened beside the plan too.

    Nothing of the solver is used, but with --proofs: bounds are as stated by the solver else. There is a finding for
    each violation, with the numbers. Rules of the house are those of --rules and of packages that are installed.
    """
    from waveplan import api
    from waveplan.cli.days import as_of_day
    from waveplan.cli.findings import codes_to_ignore, hand_over
    from waveplan.cli.inventories import max_bytes
    from waveplan.cli.streams import standard_input
    from waveplan.cli.unreadable import told_to_programs

    if [plan, inventory, actuals].count("-") > 1:
        raise UsageError("only one of the files can be standard input")
    accepted = codes_to_ignore(ignore)
    house = api.house_rules(rules or ())
    with told_to_programs(session, output_format, [plan, inventory, actuals]):
        verdict = api.check(
            plan,
            inventory,
            actuals=actuals,
            as_of=as_of_day(as_of, session),
            ignore=accepted,
            warn_as_error=warn_as_error,
            max_bytes=max_bytes(max_size),
            stdin=standard_input(),
            allow_unplanned=allow_unplanned,
            house=house,
        )
    if verdict.loaded.inventory is not None:
        session = session.speaking(verdict.loaded.inventory.programme.language)
    findings = verdict.findings
    if proofs:
        findings = (*findings, *_doubts(verdict, time_limit))
    if house and verdict.result is not None:
        session.note(session.say("Rules of the house looked at the plan, too: {codes}", codes=[r.code for r in house]))
    code = hand_over(session, findings, "json" if as_json else output_format, subject=plan)
    if not proofs and not code and output_format == "text" and not as_json and _claims(verdict):
        session.note(session.say("What is proven of its goals is as stated by the solver; --proofs searches anew."))
    return code


def _claims(verdict: Verdict) -> bool:
    plan = verdict.loaded_plan.plan
    return plan is not None and any(goal.bound is not None for goal in plan.solve.goals)


def _doubts(verdict: Verdict, seconds: float) -> tuple[Finding, ...]:
    """What a search says of the stated bounds; nothing while the plan itself is wrong."""
    from waveplan.domain.findings import has_errors
    from waveplan.usecases.prove import doubted_proofs

    plan, inventory = verdict.loaded_plan.plan, verdict.loaded.inventory
    if plan is None or inventory is None or has_errors(verdict.findings):
        return ()
    sources = verdict.loaded_plan.sources
    return tuple(each.at(sources.locate(each.path)) for each in doubted_proofs(plan, inventory, seconds))
