"""`waveplan show`: a plan as tables and charts, from the plan file alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from waveplan.cli import exit_codes, options
from waveplan.cli.options import option
from waveplan.cli.session import Session

if TYPE_CHECKING:
    from waveplan.domain.plan import Plan
    from waveplan.rosters import Duty
    from waveplan.workload import By, Per


def show(
    plan: options.PlanArgument,
    waves: Annotated[bool, typer.Option("--waves", help="The wave table.")] = False,
    gantt: Annotated[bool, typer.Option("--gantt", help="A Gantt chart; with --lots, a row for each lot.")] = False,
    lots: Annotated[bool, typer.Option("--lots", help="The lots, their items and what ties them.")] = False,
    servers: Annotated[
        bool, typer.Option("--servers", help="The servers: names, host names, addresses, power.")
    ] = False,
    load: Annotated[bool, typer.Option("--load", help="Load of teams or organisations.")] = False,
    crew: Annotated[bool, typer.Option("--crew", help="Crews in windows, needed and there.")] = False,
    on_call: Annotated[bool, typer.Option("--on-call", help="People on call in hypercare, needed and there.")] = False,
    calendar: Annotated[bool, typer.Option("--calendar", help="Every dated event, day by day.")] = False,
    milestones: Annotated[bool, typer.Option("--milestones", help="Site exits, retirements, hard dates.")] = False,
    goals: Annotated[bool, typer.Option("--goals", help="Each goal's value and what is proven of it.")] = False,
    wave: options.WaveOption = None,
    team: options.TeamOption = None,
    by: Annotated[Literal["team", "organisation"], typer.Option("--by", help="Whose load.")] = "team",
    per: Annotated[
        Literal["week", "month"] | None,
        typer.Option(
            "--per",
            help="Load by week or by month; of crews and people on call the fullest days.",
            show_default="week; month for organisations; days for crews and people on call",
        ),
    ] = None,
    actuals: Annotated[str | None, option("With --gantt: what has become of each wave.", "FILE")] = None,
    as_of: options.AsOfOption = None,
    names: options.NamesOption = False,
    as_json: options.JsonOption = False,
    *,
    session: options.WideSession,
) -> int:
    """Show a plan as tables and charts."""
    from waveplan.cli.findings import show_beside
    from waveplan.cli.plans import plan_views, read_plan, roster_json
    from waveplan.cli.standings import UnreadableFileError, plan_standing, refuse_standing

    refuse_standing(gantt, plan, actuals, as_of)
    loaded = read_plan(plan)
    show_beside(session, loaded.findings)
    if loaded.plan is None:
        return exit_codes.FINDINGS
    session = session.speaking(loaded.plan.programme.language)
    wanted_duties: dict[Duty, bool] = {"crew": crew, "on_call": on_call}
    duties = [duty for duty, wanted in wanted_duties.items() if wanted]
    if as_json and duties:
        session.result(roster_json(loaded.plan, duties, per, wave, team, session))
        return exit_codes.CLEAN
    if as_json:
        session.result(_as_json(session, loaded.plan, wave, team, (by, per) if load or per else None))
        return exit_codes.CLEAN
    asked = {"waves": waves, "gantt": gantt, "lots": lots and not gantt, "load": load, "crew": crew, "on_call": on_call}
    asked |= {"servers": servers, "calendar": calendar, "milestones": milestones, "goals": goals}
    views = [name for name, wanted in asked.items() if wanted]
    try:
        standing = None if actuals is None else plan_standing(loaded.plan, actuals, as_of, session)
    except UnreadableFileError:
        return exit_codes.FINDINGS
    shown = plan_views(
        session, loaded.plan, views, wave=wave, team=team, by=by, per=per, lots=lots, names=names, standing=standing
    )
    session.show(*shown)
    return exit_codes.CLEAN


def _as_json(
    session: Session, plan: Plan, wave: str | None, team: str | None, load: tuple[By, Per | None] | None
) -> str:
    """The whole plan; one wave, or the loads, when they are asked for."""
    from waveplan.cli.plans import load_json, wave_json
    from waveplan.export.plan_json import dump_plan_json

    if load is not None:
        return load_json(plan, *load, team, session)
    return dump_plan_json(plan) if wave is None else wave_json(plan, wave, session)
