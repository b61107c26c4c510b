"""Milestones as lines to show: orders to purge are many, and stand together by site and day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from waveplan.domain.plan import Milestone
from waveplan.render.language import Language, Shown, marked, safe

MILESTONE_NAMES = {
    "retire": marked("retired"),
    "site_exit": marked("site empty"),
    "contract_notice": marked("contract notice"),
    "contract_end": marked("end of contract"),
    "knowledge_stage": marked("knowledge transfer"),
    "acceptance": marked("acceptance record"),
    "pilot_exit": marked("pilot's exit gate"),
    "tranche_end": marked("end of tranche"),
    "external": marked("promised by others"),
    "purge_order": marked("purge order"),
    "acknowledgement": marked("acknowledgement"),
}
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


def milestone_lines(milestones: Iterable[Milestone], language: Language) -> list[MilestoneLine]:
    """By date, then id; purge orders by site and day, acknowledgements by day."""
    ordered = sorted(milestones, key=lambda each: (_together(each), each.id))
    found: list[MilestoneLine] = []
    for _, group in groupby(ordered, key=_together):
        members = list(group)
        first, subject = members[0], _subject(members, language)
        detail = subject
        if first.site is not None:
            servers = language.count("{n} server", "{n} servers", len(members))
            detail = language.say("{site}: {servers}", site=first.site, servers=servers)
        found.append(MilestoneLine(first.date, first.kind, _name(members, language), subject, detail))
    return found


def _together(milestone: Milestone) -> tuple[dt.date, int, str]:
    """What one line has in common: purges come first on their day, then what they lead to."""
    if milestone.kind in TOGETHER:
        return milestone.date, TOGETHER.index(milestone.kind), milestone.site or ""
    return milestone.date, len(TOGETHER), milestone.id


def _name(members: list[Milestone], language: Language) -> Shown:
    if len(members) == 1:
        return safe(members[0].id)
    if members[0].kind == "purge_order":
        return language.count("{n} purge order", "{n} purge orders", len(members))
    return language.count("{n} acknowledgement", "{n} acknowledgements", len(members))


def _subject(members: list[Milestone], language: Language) -> Shown:
    if members[0].site is not None:
        return safe(members[0].site)
    if len(members) > _NAMED:
        return language.count("{n} item", "{n} items", len(members))
    return Shown(", ".join(safe(each.subject) for each in members))
