"""What a scenario costs: the costs that the inventory gives, of the things that the plan makes use of.

`once` is paid on the way, `per_month` is what runs when all is done:

- a site costs once when something leaves it, goes to it or is put into service there; each month when a server stands
  there at the end, or when it never was a place to host (an office, a plant);
- a link costs once when both of its sites are in use at the start or at the end; each month when both are at the end.
  In use is a site where a server stands, where users are or a service is given, or that never was a place to host;
- people cost once: the person-days that the plan has of each team with a day rate, times that rate;
- servers, applications and services cost once in any case; each month unless they are retired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from waveplan.assessment.placement import PlacedPlan
from waveplan.domain.figures import COSTED, Money
from waveplan.domain.parts import Costs
from waveplan.domain.sites import Site


def costs_of(placement: PlacedPlan) -> dict[str, Money]:
    """Costs by kind of thing; only kinds for which the inventory gives any."""
    inventory, use = placement.inventory, _CostUse(placement)
    counted = {
        "sites": [_part(site.costs, site.id in use.touched, use.runs_after(site)) for site in inventory.sites],
        "links": [
            _part(link.costs, use.links_once(link.between), use.links_after(link.between)) for link in inventory.links
        ],
        "servers": [_part(server.costs, True, server.id not in use.retired_servers) for server in inventory.servers],
        "applications": [_part(each.costs, True, each.strategy != "retire") for each in inventory.applications],
        "services": [_part(each.costs, True, True) for each in inventory.services],
        "people": list(_people(placement)),
    }
    given = {kind for kind in COSTED if kind != "people" and any(each.costs for each in getattr(inventory, kind))}
    given |= {"people"} if any(team.day_rate is not None for team in inventory.teams) else set()
    return {kind: _sum(counted[kind]) for kind in COSTED if kind in given}


def _people(placement: PlacedPlan) -> Iterator[Money]:
    """Person-days of all work, adoption and knowledge transfer too, as the plan has them by week, at day rates."""
    for team in placement.inventory.teams:
        if team.day_rate is not None and team.id in placement.loads:
            days = sum((week.used for week in placement.loads[team.id].weeks.values()), Decimal(0))
            yield Money(once=(days * team.day_rate).quantize(Decimal("0.01")))


def _part(costs: Costs | None, once: bool, monthly: bool) -> Money:
    if costs is None:
        return Money()
    return Money(costs.once if once else Money().once, costs.per_month if monthly else Money().per_month)


def _sum(parts: Iterable[Money]) -> Money:
    total = Money()
    for part in parts:
        total = Money(total.once + part.once, total.per_month + part.per_month)
    return total


class _CostUse:
    """Which sites are in use before, on the way and at the end."""

    def __init__(self, placement: PlacedPlan) -> None:
        self._placement = placement
        moves = (move for lot in placement.lots for move in lot.moves)
        self._moves = [(move, move.target) for move in moves if move.target is not None]

    @cached_property
    def touched(self) -> frozenset[str]:
        """Sites that something leaves, goes to, or where it is put into service."""
        moved = {site for move, target in self._moves for site in (move.origin, target)}
        served = {item.service_site for lot in self._placement.lots for item in lot.items if item.service_site}
        return frozenset({*moved, *served})

    @cached_property
    def retired_servers(self) -> frozenset[str]:
        """Servers on which nothing is left but what is retired, or that are retired themselves."""
        hosted: dict[str, set[bool]] = {}
        for item in self._placement.items:
            for server in item.servers:
                hosted.setdefault(server.id, set()).add(item.strategy == "retire")
        bare = frozenset(server.id for server in self._placement.items.retired_servers.values())
        return bare | frozenset(server for server, retired in hosted.items() if retired == {True})

    @cached_property
    def _hosting_before(self) -> frozenset[str]:
        return frozenset(server.site for server in self._placement.inventory.servers)

    @cached_property
    def _hosting_after(self) -> frozenset[str]:
        place = {server.id: server.site for server in self._placement.inventory.servers}
        place |= {move.server.id: target for move, target in self._moves}
        return frozenset(site for server, site in place.items() if server not in self.retired_servers)

    @cached_property
    def _serving(self) -> frozenset[str]:
        """Sites where users are or services are given, hosting or not."""
        items = list(self._placement.items)
        return frozenset({site for item in items for site in item.counted_user_sites})

    def runs_after(self, site: Site) -> bool:
        """Whether a site still has what its monthly costs are for: servers, unless it never was there to host."""
        return site.id in self._hosting_after or self._never_hosts(site)

    def _never_hosts(self, site: Site) -> bool:
        return site.id not in self._hosting_before and not {"source", "target"} & set(site.roles)

    def _in_use_after(self, site: Site) -> bool:
        return self.runs_after(site) or site.id in self._serving

    def links_once(self, between: Iterable[str]) -> bool:
        """Whether both sites are in use at the start or at the end."""
        return all(site.id in self._hosting_before or self._in_use_after(site) for site in self._known(between))

    def links_after(self, between: Iterable[str]) -> bool:
        """Whether both sites are in use at the end."""
        return all(self._in_use_after(site) for site in self._known(between))

    def _known(self, sites: Iterable[str]) -> list[Site]:
        return [self._placement.items.sites[site] for site in sites if site in self._placement.items.sites]
