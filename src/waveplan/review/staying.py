"""What stays while others move: on closing sites (WP114), crossings (WP128), retirement (WP129), ties (WP205/206)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.dependency_graph import Arc
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.domain.sites import Site
from waveplan.domain.staying import Stays
from waveplan.review.context import ReviewContext
from waveplan.review.wording import finding, listed, plain


def staying(context: ReviewContext) -> Iterator[Finding]:
    """Everything about retained, retired and taken-over items."""
    yield from _on_closing_sites(context)
    ties: dict[str, list[Arc]] = {item.id: [] for item in context.items if not item.planned}
    for arc in context.graph.arcs if ties else ():
        for end in (arc.consumer, arc.provider):
            if end in ties:
                ties[end].append(arc)
    for item in context.items:
        if not item.planned:
            yield from _retired(context, item)
            yield from _hard_ties(context, item, ties[item.id])
            yield from _crossings(context, item, ties[item.id])
    yield from _shared_servers(context)
    yield from _split_clusters(context)


def _on_closing_sites(context: ReviewContext) -> Iterator[Finding]:
    """WP114: an item, or servers of a site that host nothing, that are there for good while the site must be empty."""
    stays, closing = Stays(context.items), [site for site in context.inventory.sites if site.exit_by]
    kept: dict[str, list[Site]] = defaultdict(list)
    for site in closing:
        for name in stays.at(site.id).items:
            kept[name].append(site)
    for item in context.items:
        if item.id in kept:
            yield _kept(item, kept[item.id])
    for site in closing:
        servers = stays.at(site.id).servers
        if servers:
            yield _bare(context, site, servers)


def _kept(item: Item, sites: list[Site]) -> Finding:
    names = [site.id for site in sites]
    values = {
        "item": item.id,
        "strategy": item.strategy,
        "site": listed(names),
        "exit_by": ", ".join(f"{site.exit_by:%Y-%m-%d}" for site in sites),
    }
    template = "{item} stays at {site} (strategy {strategy}), which must be empty by {exit_by}"
    hint = "give {item} a strategy that moves or retires it, or take exit_by from {site}"
    if item.moves_servers:
        template = "{item} is brought to {site} (strategy {strategy}) and stays there, which must be empty by {exit_by}"
        hint = "give {item} another target, or take exit_by from {site}"
    return finding("WP114", template, values, item.where("strategy"), (item.id, *names), hint)


def _bare(context: ReviewContext, site: Site, servers: tuple[str, ...]) -> Finding:
    assert site.exit_by is not None
    values = {
        "site": site.id,
        "exit_by": site.exit_by.isoformat(),
        "servers": listed(servers),
        "count": len(servers),
        "one": servers[0],
    }
    template = (
        "servers stay at {site}, which must be empty by {exit_by}: no application moves them ({count}): {servers}"
    )
    if len(servers) == 1:
        template = "server {one} stays at {site}, which must be empty by {exit_by}: no application moves it"
    hint = (
        "say that it goes (`{{id: {one}, …, retire: true}}`), name it under `servers` of an application, "
        "or take exit_by from {site}"
    )
    return finding("WP114", template, values, context.server_paths[servers[0]], (site.id, *servers), hint)


def _retired(context: ReviewContext, item: Item) -> Iterator[Finding]:
    if item.strategy != "retire":
        return
    consumers = context.graph.direct_consumers[item.id]
    keepers = [name for name in consumers if context.items[name].strategy == "retain"]
    if keepers:
        values = {"item": item.id, "consumers": listed(keepers), "count": len(keepers)}
        template = "{item} is to be retired, but {consumers} stays and depends on it"
        if len(keepers) > 1:
            template = "{item} is to be retired, but {count} that stay depend on it: {consumers}"
        hint = "retain {item}, retire its consumers too, or take the dependency out"
        yield finding("WP129", template, values, (*item.path, "strategy"), (item.id, *keepers), hint)


def _hard_ties(context: ReviewContext, item: Item, arcs: list[Arc]) -> Iterator[Finding]:
    hard = [arc for arc in arcs if arc.entry.coupling == "hard" and _other(context, item, arc).planned]
    if hard:
        others = list(dict.fromkeys(_other(context, item, arc).id for arc in hard))
        values = {"item": item.id, "strategy": item.strategy, "others": listed(others)}
        template = "{others} must cut over together with {item}, which never does (strategy {strategy})"
        hint = "give the dependency `coupling: soft`, or {item} another strategy"
        yield finding("WP205", template, values, (*hard[0].path, "coupling"), (item.id, *others), hint)


def _crossings(context: ReviewContext, item: Item, arcs: list[Arc]) -> Iterator[Finding]:
    """Soft ties between a retained item and items that leave: told once, at the retained one."""
    if item.strategy != "retain":
        return
    soft = [arc for arc in arcs if arc.entry.coupling == "soft" and _leaves(item, _other(context, item, arc))]
    if soft:
        others = list(dict.fromkeys(_other(context, item, arc).id for arc in soft))
        weight = sum(arc.entry.weight for arc in soft)
        values = {"item": item.id, "others": listed(others), "count": len(soft), "weight": plain(weight)}
        template = (
            "{item} stays while {others} moves: their tie crosses for good (weight {weight} a day)"
            if len(soft) == 1
            else "{item} stays while {others} move: {count} ties cross for good (weight {weight} a day)"
        )
        hint = "move {item} too, retire it, or accept the crossing with an entry in ignore"
        path = soft[0].path if len(soft) == 1 else (*item.path, "strategy")
        yield finding("WP128", template, values, path, (item.id, *others), hint)


def _other(context: ReviewContext, item: Item, arc: Arc) -> Item:
    return context.items[arc.provider if arc.consumer == item.id else arc.consumer]


def _leaves(stays: Item, mover: Item) -> bool:
    """Whether an item ends up elsewhere than what stays: not when it moves to where that one already stands."""
    if not (mover.planned and (mover.moves_servers or mover.strategy == "repurchase")):
        return False
    return not (mover.target_sites and set(mover.target_sites) <= set(stays.source_sites))


def _shared_servers(context: ReviewContext) -> Iterator[Finding]:
    for name in sorted(context.items.moving_servers):
        hosted = context.hosted[name]
        if len(hosted) == 1:
            continue
        keepers = [item.id for item in hosted if item.strategy == "retain"]
        movers = [item.id for item in hosted if item.planned and item.moves_servers]
        if keepers:
            values = {"server": name, "movers": listed(movers), "keepers": listed(keepers)}
            template = "server {server} moves with {movers} but also hosts {keepers}, which stays"
            hint = "move {keepers} too, retain {movers}, or separate them onto two servers"
            path = context.server_paths[name]
            yield finding("WP206", template, values, path, (name, *keepers, *movers), hint)


def _split_clusters(context: ReviewContext) -> Iterator[Finding]:
    """Clusters of which a part moves and a part hosts only what stays: they could not move together."""
    moving: dict[str, list[str]] = defaultdict(list)
    fixed: dict[str, list[str]] = defaultdict(list)
    for name, items in sorted(context.hosted.items()):
        for cluster in context.items.servers[name].cluster:
            if name in context.items.moving_servers:
                moving[cluster].append(name)
            elif all(item.strategy == "retain" for item in items):
                fixed[cluster].append(name)
    for cluster in sorted(moving.keys() & fixed.keys()):
        values = {"cluster": cluster, "moving": listed(moving[cluster]), "fixed": listed(fixed[cluster])}
        template = "servers of cluster {cluster} move together, but {moving} moves and {fixed} hosts only what stays"
        hint = "move what {fixed} hosts too, or take {fixed} out of the cluster"
        path = (*context.server_paths[fixed[cluster][0]], "cluster")
        subjects = (cluster, *moving[cluster], *fixed[cluster])
        yield finding("WP206", template, values, path, subjects, hint)
