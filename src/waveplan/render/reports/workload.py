"""The common workload plan as a report: organisations and teams by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.plan import Plan
from waveplan.render.heat import row_name
from waveplan.render.language import Language, Shown, safe
from waveplan.render.load import adoption_view, month_view
from waveplan.render.page import Page
from waveplan.render.reports.document import Field, Report, ReportPart, Value
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE
from waveplan.render.text import paragraph
from waveplan.workload import Load, LoadRow, Workload

_PERCENT = Decimal(100)


def workload_report(loads: Workload, plan: Plan, language: Language) -> Report:
    """Person-days by organisation, team and month; in CSV one table of teams, to be summed by whoever reads it."""
    say = language.say
    whole = loads.whole.total
    used = say("{used} person-days in all.", used=language.number(whole.used, 1))
    rule = say("What a month offers is that of all of its weeks; a week counts in the month of its Thursday.")
    return Report(
        title=say("Common workload plan: {programme}", programme=plan.programme.name),
        summary=(used, rule),
        parts=(
            _organisations(loads, language),
            _totals(loads, language),
            *_adoption(loads, language),
            _teams(loads, language),
        ),
    )


def workload_view(loads: Workload, plan: Plan, language: Language, width: int, signs: Signs) -> list[RenderableType]:
    """The same on a terminal: months in rows, organisations and teams side by side."""
    report = workload_report(loads, plan, language)
    head = paragraph([(report.title, PALETTE["title"])], width)
    if not loads.periods:
        return [head, Text(_nothing(language), style=PALETTE["quiet"])]
    page = Page(plan, language, width, signs, by="organisation")
    return [head, Text(report.summary[0]), Text(""), *month_view(page, loads), *adoption_view(page, loads)]


def _organisations(loads: Workload, language: Language) -> ReportPart:
    rows = []
    for organisation in loads.organisations:
        rows += list(_months(organisation.whole, (), loads))
        rows.append((row_name(organisation.whole), language.say("Total"), *_figures(organisation.whole.total)))
    fields = (_organisation(language), _month(language), *_amounts(language))
    return ReportPart(language.say("By organisation and month"), fields, tuple(rows), _nothing(language), in_csv=False)


def _totals(loads: Workload, language: Language) -> ReportPart:
    rows = tuple(
        (row_name(each.whole), row_name(team), *_figures(team.total))
        for each in loads.organisations
        for team in each.teams
    )
    fields = (_organisation(language), _team(language), *_amounts(language))
    return ReportPart(language.say("By team, all months together"), fields, rows, _nothing(language), in_csv=False)


def _adoption(loads: Workload, language: Language) -> Iterator[ReportPart]:
    """What of it people are told, taught and asked, by entry; if anything."""
    if not loads.adoption:
        return
    fields = (
        _organisation(language),
        _team(language),
        Field(language.say("Entry"), fold=14),
        Field(language.say("Used"), right=True, places=1),
    )
    rows = tuple(
        (safe(each.organisation or "-"), safe(each.team), safe(each.entry), each.total) for each in loads.adoption
    )
    title = language.say("Of it for communication and adoption")
    yield ReportPart(title, fields, rows, _nothing(language), in_csv=False)


def _teams(loads: Workload, language: Language) -> ReportPart:
    rows = [
        row
        for each in loads.organisations
        for team in each.teams
        for row in _months(each.whole, (row_name(team),), loads, team)
    ]
    fields = (_organisation(language), _team(language), _month(language), *_amounts(language))
    return ReportPart(language.say("By team and month"), fields, tuple(rows), _nothing(language))


def _months(
    organisation: LoadRow, names: tuple[Shown, ...], loads: Workload, team: LoadRow | None = None
) -> Iterator[tuple[Value, ...]]:
    row = team or organisation
    for month in loads.periods:
        if month in row.periods:
            yield (row_name(organisation), *names, dt.date.fromisoformat(f"{month}-01"), *_figures(row.periods[month]))


def _figures(load: Load) -> tuple[Value, ...]:
    """Used, offered, without a limit, and the load in percent; none where nothing is offered."""
    share = load.share
    percent = share * _PERCENT if share is not None and share.is_finite() else None
    return load.used, load.offered, load.unlimited or None, percent


def _organisation(language: Language) -> Field:
    return Field(language.say("Organisation"), fold=12)


def _team(language: Language) -> Field:
    return Field(language.say("Team"), fold=10)


def _month(language: Language) -> Field:
    return Field(language.say("Month"), by_month=True)


def _amounts(language: Language) -> tuple[Field, ...]:
    say = language.say
    return (
        Field(say("Used"), right=True, places=1),
        Field(say("Offered"), right=True, places=1),
        Field(say("Without a limit"), right=True, places=1),
        Field(say("Load, %"), right=True, places=0),
    )


def _nothing(language: Language) -> Shown:
    return language.say("No team has work in this plan.")
