"""Milestones and hard dates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from rich.console import RenderableType
from rich.text import Text

from waveplan.domain.made_names import MILESTONE_NAMES
from waveplan.domain.plan import HardDate, Milestone
from waveplan.render.about import named, names_in, site_name
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.made_ids import made_name
from waveplan.render.milestone_lines import MilestoneLine, milestone_lines
from waveplan.render.page import Page
from waveplan.render.styles import PALETTE
from waveplan.render.summary import is_missed


def milestone_view(page: Page) -> list[RenderableType]:
    """Hard dates with the days to spare, then milestones in order."""
    say = page.language.say
    dates = sorted(page.plan.calendar.hard_dates, key=lambda date: (date.date, date.id))
    milestones = milestone_lines(page.plan, page.language, names=page.names)
    if not dates and not milestones and not page.plan.stays:
        return [Text(say("No milestones and no hard dates."), style=PALETTE["quiet"])]
    views: list[RenderableType] = []
    if dates:
        views += [_hard_dates(page, dates)]
    if milestones:
        views += [Text("")] * bool(views) + [_milestones(page, milestones)]
    work = [each for each in page.plan.milestones if each.kind == "retire" and (each.effort or each.crew)]
    if work:
        views += [Text(""), _retirements(page, work)]
    if page.plan.stays:
        views += [Text("")] * bool(views) + [_stays(page)]
    return views


def _retirements(page: Page, retired: list[Milestone]) -> RenderableType:
    """What retirements take of people: person-days before the day, and a crew on it."""
    language, say = page.language, page.language.say
    called = names_in(page.plan) if page.names else {}
    ordered = sorted(retired, key=lambda each: (each.date, each.subject))
    names = named([each.subject for each in ordered], called)

    def by_team(amounts: Mapping[str, Decimal] | Mapping[str, int]) -> Shown:
        return Shown(", ".join(f"{safe(team)} {language.number(amounts[team])}" for team in sorted(amounts)))

    columns = [
        Column(say("Retired"), words(map(safe, names), PALETTE["heading"]), fold=16),
        Column(say("Date"), words([language.day(each.date) for each in ordered])),
        Column(say("Person-days before"), words([by_team(each.effort) for each in ordered]), fold=14),
        Column(say("Crew on the day"), words([by_team(each.crew) for each in ordered]), fold=14),
    ]
    return table(columns, page.width, language, page.signs)


def _stays(page: Page) -> RenderableType:
    """Sites that are never empty, and what stays there."""
    language, say = page.language, page.language.say
    stays = sorted(page.plan.stays, key=lambda stay: stay.site)
    called = names_in(page.plan) if page.names else {}
    sites = [site_name(page.plan, stay.site, page.names) for stay in stays]
    names = [Shown(", ".join(map(safe, named([*stay.items, *stay.servers], called)))) for stay in stays]
    columns = [
        Column(say("Never empty"), words(sites, PALETTE["heading"]), fold=16),
        Column(say("What stays"), words(names), fold=20),
    ]
    return table(columns, page.width, language, page.signs)


def _hard_dates(page: Page, dates: list[HardDate]) -> RenderableType:
    language, say = page.language, page.language.say
    columns = [
        Column(say("Hard date"), words([made_name(language, date.id) for date in dates], PALETTE["heading"]), fold=16),
        Column(say("On or before"), words([language.day(date.date) for date in dates])),
        Column(say("Reached"), words([language.day(date.reached) if date.reached else BLANK for date in dates])),
        Column(say("Verdict"), [verdict(language, date) for date in dates], fold=12),
    ]
    return table(columns, page.width, language, page.signs)


def verdict(language: Language, date: HardDate) -> Cell:
    """Whether a hard date is met, and by how many days."""
    if date.reached is None:
        return Cell(language.say("not reached in this plan"), PALETTE["fair"])
    spare = (date.date - date.reached).days
    if is_missed(date):
        return Cell(language.count("missed by {n} day", "missed by {n} days", -spare), PALETTE["bad"])
    if not spare:
        return Cell(language.say("met on its day"), PALETTE["fair"])
    return Cell(language.count("met, {n} day to spare", "met, {n} days to spare", spare), PALETTE["good"])


def _milestones(page: Page, milestones: list[MilestoneLine]) -> RenderableType:
    language, say = page.language, page.language.say
    columns = [
        Column(say("Milestone"), words([each.name for each in milestones], PALETTE["heading"]), fold=16),
        Column(say("Date"), words([language.day(each.date) for each in milestones])),
        Column(say("Kind"), words([say(MILESTONE_NAMES[each.kind]) for each in milestones], PALETTE["milestone"])),
        Column(say("Of"), words([each.detail for each in milestones]), fold=12, rank=1),
    ]
    return table(columns, page.width, language, page.signs)
