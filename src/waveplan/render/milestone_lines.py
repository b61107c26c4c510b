"""Milestones as lines to show: orders to purge are many, and stand together by site and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from waveplan.domain.plan import Milestone, Plan
from waveplan.render.about import named, names_in
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.made_ids import made_name

TOGETHER = ("purge_order", "acknowledgement")
"""Kinds of which there are as many as servers or items: shown together, and not marked on charts."""
_NAMED = 3  # so many names are said; of more, how many there are


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone, or several of a kind on one day: its id or what they are, of what it is, and how many where."""

    date: dt.date
    kind: str
    name: Shown
    subject: Shown
    detail: Shown
    nameless: bool = False  # whether the detail says nothing of the name


def milestone_lines(plan: Plan, language: Language, *, names: bool = False) -> list[MilestoneLine]:
    """By date, then id; purge orders by site and day, acknowledgements by day; with `names` behind ids of what it is.

    The record that a stage of knowledge transfer ends with stands in the stage's own line.
    """
    stages = {(f"accept {each.id}", each.date) for each in plan.milestones if each.kind == "knowledge_stage"}
    shown = (each for each in plan.milestones if (each.id, each.date) not in stages)
    ordered = sorted(shown, key=lambda each: (_together(each), each.id))
    called = names_in(plan) if names else {}
    found: list[MilestoneLine] = []
    for _, group in groupby(ordered, key=_together):
        members = list(group)
        first, subject = members[0], _subject(members, language, called)
        own = _detail(plan, first, language)
        detail = own or subject
        if first.site is not None:
            servers = language.count("{n} server", "{n} servers", len(members))
            detail = language.say("{site}: {servers}", site=named([first.site], called)[0], servers=servers)
        found.append(
            MilestoneLine(first.date, first.kind, _name(members, language, called), subject, detail, bool(own))
        )
    return found


def _detail(plan: Plan, milestone: Milestone, language: Language) -> Shown:
    """What there is to say of a milestone beside its date and what it is of; nothing for most kinds."""
    say = language.say
    if milestone.kind == "knowledge_stage" and milestone.start is not None:
        return say("from {day}; ends with a record to sign", day=language.day(milestone.start))
    if milestone.kind == "pilot_exit" and milestone.criteria:
        return language.listing(safe(each) for each in milestone.criteria)
    if milestone.kind == "external":
        return _promise(plan, milestone, language)
    return BLANK


def _promise(plan: Plan, milestone: Milestone, language: Language) -> Shown:
    """Who waits for what others promised, and which waves would have to move if it came at its pessimistic date."""
    say, waiting = language.say, set(milestone.waiting)
    parts = [language.count("{n} lot waits for it", "{n} lots wait for it", len(waiting))] if waiting else []
    if milestone.date_p90 is not None:
        day = language.day(milestone.date_p90)
        held = [wave for wave in plan.waves_in_order() if not waiting.isdisjoint(wave.lots)]
        late = [wave for wave in held if wave.date < milestone.date_p90]
        lots = sum(len(waiting.intersection(wave.lots)) for wave in late)
        if late:
            several = len({wave.stream for wave in plan.waves}) > 1
            names = [wave.label(several) for wave in late]
            shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
            moved = language.count("{n} lot would move ({waves})", "{n} lots would move ({waves})", lots, waves=shown)
            parts.append(say("if it came on {day}, {moved}", day=day, moved=moved))
        else:
            parts.append(say("if it came on {day}, nothing would move", day=day))
    return language.listing(parts)


def _together(milestone: Milestone) -> tuple[dt.date, int, str]:
    """What one line has in common: purges come first on their day, then what they lead to."""
    if milestone.kind in TOGETHER:
        return milestone.date, TOGETHER.index(milestone.kind), milestone.site or ""
    return milestone.date, len(TOGETHER), milestone.id


def _name(members: list[Milestone], language: Language, called: Mapping[str, str]) -> Shown:
    if len(members) == 1:
        first = members[0]
        name = made_name(language, first.id)
        server = called.get(first.subject) if first.kind == "purge_order" else None  # other lines name their subject
        return Shown(f"{name} ({safe(server)})") if server else name
    if members[0].kind == "purge_order":
        return language.count("{n} purge order", "{n} purge orders", len(members))
    return language.count("{n} acknowledgement", "{n} acknowledgements", len(members))


def _subject(members: list[Milestone], language: Language, called: Mapping[str, str]) -> Shown:
    if members[0].site is not None:
        return safe(named([members[0].site], called)[0])
    if len(members) > _NAMED:
        return language.count("{n} item", "{n} items", len(members))
    return Shown(", ".join(map(safe, named([each.subject for each in members], called))))
