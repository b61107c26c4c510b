"""The flash report of a week: planned against done, loads, dates, gates, issues, actions."""

from __future__ import annotations

from waveplan.domain.briefing import Briefing
from waveplan.domain.status import Status
from waveplan.render.language import Language, Shown, safe
from waveplan.render.page import share_words
from waveplan.render.reports.document import Field, Report, ReportPart, Value
from waveplan.render.reports.meeting import actions, communication, gates, hard_dates, issues, risks
from waveplan.render.status import statements


def flash_report(briefing: Briefing, language: Language) -> Report:
    """One page for the weekly meeting."""
    status, say = briefing.status, language.say
    return Report(
        title=say("Flash report: {programme} on {day}", programme=status.programme, day=status.as_of),
        summary=tuple(_sentence(words) for words, _ in statements(status, language)),
        parts=(
            planned_and_done(status, language),
            loads(briefing, language),
            hard_dates(briefing, language),
            gates(briefing, language),
            *communication(briefing, language),
            issues(briefing, language),
            risks(briefing, language),
            actions(briefing, language),
        ),
    )


def _sentence(words: str) -> Shown:
    return safe(f"{words[:1].upper()}{words[1:]}.")


def planned_and_done(status: Status, language: Language) -> ReportPart:
    """Waves, servers, applications and services: what was planned by now, what is done, what there is in all."""
    say = language.say
    names = {"servers": say("servers"), "applications": say("applications"), "services": say("services")}
    over = status.whole
    meant = sum(wave.date <= status.as_of for wave in status.waves)
    rows: list[tuple[Value, ...]] = [(say("waves"), meant, len(over), len(over) - meant, len(status.waves))]
    for kind, total in status.burn_up.totals.items():
        done, planned = status.burn_up.today[kind], status.burn_up.planned_today[kind]
        rows.append((names[kind], planned, done, done - planned, total))
    fields = (
        Field(say("What")),
        Field(say("Planned by now"), right=True),
        Field(say("Done"), right=True),
        Field(say("Ahead"), right=True),
        Field(say("In all"), right=True),
    )
    return ReportPart(say("Planned and done"), fields, tuple(rows), say("Nothing is planned."))


def loads(briefing: Briefing, language: Language) -> ReportPart:
    """The load of each team in this week and the next ones."""
    say = language.say
    rows: list[tuple[Value, ...]] = [
        (safe(each.team), *(None if share is None else share_words(language, share) for share in each.shares))
        for each in briefing.teams
    ]
    weeks = (Field(language.day(monday, weekday=False, year=False), right=True) for monday in briefing.weeks)
    note = say("Shares of what a team offers in the week that begins on that day.")
    return ReportPart(
        say("Load of teams in the weeks ahead"),
        (Field(say("Team"), fold=14), *weeks),
        tuple(rows),
        say("No team has work in the weeks ahead."),
        note if rows else Shown(""),
    )
