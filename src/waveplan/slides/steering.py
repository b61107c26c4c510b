"""The steering report as slides: the same words and figures, what moves over time as charts, a table a slide."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from waveplan.domain.briefing import Briefing, TeamAhead
from waveplan.domain.plan import Plan
from waveplan.render.language import Language, Shown
from waveplan.render.reports.document import ReportPart, in_words
from waveplan.render.reports.steering import steering_report
from waveplan.slides.deck import BODY_HEIGHT, BODY_WIDTH, Deck
from waveplan.slides.fitting import fitted

_MOST_TEAMS = 6  # more lines than that nobody tells apart
_NOTED = 0.5  # inches kept for a note under a table


def steering_slides(briefing: Briefing, plan: Plan, language: Language) -> bytes:
    """The deck as a file."""
    report = steering_report(briefing, plan, language)
    deck = Deck(str(report.title), briefing.status.as_of)
    deck.add_text(report.title, report.summary)
    _add_burn_up(deck, briefing, language)
    _add_loads(deck, briefing, language)
    nothing: list[Shown] = []
    for part in report.parts:
        if part.rows:
            _add_table(deck, part, language)
        elif part.nothing:
            nothing.append(Shown(f"{part.title}{language.colon}{part.nothing}"))
    if nothing:
        deck.add_text(language.say("Nothing to report"), nothing)
    return deck.as_bytes()


def _add_table(deck: Deck, part: ReportPart, language: Language) -> None:
    heading = [field.title for field in part.fields]
    rows = [
        [in_words(value, field, language) for value, field in zip(row, part.fields, strict=True)] for row in part.rows
    ]
    pages = fitted(heading, rows, BODY_WIDTH, BODY_HEIGHT - (_NOTED if part.note else 0.0))
    right = [field.right for field in part.fields]
    for number, page in enumerate(pages, 1):
        several = language.say("{title} ({page} of {pages})", title=part.title, page=number, pages=len(pages))
        last = number == len(pages)
        deck.add_table(several if len(pages) > 1 else part.title, heading, right, page, part.note if last else "")


def _add_burn_up(deck: Deck, briefing: Briefing, language: Language) -> None:
    """What was planned to have cut over by then, and what has: servers where there are any."""
    burn_up, say = briefing.status.burn_up, language.say
    kind = next((each for each in ("servers", "applications", "services") if burn_up.totals.get(each)), None)
    if kind is None or len(burn_up.points) < 2:
        return
    names = {
        "servers": say("Servers cut over"),
        "applications": say("Applications cut over"),
        "services": say("Services cut over"),
    }
    dates = [
        language.month(point.start) if burn_up.per == "month" else language.day(point.start, weekday=False)
        for point in burn_up.points
    ]
    planned = [float(point.planned.get(kind, 0)) for point in burn_up.points]
    done = [None if point.done is None else float(point.done.get(kind, 0)) for point in burn_up.points]
    said = say(
        "{planned} planned by now, {done} done, {n} in all",
        planned=burn_up.planned_today.get(kind, 0),
        done=burn_up.today.get(kind, 0),
        n=burn_up.totals[kind],
    )
    lines: dict[str, Sequence[float | None]] = {say("Planned"): planned, say("Done"): done}
    deck.add_chart(names[kind], said, dates, lines, columns=False, numbers="0")


def _add_loads(deck: Deck, briefing: Briefing, language: Language) -> None:
    """Teams in the weeks ahead, the fullest first."""
    fullest = {each.team: _fullest(each) for each in briefing.teams if _fullest(each)}
    names = sorted(fullest, key=lambda team: (-fullest[team], team))[:_MOST_TEAMS]
    loaded = [each for name in names for each in briefing.teams if each.team == name]
    if not loaded:
        return
    weeks = [language.day(monday, weekday=False) for monday in briefing.weeks]
    lines = {each.team: [None if share is None else float(share) for share in each.shares] for each in loaded}
    said = language.listing(
        language.say("{team} {share} at most", team=each.team, share=language.percent(fullest[each.team]))
        for each in loaded
    )
    deck.add_chart(language.say("Load of teams, by week"), said, weeks, lines, columns=True, numbers="0%")


def _fullest(team: TeamAhead) -> Decimal:
    return max((share for share in team.shares if share is not None), default=Decimal(0))
