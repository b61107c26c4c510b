"""Risks that let nothing through (WP601), strike outside the programme (WP602), or change nothing (WP603)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.domain.risks import CutoverRisk, EffortRisk, EventEffect, GateRisk, Matched, RiskEvent, WorkRisk
from waveplan.domain.sites import Link
from waveplan.review.context import ReviewContext
from waveplan.review.idle_risks import nothing_new
from waveplan.review.wording import finding

_SURE = 1


def risks(context: ReviewContext) -> Iterator[Finding]:
    """Everything about risks that can be said before anything is drawn."""
    stated = context.inventory.risks
    if stated.is_empty:
        return
    for name, entries in (("gates", stated.gates), ("cutovers", stated.cutovers), ("work", stated.work)):
        yield from _hidden(name, entries)
    yield from nothing_new(stated)
    yield from _hidden_effort(stated.effort)
    for number, gate in enumerate(stated.gates):
        yield from _gate(context, number, gate)
    for number, cutover in enumerate(stated.cutovers):
        yield from _cutover(number, cutover)
    for number, effort in enumerate(stated.effort):
        yield from _effort(context, number, effort)
    for number, work in enumerate(stated.work):
        yield from _work(context, number, work)
    for number, event in enumerate(stated.events):
        yield from _event(context, number, event)


def _about(context: ReviewContext, entry: Matched) -> list[Item]:
    """Items that cut over and that an entry is about."""
    return [item for item in context.items.planned if entry.is_about(item)]


# --- WP601 ---------------------------------------------------------------------------------------------------------


def _gate(context: ReviewContext, number: int, entry: GateRisk) -> Iterator[Finding]:
    if entry.probability == _SURE:
        yield _never("a gate that always says no-go lets nothing through", ("risks", "gates", number, "probability"))
    items = _about(context, entry)
    deciding = {items[0].stream for policy, _, items in context.policies if any(gate.decides for gate in policy.gates)}
    if items and not any(item.stream in deciding for item in items):
        hint = "give one gate of their policy `decides: true`, or drop the entry"
        template = "a risk of no-go changes nothing: what it is about has no gate that decides"
        yield finding("WP603", template, {}, ("risks", "gates", number), (), hint)


def _cutover(number: int, entry: CutoverRisk) -> Iterator[Finding]:
    if entry.next_probability == _SURE:
        key = "probability" if entry.later is None else "next"
        yield _never("a cutover that is rolled back at every try never ends", ("risks", "cutovers", number, key))


def _never(template: str, path: Path) -> Finding:
    return finding("WP601", template, {}, path, (), "give it a probability below 1")


# --- WP602 ---------------------------------------------------------------------------------------------------------


def _event(context: ReviewContext, number: int, event: RiskEvent) -> Iterator[Finding]:
    programme, path = context.inventory.programme, ("risks", "register", number)
    first, last = event.between(programme.start, programme.deadline)
    values = {
        "of": event.id,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "start": programme.start.isoformat(),
        "deadline": programme.deadline.isoformat(),
    }
    if last < first:
        template = "{of}: it may strike from {first} to {last}: no day is left within the programme"
        yield finding("WP602", template, values, path, (event.id,), "correct its `from` or its `to`")
    elif last < programme.start:
        template = "{of} is over ({last}) before the programme starts ({start})"
        yield finding("WP602", template, values, (*path, "to"), (event.id,), "correct its dates, or drop it")
    for place, effect in enumerate(event.effects):
        yield from _effect(context, event, effect, (*path, "effects", place))


# --- WP603 ---------------------------------------------------------------------------------------------------------


def _hidden(name: str, entries: Sequence[Matched]) -> Iterator[Finding]:
    """Entries after one that is about everything: the first that matches is the one that counts."""
    general = next((number for number, each in enumerate(entries) if each.match is None), None)
    if general is not None and general + 1 < len(entries):
        yield _behind(name, general)


def _hidden_effort(entries: Sequence[EffortRisk]) -> Iterator[Finding]:
    general = next((number for number, each in enumerate(entries) if each.match is None and not each.teams), None)
    if general is not None and general + 1 < len(entries):
        yield _behind("effort", general)


def _behind(name: str, general: int) -> Finding:
    values = {"section": name, "number": general + 2, "general": general + 1}
    template = "entry {number} of risks.{section} changes nothing: entry {general} before it is about everything"
    path: Path = ("risks", name, general + 1)
    return finding("WP603", template, values, path, (), "put the entry without `match` last")


def _effort(context: ReviewContext, number: int, entry: EffortRisk) -> Iterator[Finding]:
    limited = {team.id for team in context.inventory.teams if team.person_days_per_week is not None}
    items = _about(context, entry)
    named = set(entry.teams)
    spent = {team for item in items for team in item.entry.effort if not named or team in named}
    if items and not spent & limited:
        hint = "give the team `person_days_per_week` and what it prepares an `effort`, or drop the entry"
        template = "a spread of effort changes nothing: no team with a limit prepares what it is about"
        yield finding("WP603", template, {}, ("risks", "effort", number), (), hint)


def _work(context: ReviewContext, number: int, entry: WorkRisk) -> Iterator[Finding]:
    items = _about(context, entry)
    busy = (item.entry.cutover_hours or item.entry.test_hours or item.servers for item in items)
    if items and not any(busy):
        hint = "give them cutover_hours, test_hours or servers, or drop the entry"
        template = "a spread of hours changes nothing: what it is about has no work in the window"
        yield finding("WP603", template, {}, ("risks", "work", number), (), hint)


def _effect(context: ReviewContext, event: RiskEvent, effect: EventEffect, path: Path) -> Iterator[Finding]:
    values = {"of": event.id, "team": effect.team or "", "site": effect.site or "", "link": effect.link or ""}
    if effect.team is not None:
        team = next((each for each in context.inventory.teams if each.id == effect.team), None)
        if team is not None and team.person_days_per_week is None and team.crew is None and team.on_call is None:
            template = "{of}: fewer people of {team} change nothing: the team has no limit"
            hint = "give {team} `person_days_per_week`, `crew` or `on_call`"
            yield finding("WP603", template, values, (*path, "team"), (event.id,), hint)
    if effect.site is not None and not any(effect.site in _places(item) for item in context.items.planned):
        template = "{of}: closing {site} changes nothing: nothing that cuts over has to do with it"
        yield finding("WP603", template, values, (*path, "site"), (event.id,), "name another site, or drop the effect")
    if effect.link is not None and effect.gbps is not None:
        link = next((each for each in context.inventory.links if each.id == effect.link), None)
        if link is not None and effect.gbps >= _fastest(link):
            template = "{of}: link {link} would be no slower than it is"
            yield finding("WP603", template, values, (*path, "gbps"), (event.id,), "give it less than the link has")


def _places(item: Item) -> set[str]:
    targets = {str(server.target) for server in item.servers if server.target}
    return {*item.source_sites, *targets, *([item.service_site] if item.service_site else [])}


def _fastest(link: Link) -> Decimal:
    return max(each.gbps for each in link.gbps) if isinstance(link.gbps, list) else link.gbps
