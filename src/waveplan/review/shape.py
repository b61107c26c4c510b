"""The shape of the graph: single points that many depend on (WP214), what hangs on nothing (WP215), nothing (WP126)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.dependency_graph import SinglePoint, single_points
from waveplan.domain.findings import Finding
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed

LEAST_DEPENDANTS = 5
"""A single point has at least so many dependants, and at least half of all other applications."""

_TOLD_ONE_BY_ONE = 5  # where everything hangs together, a finding for each would drown the others …
_HUB_SHARE = 5  # … and only what a fifth of all others depend on directly stands out


def shape(context: ReviewContext) -> Iterator[Finding]:
    """Nothing to plan at all; else single points, then isolated applications, then idle servers."""
    yield from _nothing_planned(context)
    yield from _single_points(context)
    yield from _isolated(context)
    yield from _idle_servers(context)


def _nothing_planned(context: ReviewContext) -> Iterator[Finding]:
    applications = context.inventory.applications
    goes = any(item.planned or item.strategy == "retire" for item in context.items) or context.items.retired_servers
    if applications and not goes and not context.inventory.services:
        values = {"count": len(applications)}
        template = "nothing to plan: all applications are retained ({count})"
        hint = "give those that move another strategy"
        yield finding("WP126", template, values, ("applications",), (), hint)


def _single_points(context: ReviewContext) -> Iterator[Finding]:
    others = len(context.items) - 1
    points = single_points(context.graph, max(LEAST_DEPENDANTS, -(-others // 2)))
    told = points
    if len(points) > _TOLD_ONE_BY_ONE:
        told = [point for point in points if point.direct * _HUB_SHARE >= others][:_TOLD_ONE_BY_ONE]
    for point in told:
        yield _single_point(context, point, others)
    rest = [point.item for point in points if point not in told]
    if rest:
        values = {"count": len(rest), "items": listed(rest)}
        template = "half or more of all others depend on each of {count} applications: {items}"
        hint = "so much hangs together that no one of them stands out; ask which of these dependencies are real"
        yield finding("WP214", template, values, context.items[rest[0]].path, rest, hint)


def _single_point(context: ReviewContext, point: SinglePoint, others: int) -> Finding:
    values = {
        "item": point.item,
        "total": point.total,
        "others": others,
        "direct": point.direct,
        "rests_on": listed(point.rests_on),
    }
    template = "{total} of {others} others depend on {item} ({direct} directly)"
    if point.rests_on:
        template = "{total} of {others} others depend on {item} ({direct} directly), which itself rests on {rests_on}"
    hint = (
        "plan its fallback and rehearse its cutover, "
        "or accept it with `ignore: [{{code: WP214, where: {item}, reason: …}}]`"
    )
    subjects = (point.item, *point.rests_on)
    return finding("WP214", template, values, context.items[point.item].path, subjects, hint)


def _isolated(context: ReviewContext) -> Iterator[Finding]:
    if not context.graph.arcs:  # nobody has recorded dependencies yet: nothing is more isolated than the rest
        return
    applications = [item for item in context.items.planned if item.kind == "application" and item.is_first]
    alone = [
        item
        for item in applications
        if not context.graph.arcs_to_providers[item.id]
        and not context.graph.arcs_to_consumers[item.id]
        and not any(len(context.hosted[server.id]) > 1 for server in item.servers)
        and ((lot := context.lot_of(item.id)) is None or len(lot.items) == 1)
    ]
    if alone:
        names = [item.id for item in alone]
        values = {"count": len(names), "all": len(applications), "items": listed(names)}
        template = "nothing depends on {count} of {all} applications, nor they on anything: {items}"
        hint = "ask their owners; a dependency that nobody wrote down shows on the day of the cutover"
        yield finding("WP215", template, values, alone[0].path, names, hint)


def _idle_servers(context: ReviewContext) -> Iterator[Finding]:
    """Servers without applications; where a site must be empty they are no warning but an error (WP114)."""
    idle: dict[str, list[str]] = defaultdict(list)
    for server in context.items.idle_servers:
        site = context.items.sites.get(server.site)
        if not server.retire and not (site is not None and site.exit_by):
            idle[server.site].append(server.id)
    for name, servers in sorted(idle.items()):
        values = {"count": len(servers), "site": name, "servers": listed(servers)}
        template = "servers of {site} that host no application, so that no wave moves them ({count}): {servers}"
        hint = (
            "name them under `servers` of an application (one of its own if need be), "
            "say that they go (`retire: true`), or take them out"
        )
        yield finding("WP215", template, values, context.server_paths[servers[0]], (name, *servers), hint)
