"""What the inventory says for people alone: names, owners, recovery objectives, hours of service, addresses."""

from __future__ import annotations

from collections.abc import Iterable

from waveplan.domain.items import Item
from waveplan.domain.plan import SiteFacts
from waveplan.domain.plan_lots import ItemFacts, ServerFacts
from waveplan.domain.servers import Server
from waveplan.domain.sites import Site

SHOWN = ("name", "business_owner", "rto_hours", "rpo_hours", "service_hours")


def about(items: Iterable[Item]) -> list[ItemFacts]:
    """What there is to say of each item, in order of id; items of which nothing is said are left out."""
    told = {item.id: {name: getattr(item.entry, name, None) for name in SHOWN} for item in items}
    return [
        ItemFacts(id=name, **facts)
        for name, facts in sorted(told.items())
        if any(each is not None for each in facts.values())
    ]


def about_servers(servers: Iterable[Server]) -> list[ServerFacts]:
    """What there is to say of each server, in order of id; those of which nothing is said are left out."""
    told = (s for s in servers if s.name is not None or s.hostname is not None or s.addresses or s.power is not None)
    return [
        ServerFacts(id=s.id, name=s.name, hostname=s.hostname, addresses=s.addresses, power=s.power)
        for s in sorted(told, key=lambda each: each.id)
    ]


def about_sites(sites: Iterable[Site]) -> dict[str, SiteFacts]:
    """The sites that have a name."""
    return {site.id: SiteFacts(name=site.name) for site in sites if site.name}
