"""Plan files on the command line: read, and laid out for this run's screen and language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from waveplan import api
from waveplan.cli.session import Session
from waveplan.cli.streams import standard_input
from waveplan.domain.plan import Plan
from waveplan.domain.plan_names import find_team, find_wave
from waveplan.export.json_text import document

if TYPE_CHECKING:
    from rich.console import RenderableType

    from waveplan.domain.status import PlanStanding
    from waveplan.loading import LoadedPlan
    from waveplan.rosters import Duty
    from waveplan.workload import By, Per


def read_plan(source: str) -> LoadedPlan:
    """A plan file, or standard input."""
    return api.load_plan(source, stdin=standard_input())


def plan_views(
    session: Session,
    plan: Plan,
    views: Sequence[str],
    *,
    wave: str | None = None,
    team: str | None = None,
    by: By = "team",
    per: Per | None = None,
    lots: bool = False,
    names: bool = False,
    standing: PlanStanding | None = None,
) -> list[RenderableType]:
    """The views asked for, as wide as the screen and with characters that it can show."""
    from waveplan.render.console import signs_for
    from waveplan.render.show import show

    screen = session.screen()
    return show(
        plan,
        views=views,
        wave=wave,
        team=team,
        by=by,
        per=per,
        lots=lots,
        names=names,
        standing=standing,
        width=screen.width,
        language=session.language(plan.programme.language),
        signs=signs_for(screen),
    )


def wave_json(plan: Plan, name: str, session: Session) -> str:
    """One wave with its lots, as JSON."""
    wave = find_wave(plan, name)
    known = plan.lots_by_id()
    data: dict[str, Any] = wave.model_dump(mode="json", by_alias=True, exclude_none=True)
    data["lots"] = [known[lot].model_dump(mode="json", exclude_none=True) for lot in wave.lots if lot in known]
    return document("wave", data)


def load_json(plan: Plan, by: By, per: Per | None, team: str | None, session: Session) -> str:
    """Loads by week or month, of one team when it is named, as JSON."""
    from waveplan.export.workload_json import dump_workload_json
    from waveplan.workload import USUAL_PERIOD, workload

    named = None if team is None else find_team(plan, team)
    return dump_workload_json(workload(plan, per or USUAL_PERIOD[by], named))


def roster_json(
    plan: Plan, duties: Sequence[Duty], per: Per | None, wave: str | None, team: str | None, session: Session
) -> str:
    """Crews in windows, people on call, or both, of one wave or team when it is named, as JSON."""
    from waveplan.export.workload_json import dump_roster_json
    from waveplan.rosters import roster

    named = None if team is None else find_team(plan, team)
    only = None if wave is None else find_wave(plan, wave).id
    return dump_roster_json({duty: roster(plan, duty, per or "day", team=named, wave=only) for duty in duties})
