"""Services, tranches, pilots and knowledge transfers that change nothing (WP131), or stand nowhere (WP117)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.domain.findings import Finding, Path
from waveplan.domain.items import Item
from waveplan.domain.selectors import Selector
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed


def transition(context: ReviewContext) -> Iterator[Finding]:
    """Parts of the format in which somebody expects something of what never happens."""
    yield from _delivered_nowhere(context)
    yield from _resolved_to_nothing(context)
    yield from _nothing_cuts_over(context)
    yield from _own_tranche(context)
    yield from _held_for_no_site(context)


def _delivered_nowhere(context: ReviewContext) -> Iterator[Finding]:
    """A list of sites that is empty; a selector that matches none is found among the selectors."""
    for number, service in enumerate(context.inventory.services):
        if not isinstance(service.sites, Selector) and not service.sites:
            template = "service {service} is delivered at no site: nothing of it is planned"
            hint = "list its `sites`, or select them"
            yield finding("WP117", template, {"service": service.id}, ("services", number), (service.id,), hint)


def _resolved_to_nothing(context: ReviewContext) -> Iterator[Finding]:
    found: dict[Path, tuple[str, list[Item]]] = {}
    for item in context.items.planned:
        for number, dependency in enumerate(item.entry.depends_on):
            service = dependency.service
            known = any(each.kind == "service" for each in context.items.named(service or ""))
            if service and known and not context.items.providers(item, dependency):
                path = (*item.where("depends_on"), number)
                found.setdefault(path, (service, []))[1].append(item)
    for path, (service, items) in found.items():
        values = {"service": service, "items": listed([item.id for item in items]), "count": len(items)}
        template = "the dependency on service {service} binds nothing where it is not delivered ({count}): {items}"
        hint = "add these sites to {service}, or give the dependency `all_sites: true`"
        yield finding("WP131", template, values, path, (service, *(item.id for item in items)), hint)


def _nothing_cuts_over(context: ReviewContext) -> Iterator[Finding]:
    """Selectors that match something, but nothing that cuts over."""
    inventory = context.inventory
    uses: list[tuple[str, str, Selector, Path]] = []
    for number, transfer in enumerate(inventory.knowledge_transfers):
        name = f"knowledge transfer {transfer.id}"
        uses.append((transfer.id, name, transfer.match, ("knowledge_transfers", number, "match")))
    for number, tranche in enumerate(inventory.tranches):
        uses.append((tranche.id, f"tranche {tranche.id}", tranche.match, ("tranches", number, "match")))
    for number, entry in enumerate(inventory.adoption):
        if entry.match is not None:
            uses.append((entry.id, f"entry of adoption {entry.id}", entry.match, ("adoption", number, "match")))
    for number, pilot in enumerate(inventory.pilots):
        uses.append((pilot.id, f"pilot {pilot.id}", pilot.items, ("pilots", number, "items")))
        if pilot.piloted is not None:
            uses.append((pilot.id, f"pilot {pilot.id} (for)", pilot.piloted, ("pilots", number, "for")))
    for subject, name, selector, path in uses:
        matched = context.matching.select(selector)
        if matched and not any(item.planned for item in matched):
            values = {"of": name, "items": listed([item.id for item in matched])}
            template = "{of} has no effect: nothing that it matches cuts over ({items})"
            hint = "drop it, or let it match something that moves"
            yield finding("WP131", template, values, path, (subject,), hint)


def _own_tranche(context: ReviewContext) -> Iterator[Finding]:
    """An `after` that names a tranche for which none of the entry's items has to wait."""
    tranches = {tranche.id for tranche in context.inventory.tranches}
    asking: dict[tuple[Path, str], list[Item]] = defaultdict(list)
    for item in context.items.planned:
        for awaited in item.entry.after:
            if awaited in tranches:
                asking[item.where("after"), awaited].append(item)
    for (path, awaited), items in asking.items():
        entry = items[0].entry.id
        values = {"of": entry, "tranche": awaited}
        alike = [item for item in context.items.named(entry) if item.kind == items[0].kind]
        own = [item for item in alike if item.planned and item.tranche == awaited]
        if all(item.tranche == awaited for item in items):
            template = "after {tranche} has no effect on {of}: all of it is in that tranche, and never waits for it"
        elif items[0].kind == "service" and not own:
            template = "after {tranche} has no effect on service {of}: it waits for its own items, none is in {tranche}"
        else:
            continue
        hint = "drop it, or name another tranche"
        yield finding("WP131", template, values, path, (entry, awaited), hint)


def _held_for_no_site(context: ReviewContext) -> Iterator[Finding]:
    for number, transfer in enumerate(context.inventory.knowledge_transfers):
        if transfer.per == "site":
            matched = [item for item in context.matching.select(transfer.match) if item.planned]
            homeless = [item.id for item in matched if not item.values("site")]
            if homeless:
                values = {"transfer": transfer.id, "count": len(homeless), "items": listed(homeless)}
                template = "knowledge transfer {transfer} is held by site, and not for what has none ({count}): {items}"
                hint = "hold it `per: item`, or once for all (`per: match`)"
                path = ("knowledge_transfers", number, "per")
                yield finding("WP131", template, values, path, (transfer.id, *homeless), hint)
