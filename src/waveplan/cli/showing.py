"""`waveplan show`: a plan as tables and charts, from the plan file alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waveplan.cli import exit_codes
from waveplan.cli.findings import show_beside
from waveplan.cli.plans import load_json, plan_views, read_plan, roster_json, wave_json
from waveplan.cli.session import Session
from waveplan.cli.show_requests import ShowRequest
from waveplan.cli.standings import UnreadableFileError, plan_standing, refuse_standing

if TYPE_CHECKING:
    from waveplan.domain.plan import Plan


def run(request: ShowRequest, session: Session) -> int:
    """Read the plan, and show of it what is asked for; the exit code."""
    refuse_standing(request.gantt, request.plan, request.actuals, request.as_of)
    loaded = read_plan(request.plan)
    show_beside(session, loaded.findings)
    if loaded.plan is None:
        return exit_codes.FINDINGS
    session = session.speaking(loaded.plan.programme.language)
    if request.as_json:
        session.result(_as_json(request, loaded.plan, session))
        return exit_codes.CLEAN
    return _show(request, loaded.plan, session)


def _show(request: ShowRequest, plan: Plan, session: Session) -> int:
    try:
        actuals = request.actuals
        standing = None if actuals is None else plan_standing(plan, actuals, request.as_of, session)
    except UnreadableFileError:
        return exit_codes.FINDINGS
    shown = plan_views(
        session,
        plan,
        request.views,
        wave=request.wave,
        team=request.team,
        by=request.by,
        per=request.per,
        lots=request.lots,
        names=request.names,
        standing=standing,
    )
    session.show(*shown)
    return exit_codes.CLEAN


def _as_json(request: ShowRequest, plan: Plan, session: Session) -> str:
    """The whole plan; people in windows, one wave, or the loads, when they are asked for."""
    if request.duties:
        return roster_json(plan, request.duties, request.per, request.wave, request.team, session)
    if request.loads is not None:
        return load_json(plan, *request.loads, request.team, session)
    if request.wave is not None:
        return wave_json(plan, request.wave, session)
    from waveplan.export.plan_json import dump_plan_json

    return dump_plan_json(plan)
