"""Where servers go: no target (WP118), no link to it (WP119), or a country where data may not stand (WP133)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.domain.servers import Server, together_gigabytes
from waveplan.lots.lot import site_pair
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed, plain


def targets(context: ReviewContext) -> Iterator[Finding]:
    """Everything about targets of servers that move."""
    yield from _without_target(context)
    yield from _without_link(context)
    for item in context.items.planned:
        yield from _residency(context, item)


def _without_target(context: ReviewContext) -> Iterator[Finding]:
    by_site: dict[str, list[str]] = defaultdict(list)
    for move in context.items.moves:
        if not move.target:
            by_site[move.origin].append(move.server.id)
    for site, names in sorted(by_site.items()):
        values = {"count": len(names), "site": site, "servers": listed(names)}
        template = (
            "server {servers} of {site} moves but has no target"
            if len(names) == 1
            else "{count} servers of {site} move but have no target: {servers}"
        )
        hint = "give each a target, or {site} a target for all of its servers"
        yield finding("WP118", template, values, context.server_paths[names[0]], names, hint)


def _without_link(context: ReviewContext) -> Iterator[Finding]:
    linked = {site_pair(*link.between) for link in context.inventory.links}
    missing: dict[tuple[str, str], list[Server]] = defaultdict(list)
    for move in context.items.moves:
        if move.target and move.target != move.origin and move.server.gigabytes:
            pair = site_pair(move.origin, move.target)
            if pair not in linked:
                missing[pair].append(move.server)
    for (one, other), found in sorted(missing.items()):
        values = {"one": one, "other": other, "count": len(found), "gb": plain(together_gigabytes(found))}
        template = "no link between {one} and {other}: the transfer of {gb} GB is not limited (servers: {count})"
        hint = "add a link `{{between: [{one}, {other}], gbps: …}}`, or give the servers another method"
        yield finding("WP119", template, values, ("links",), (one, other), hint)


def _residency(context: ReviewContext, item: Item) -> Iterator[Finding]:
    allowed = item.entry.allowed_countries
    if allowed is None:
        return
    for name in item.source_sites if item.strategy == "takeover" else item.target_sites:
        site = context.items.sites.get(name)
        if site is not None and site.country not in allowed:
            values = {"item": item.id, "site": name, "country": site.country or "-", "allowed": listed(allowed) or "-"}
            template = "{item} would stand at {site} (country {country}); it may stand in {allowed}"
            hint = (
                "give its servers a target in {allowed}, or correct allowed_countries"
                if site.country
                else "say in which country {site} is"
            )
            yield finding("WP133", template, values, (*item.path, "allowed_countries"), (item.id, name), hint)
