"""What people want to know of items beside their dates: names, owners, recovery objectives, hours of service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from rich.console import RenderableType

from waveplan.domain.plan import ItemFacts
from waveplan.render.columns import Column, table, words
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.styles import PALETTE, Signs


def about_table(facts: Sequence[ItemFacts], language: Language, width: int, signs: Signs) -> list[RenderableType]:
    """One row an item of which more than its name is said; nothing when there is nothing to tell."""
    facts = [each for each in facts if each.business_owner or each.service_hours or _recovers(each)]
    if not facts:
        return []
    say = language.say
    columns = [
        Column(say("Item"), words([safe(each.id) for each in facts], PALETTE["heading"]), fold=14),
        Column(say("Name"), words([safe(each.name or "") for each in facts]), fold=16, rank=1),
        Column(say("Business owner"), words([safe(each.business_owner or "") for each in facts]), fold=14),
        Column(say("RTO"), words([_hours(language, each.rto_hours) for each in facts]), right=True),
        Column(say("RPO"), words([_hours(language, each.rpo_hours) for each in facts]), right=True),
        Column(say("Service hours"), words([safe(each.service_hours or "") for each in facts]), fold=10),
    ]
    return [table(columns, width, language, signs)]


def named(items: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Items with their names behind their ids."""
    return [f"{item} ({names[item]})" if item in names else item for item in items]


def names_of(facts: Sequence[ItemFacts]) -> dict[str, str]:
    """The names of items that have one."""
    return {each.id: each.name for each in facts if each.name}


def recovery(language: Language, facts: ItemFacts) -> Shown:
    """An item's recovery objectives and hours of service on one line."""
    parts = [
        language.say("RTO {hours} h", hours=facts.rto_hours) if facts.rto_hours is not None else BLANK,
        language.say("RPO {hours} h", hours=facts.rpo_hours) if facts.rpo_hours is not None else BLANK,
        safe(facts.service_hours or ""),
    ]
    return Shown(f"{safe(facts.id)} " + ", ".join(part for part in parts if part))


def _recovers(facts: ItemFacts) -> bool:
    return facts.rto_hours is not None or facts.rpo_hours is not None


def _hours(language: Language, hours: Decimal | None) -> Shown:
    return BLANK if hours is None else language.say("{hours} h", hours=hours)
