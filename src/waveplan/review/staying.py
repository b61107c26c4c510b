"""What stays while others move: on closing sites (WP114), crossings (WP128), retirement (WP129), ties (WP205/206)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from waveplan.dependency_graph import Arc
from waveplan.domain.findings import Finding
from waveplan.domain.items import Item
from waveplan.review.context import Context
from waveplan.review.wording import finding, listed, plain


def staying(context: Context) -> Iterator[Finding]:
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


def _on_closing_sites(context: Context) -> Iterator[Finding]:
    closing = {site.id: site.exit_by for site in context.inventory.sites if site.exit_by}
    for item in context.items:
        sites = [site for site in item.source_sites if site in closing]
        if sites and item.strategy in {"retain", "takeover"}:
            values = {
                "item": item.id,
                "strategy": item.strategy,
                "site": listed(sites),
                "exit_by": ", ".join(f"{closing[site]:%Y-%m-%d}" for site in sites),
            }
            template = "{item} stays at {site} (strategy {strategy}), which must be empty by {exit_by}"
            hint = "give {item} a strategy that moves or retires it, or take exit_by from {site}"
            yield finding("WP114", template, values, (*item.path, "strategy"), (item.id, *sites), hint, values)


def _retired(context: Context, item: Item) -> Iterator[Finding]:
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
        yield finding("WP129", template, values, (*item.path, "strategy"), (item.id, *keepers), hint, values)


def _hard_ties(context: Context, item: Item, arcs: list[Arc]) -> Iterator[Finding]:
    hard = [arc for arc in arcs if arc.entry.coupling == "hard" and _other(context, item, arc).planned]
    if hard:
        others = list(dict.fromkeys(_other(context, item, arc).id for arc in hard))
        values = {"item": item.id, "strategy": item.strategy, "others": listed(others)}
        template = "{others} must cut over together with {item}, which never does (strategy {strategy})"
        hint = "give the dependency `coupling: soft`, or {item} another strategy"
        yield finding("WP205", template, values, (*hard[0].path, "coupling"), (item.id, *others), hint, values)


def _crossings(context: Context, item: Item, arcs: list[Arc]) -> Iterator[Finding]:
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
        yield finding("WP128", template, values, path, (item.id, *others), hint, values)


def _other(context: Context, item: Item, arc: Arc) -> Item:
    return context.items[arc.provider if arc.consumer == item.id else arc.consumer]


def _leaves(stays: Item, mover: Item) -> bool:
    """Whether an item ends up elsewhere than what stays: not when it moves to where that one already stands."""
    if not (mover.planned and (mover.moves_servers or mover.strategy == "repurchase")):
        return False
    return not (mover.target_sites and set(mover.target_sites) <= set(stays.source_sites))


def _shared_servers(context: Context) -> Iterator[Finding]:
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
            yield finding("WP206", template, values, path, (name, *keepers, *movers), hint, values)


def _split_clusters(context: Context) -> Iterator[Finding]:
    """Clusters of which a part moves and a part hosts only what stays: they could not move together."""
    moving: dict[str, list[str]] = defaultdict(list)
    fixed: dict[str, list[str]] = defaultdict(list)
    for name, items in sorted(context.hosted.items()):
        cluster = context.items.servers[name].cluster
        if cluster and name in context.items.moving_servers:
            moving[cluster].append(name)
        elif cluster and all(item.strategy == "retain" for item in items):
            fixed[cluster].append(name)
    for cluster in sorted(moving.keys() & fixed.keys()):
        values = {"cluster": cluster, "moving": listed(moving[cluster]), "fixed": listed(fixed[cluster])}
        template = "servers of cluster {cluster} move together, but {moving} moves and {fixed} hosts only what stays"
        hint = "move what {fixed} hosts too, or take {fixed} out of the cluster"
        path = (*context.server_paths[fixed[cluster][0]], "cluster")
        subjects = (cluster, *moving[cluster], *fixed[cluster])
        yield finding("WP206", template, values, path, subjects, hint, values)
