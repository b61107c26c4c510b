"""What people want to know of items beside their dates: names, owners, recovery objectives, hours of service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.console import RenderableType

from waveplan.domain.plan import Plan
from waveplan.domain.plan_lots import ItemFacts, ServerFacts
from waveplan.render.columns import Cell, Column, table, words
from waveplan.render.language import BLANK, Language, Shown, safe
from waveplan.render.signs import Signs
from waveplan.render.styles import PALETTE


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
        Column(say("RTO"), words([in_hours(language, each.rto_hours) for each in facts]), right=True),
        Column(say("RPO"), words([in_hours(language, each.rpo_hours) for each in facts]), right=True),
        Column(say("Service hours"), words([safe(each.service_hours or "") for each in facts]), fold=10),
    ]
    return [table(columns, width, language, signs)]


@dataclass(frozen=True, slots=True)
class ServerRow:
    """A server as tables show it: with its lot and wave where it stands among those of others."""

    id: str
    facts: ServerFacts | None
    lot: str = ""
    wave: Shown = BLANK


def server_table(
    rows: Sequence[ServerRow], language: Language, width: int, signs: Signs, *, names: bool = False
) -> RenderableType:
    """One row a server: what it is called, where it answers, whether it is switched off; `names` behind ids."""
    say = language.say
    found = [row.facts or ServerFacts(id=row.id) for row in rows]
    ids = named([each.id for each in found], {each.id: each.name for each in found if each.name}) if names else None
    columns = [
        Column(say("Server"), words(map(safe, ids or (each.id for each in found)), PALETTE["heading"]), fold=16),
        Column(say("Name"), words([BLANK if names else safe(each.name or "") for each in found]), fold=14),
        Column(say("Host name"), words([safe(each.hostname or "") for each in found]), fold=16),
        Column(say("Addresses"), words([_lines(each.addresses) for each in found]), fold=12),
        Column(say("Power"), [_power(language, each.power) for each in found]),
        Column(say("Wave"), words([row.wave for row in rows], PALETTE["cutover"])),
        Column(say("Lot"), words([safe(row.lot) for row in rows]), rank=1, fold=14),
    ]
    return table(columns, width, language, signs)


def _lines(addresses: Sequence[str]) -> Shown:
    return Shown("\n".join(safe(each) for each in addresses))


def _power(language: Language, power: str | None) -> Cell:
    if power is None:
        return Cell(BLANK)
    return Cell(language.say("switched on")) if power == "on" else Cell(language.say("switched off"), PALETTE["fair"])


def named(items: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Items with their names behind their ids."""
    return [f"{item} ({names[item]})" if item in names else item for item in items]


def names_in(plan: Plan) -> dict[str, str]:
    """The names of items, servers and sites that a plan states, by id."""
    found = {site: facts.name for site, facts in plan.sites.items()}
    for lot in plan.lots:
        found |= {each.id: each.name for each in lot.about_servers if each.name}
        found |= names_of(lot.about)
    return found


def site_name(plan: Plan, site: str, names: bool) -> Shown:
    """A site, with its name behind its id when names are asked for."""
    known = {site: plan.sites[site].name} if names and site in plan.sites else {}
    return safe(named([site], known)[0])


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


def in_hours(language: Language, hours: Decimal | None) -> Shown:
    return BLANK if hours is None else language.say("{hours} h", hours=hours)
