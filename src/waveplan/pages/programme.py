"""The page of a whole programme."""

from __future__ import annotations

from waveplan.assessment.burn_up import burn_up
from waveplan.domain.actuals import Actuals
from waveplan.domain.history import History
from waveplan.domain.status import BurnUp
from waveplan.pages import overview
from waveplan.pages.apart import apart_map
from waveplan.pages.charts import progress_charts, site_charts, target_charts
from waveplan.pages.communication import people_told
from waveplan.pages.context import Context, PageSource
from waveplan.pages.gantt import backdrop, charts, programme_rows, ruler, symbols
from waveplan.pages.load import heat_map, rosters
from waveplan.pages.sections import unplaced, wave_sections
from waveplan.pages.standing import standing
from waveplan.pages.writing import page
from waveplan.render.goals import search_words
from waveplan.render.language import Language

_OPEN = 60  # with more lots than these each begins folded


def programme_page(source: PageSource, language: Language) -> str:
    """The programme's report as one HTML file."""
    context = Context(source, language)
    ticks = ruler(context)
    return page(
        "programme.html.j2",
        language,
        months=len(ticks),
        context=context,
        plan=source.plan,
        summary=overview.summary(context),
        figures=overview.key_figures(context),
        standing=standing(context),
        charts=charts(context),
        programme_rows=programme_rows(context),
        backdrop=backdrop(context),
        ruler=ticks,
        symbols=symbols(),
        waves=overview.waves(context),
        progress=progress_charts(context, _burn_up(context)),
        map=apart_map(context),
        heat=heat_map(context),
        rosters=rosters(context),
        site_charts=site_charts(context),
        target_charts=target_charts(context),
        told=people_told(context),
        tables=(overview.hard_dates(context), overview.milestones(context), overview.freezes(context)),
        stays=overview.stays(context),
        goals=overview.goals(context),
        search=search_words(language, source.plan.solve),
        costs=overview.costs(context),
        accepted=overview.accepted(context),
        sections=wave_sections(context),
        unplaced=unplaced(context),
        folded=len(context.lots) > _OPEN,
        paged=source.paged,
    )


def _burn_up(context: Context) -> BurnUp:
    """What is cut over when: with what really happened, if there are actuals."""
    if context.source.status is not None:
        return context.source.status.burn_up
    nothing = History(Actuals(), context.plan)
    return burn_up(context.plan, context.placement.items, nothing, context.plan.programme.start)
