"""WP321: no wave holds more of what a rule matches than the rule allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from waveplan.checking.facts import Facts
from waveplan.checking.placed import PlacedWave
from waveplan.checking.wording import finding
from waveplan.domain.findings import Finding
from waveplan.domain.inventory import Server
from waveplan.domain.items import Item
from waveplan.domain.policy import Rule
from waveplan.domain.selectors import Selector

CODE = "WP321"
_COUNTED = ("servers", "applications", "lots", "sites", "users")


def check_max_per_wave(facts: Facts) -> Iterator[Finding]:
    """One finding for each rule, wave and count that is exceeded."""
    for rule in facts.inventory.rules:
        if rule.max_per_wave is None or rule.match is None:
            continue
        matched = {item.id for item in facts.items.select(rule.match)}
        for wave in facts.waves:
            items = [item for item in wave.items if item.id in matched]
            if items:
                yield from _over(facts, rule, wave, items)


def _over(facts: Facts, rule: Rule, wave: PlacedWave, items: list[Item]) -> Iterator[Finding]:
    assert rule.match is not None
    used = {
        "servers": len(_servers(facts, rule.match, items)),
        "applications": sum(item.kind == "application" for item in items),
        "lots": len({facts.lot_of[item.id].items[0].id for item in items}),
        "sites": len({site for item in items for site in item.counted_sites}),
        "users": sum(
            facts.items.sites[site].total_users
            for site in sorted({site for item in items for site in item.counted_user_sites})
        ),
    }
    for name in _COUNTED:
        limit = getattr(rule.max_per_wave, name)
        if limit is not None and used[name] > limit:
            yield finding(
                CODE,
                "{wave}: {name} {used} of {limit} under rule {rule}",
                {"wave": wave.name, "name": name, "used": used[name], "limit": limit, "rule": rule.id},
                subjects=(wave.id, rule.id, name),
                path=wave.path,
                hint="move a lot that the rule matches to another wave",
            )


def _servers(facts: Facts, selector: Selector, items: list[Item]) -> set[str]:
    """Servers of matched items; under a selector that names servers, those with which alone their item matches."""
    if not selector.names_servers:
        return {server.id for item in items for server in item.servers}
    return {server.id for item in items for server in item.servers if selector.matches(_with_only(item, server))}


def _with_only(item: Item, server: Server) -> Item:
    moves = tuple(move for move in item.moves if move.server is server)
    return replace(item, servers=(server,), stands={server.id: item.stands[server.id]}, moves=moves)
