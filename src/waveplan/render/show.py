"""`waveplan show`: the views of a plan that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.plan import Plan
from waveplan.domain.status import PlanStanding
from waveplan.errors import UsageError
from waveplan.render.about import about_table
from waveplan.render.calendar import calendar_view
from waveplan.render.gantt import gantt
from waveplan.render.goals import goal_table
from waveplan.render.language import Language, Shown, safe, translator
from waveplan.render.load import load_view
from waveplan.render.lots import plan_lot_table, plan_server_view
from waveplan.render.milestones import milestone_view
from waveplan.render.page import SMALLEST_WIDTH, Page, narrowed
from waveplan.render.rosters import roster_view
from waveplan.render.signs import UNICODE, Signs
from waveplan.render.styles import PALETTE
from waveplan.render.summary import bottom_line
from waveplan.render.wave import wave_detail
from waveplan.render.waves import left_out, wave_table
from waveplan.workload import By, Per

View = Callable[[Page], list[RenderableType]]

VIEWS: dict[str, View] = {
    "waves": lambda page: [wave_table(page), *left_out(page)],
    "gantt": lambda page: [gantt(page)],
    "lots": lambda page: [plan_lot_table(page), *_about(page)],
    "servers": plan_server_view,
    "load": load_view,
    "crew": lambda page: roster_view(page, "crew"),
    "on_call": lambda page: roster_view(page, "on_call"),
    "calendar": calendar_view,
    "milestones": milestone_view,
    "goals": lambda page: [goal_table(page)],
    "wave": wave_detail,
    "summary": lambda page: [bottom_line(page.plan, page.language, page.width)],
}


def _about(page: Page) -> list[RenderableType]:
    said = [each for lot in page.lots for each in lot.about]
    found = about_table(said, page.language, page.width, page.signs)
    return [Text(""), *found] if found else []


DEFAULT_VIEWS = ("waves",)


def show(
    plan: Plan,
    *,
    views: Sequence[str] = (),
    wave: str | None = None,
    team: str | None = None,
    by: By = "team",
    per: Per | None = None,
    width: int = 80,
    lots: bool = False,
    names: bool = False,
    standing: PlanStanding | None = None,
    language: str | None = None,
    signs: Signs = UNICODE,
) -> list[RenderableType]:
    """The programme's name, the views in their order, and the whole plan in one sentence.

    Without views: the wave in detail when one is asked for, loads when a team, an organisation or a period is, else the
    wave table.
    `lots` asks the Gantt chart for a row a lot, `names` for names behind ids, `standing` for the state of each row.
    `language` defaults to the programme's.
    Raises UsageError for a wave or team that the plan does not have, and for a view that does not exist.
    """
    spoken = translator(language or plan.programme.language)
    page = Page(plan, spoken, max(width, SMALLEST_WIDTH), signs, by=by, per=per, names=names, standing=standing)
    page = narrowed(page, wave=wave, team=team)
    parts: list[RenderableType] = [_heading(page)]
    for name in views or _default(page):
        if name not in VIEWS:
            known = Shown(", ".join(VIEWS))
            raise UsageError(spoken.say("There is no view {name}. There is: {known}.", name=name, known=known))
        view = [gantt(page, lots=lots)] if name == "gantt" else VIEWS[name](page)
        parts += [Text(""), *view]
    if page.wave is None and page.team is None and "summary" not in views:
        parts += [Text(""), bottom_line(plan, spoken, page.width)]
    return parts


def gantt_chart(
    plan: Plan, standing: PlanStanding, language: Language, width: int, signs: Signs
) -> list[RenderableType]:
    """The Gantt chart alone, with what has become of each wave."""
    return [gantt(Page(plan, language, max(width, SMALLEST_WIDTH), signs, standing=standing))]


def _default(page: Page) -> Sequence[str]:
    if page.wave is not None:
        return ("wave",)
    return ("load",) if page.team is not None or page.by != "team" or page.per else DEFAULT_VIEWS


def _heading(page: Page) -> Text:
    programme = page.plan.programme
    text = Text(safe(programme.name), style=PALETTE["title"])
    period = page.language.days(programme.start, programme.deadline)
    return text.append(f"  {period}  {safe(programme.timezone)}", style=PALETTE["quiet"])
