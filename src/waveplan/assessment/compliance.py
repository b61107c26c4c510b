"""The compliance of a plan: evidence for those who answer for data and for systems."""

from __future__ import annotations

from collections.abc import Iterator

from waveplan.assessment.dated import Dated
from waveplan.assessment.emptying import left_by
from waveplan.assessment.obsolescence import obsolescence
from waveplan.domain.about import about
from waveplan.domain.compliance import Compliance, DataPlace, PersonalData, PurgeOrder, Residency
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Item, Items
from waveplan.domain.personal_data import personal_classes
from waveplan.domain.plan import Plan
from waveplan.domain.plan_lots import ItemFacts


def compliance(inventory: Inventory, plan: Plan) -> Compliance:
    """Where personal data stand before and after, what is purged, what runs out of support: places from the inventory,
    dates from the plan.

    The register comes by item, purge orders by date, systems by the end of their support.
    """
    items, dated = Items(inventory), Dated(plan)
    register = sorted(_register(items, dated), key=lambda each: each.item)
    return Compliance(tuple(register), tuple(_purge_orders(items, dated)), tuple(obsolescence(items, dated)))


def _register(items: Items, dated: Dated) -> Iterator[PersonalData]:
    for item in items:
        classes = personal_classes(item.entry.data_classes)
        if not classes:
            continue
        allowed = item.entry.allowed_countries
        after = _places(items, _after(item))
        yield PersonalData(
            item=item.id,
            name=item.entry.name,
            strategy=item.strategy,
            classes=classes,
            allowed=None if allowed is None else tuple(allowed),
            before=_places(items, _before(item)),
            after=after,
            wave=dated.wave(item),
            gone=dated.gone(item),
            residency=_residency(item, after),
            purge_orders=tuple(order.id for order in dated.orders_for(left_by(item))),
            acknowledged_by=dated.acknowledged.get(item.id),
            about=next(iter(about([item])), ItemFacts(id=item.id)),
        )


def _before(item: Item) -> set[str]:
    return {*item.source_sites, *([item.service_site] if item.service_site else [])}


def _after(item: Item) -> set[str]:
    """Sites of its servers once it has cut over; none for what is retired or bought anew, whose servers are left."""
    if item.strategy in {"retire", "repurchase"}:
        return set()
    stands: dict[str, str] = dict(item.stands)
    stands |= {move.server.id: move.target for move in item.moves if move.target}
    return {*stands.values(), *([item.service_site] if item.service_site else [])}


def _places(items: Items, sites: set[str]) -> tuple[DataPlace, ...]:
    return tuple(DataPlace(site, items.sites[site].country) for site in sorted(sites) if site in items.sites)


def _residency(item: Item, after: tuple[DataPlace, ...]) -> Residency:
    allowed = item.entry.allowed_countries
    if item.strategy == "retire":
        return "gone"
    if item.strategy == "repurchase":
        return "with its provider"
    if not after:
        return "not known"
    if allowed is None:
        return "not said"
    return "allowed" if all(place.country in allowed for place in after) else "outside"


def _purge_orders(items: Items, dated: Dated) -> Iterator[PurgeOrder]:
    personal: dict[tuple[str, str | None], list[str]] = {}
    for item in items:
        if personal_classes(item.entry.data_classes):
            for departure in left_by(item).items():
                personal.setdefault(departure, []).append(item.id)
    for order in sorted(dated.purges.values(), key=lambda each: (each.date, each.site or "", each.id)):
        held = personal.get((order.subject, order.site), [])
        yield PurgeOrder(order.id, order.date, order.subject, order.site, tuple(sorted(held)))
