"""`waveplan show`: a plan as tables and charts, from the plan file alone."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from waveplan.cli import exit_codes
from waveplan.cli.options import JsonOption, LangOption, PlanArgument, QuietOption, VerboseOption, WidthOption
from waveplan.cli.session import open_session


def show(
    plan: PlanArgument,
    waves: Annotated[bool, typer.Option("--waves", help="The wave table.")] = False,
    gantt: Annotated[bool, typer.Option("--gantt", help="A Gantt chart; with --lots, a row for each lot.")] = False,
    lots: Annotated[bool, typer.Option("--lots", help="The lots, their items and what ties them.")] = False,
    load: Annotated[bool, typer.Option("--load", help="Each team's load by week.")] = False,
    calendar: Annotated[bool, typer.Option("--calendar", help="Every dated event, day by day.")] = False,
    milestones: Annotated[bool, typer.Option("--milestones", help="Site exits, retirements, hard dates.")] = False,
    goals: Annotated[bool, typer.Option("--goals", help="Each goal's value and what is proven of it.")] = False,
    wave: Annotated[
        str | None,
        typer.Option("--wave", metavar="WAVE", help="Only this wave: its id, W04 or desk/W04.", show_default=False),
    ] = None,
    team: Annotated[
        str | None, typer.Option("--team", metavar="TEAM", help="Only what this team works on.", show_default=False)
    ] = None,
    by: Annotated[Literal["team", "organisation"], typer.Option("--by", help="Whose load.")] = "team",
    width: WidthOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> int:
    """Show a plan as tables and charts."""
    from waveplan.cli.findings import show_beside
    from waveplan.cli.plans import plan_views, read_plan, wave_json
    from waveplan.export.plan_json import dump_plan_json

    session = open_session(lang, quiet, verbose, width)
    loaded = read_plan(plan)
    show_beside(session, loaded.findings)
    if loaded.plan is None:
        return exit_codes.FINDINGS
    session = session.speaking(loaded.plan.programme.language)
    if as_json:
        session.result(dump_plan_json(loaded.plan) if wave is None else wave_json(loaded.plan, wave, session))
        return exit_codes.CLEAN
    asked = {"waves": waves, "gantt": gantt, "lots": lots and not gantt, "load": load, "calendar": calendar}
    asked |= {"milestones": milestones, "goals": goals}
    views = [name for name, wanted in asked.items() if wanted]
    session.show(*plan_views(session, loaded.plan, views, wave=wave, team=team, by=by, lots=lots))
    return exit_codes.CLEAN
