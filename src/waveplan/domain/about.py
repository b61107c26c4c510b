"""What the inventory says of items for people alone: names, owners, recovery objectives, hours of service."""

from __future__ import annotations

from collections.abc import Iterable

from waveplan.domain.items import Item
from waveplan.domain.plan import ItemFacts

SHOWN = ("name", "business_owner", "rto_hours", "rpo_hours", "service_hours")


def about(items: Iterable[Item]) -> list[ItemFacts]:
    """What there is to say of each item, in order of id; items of which nothing is said are left out."""
    told = {item.id: {name: getattr(item.entry, name, None) for name in SHOWN} for item in items}
    return [
        ItemFacts(id=name, **facts)
        for name, facts in sorted(told.items())
        if any(each is not None for each in facts.values())
    ]
