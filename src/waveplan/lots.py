"""Lots: what must cut over together, and why."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from waveplan.dependency_graph import loose_circles
from waveplan.domain.identifiers import ItemId, LotId, StreamId
from waveplan.domain.items import Item, Items, Move
from waveplan.domain.parts import CRITICALITIES, Criticality
from waveplan.domain.plan_lots import Tie
from waveplan.domain.servers import Server, together_gigabytes

SitePair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Lot:
    """The indivisible set of items that cut over together, and its numbers.

    Servers, sites and users are unions, counted once; effort, crew and transfer are sums; on-call is per team the
    largest of its items'; hours are the longest; criticality is the highest. Hours and person-days are exact.
    """

    id: LotId
    items: tuple[Item, ...]  # in order of id
    ties: tuple[Tie, ...]

    @cached_property
    def stream(self) -> StreamId:
        """Its stream; validation refuses lots that mix them."""
        return self.items[0].stream

    @cached_property
    def tranche(self) -> str | None:
        """The tranche of its items that have one; validation refuses lots that mix them."""
        return next((item.tranche for item in self.items if item.tranche), None)

    @cached_property
    def servers(self) -> tuple[Server, ...]:
        """Servers of its items, in order of id."""
        found = {server.id: server for item in self.items for server in item.servers}
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """What its items move, each server once, in order of id."""
        found = {move.server.id: move for item in self.items for move in item.moves}
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def moving(self) -> frozenset[str]:
        """Ids of the servers that it moves."""
        return frozenset(move.server.id for move in self.moves)

    @cached_property
    def moving_servers(self) -> tuple[Server, ...]:
        """Those of its servers that go to a target."""
        return tuple(move.server for move in self.moves)

    @cached_property
    def criticality(self) -> Criticality:
        """The highest of its items'."""
        return min((item.entry.criticality for item in self.items), key=CRITICALITIES.index)

    @cached_property
    def hypercare_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.hypercare_hours for item in self.items)

    @cached_property
    def cutover_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.entry.cutover_hours for item in self.items)

    @cached_property
    def test_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.entry.test_hours for item in self.items)

    @cached_property
    def rollback_hours(self) -> Decimal:
        """The longest of its items'."""
        return max(item.entry.rollback_hours for item in self.items)

    @cached_property
    def effort(self) -> Mapping[str, Decimal]:
        """Person-days of preparation by team; teams with none are left out."""
        total: dict[str, Decimal] = defaultdict(Decimal)
        for item in self.items:
            for team, days in item.effort.items():
                total[team] += days
        return {team: total[team] for team in sorted(total) if total[team]}

    @cached_property
    def crew(self) -> Mapping[str, int]:
        """People in the window by team."""
        total: dict[str, int] = defaultdict(int)
        for item in self.items:
            for team, people in item.entry.crew.items():
                total[team] += people
        return {team: total[team] for team in sorted(total) if total[team]}

    @cached_property
    def on_call(self) -> Mapping[str, int]:
        """People through hypercare by team: the largest of its items'."""
        most: dict[str, int] = defaultdict(int)
        for item in self.items:
            for team, people in item.entry.on_call.items():
                most[team] = max(most[team], people)
        return {team: most[team] for team in sorted(most) if most[team]}

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Source, target and service sites."""
        return tuple(sorted({place for item in self.items for place in item.places}))

    @cached_property
    def counted_sites(self) -> tuple[str, ...]:
        """Source and service sites: what a wave's sites count."""
        return tuple(sorted({site for item in self.items for site in item.counted_sites}))

    @cached_property
    def user_sites(self) -> tuple[str, ...]:
        """Service and user sites, whose users a wave counts."""
        return tuple(sorted({site for item in self.items for site in item.counted_user_sites}))

    @cached_property
    def source_sites(self) -> tuple[str, ...]:
        """Sites that its items leave."""
        return tuple(sorted({site for item in self.items for site in item.source_sites}))

    @cached_property
    def zones(self) -> tuple[str | None, ...]:
        """Time zones of its source and service sites; None stands for the programme's."""
        found = {item.sites[site].timezone for item in self.items for site in item.counted_sites}
        return tuple(sorted(found, key=lambda zone: zone or ""))

    @property
    def zone(self) -> str | None:
        """The zone in which it keeps its own hours; None for the programme's."""
        return self.zones[0] if self.zones else None

    @cached_property
    def transport_hours(self) -> Decimal:
        """The longest transport of its shipped servers."""
        shipped = (s.transport_hours or Decimal(0) for s in self.moving_servers if s.method == "ship")
        return max(shipped, default=Decimal(0))

    @cached_property
    def transfers(self) -> Mapping[SitePair, Decimal]:
        """GB that cross between each pair of sites (sorted ids)."""
        sending: dict[SitePair, list[Server]] = defaultdict(list)
        for move in self.moves:
            if move.target and move.server.gigabytes:
                sending[site_pair(move.origin, move.target)].append(move.server)
        return {pair: together_gigabytes(servers) for pair, servers in sorted(sending.items())}

    @cached_property
    def transfer_gb(self) -> Decimal:
        """GB that its servers transfer, each server and each disk once."""
        return together_gigabytes(self.moving_servers)


def site_pair(one: str, other: str) -> SitePair:
    """Two sites in order of id: links know no direction."""
    return (one, other) if one <= other else (other, one)


class Lots:
    """All lots of an inventory, in order of their first item's id."""

    def __init__(self, lots: Iterable[Lot], items: Items) -> None:
        self.items = items
        self._lots = tuple(lots)
        self._by_item = {item.id: lot for lot in self._lots for item in lot.items}
        self.by_id = {lot.id: lot for lot in self._lots}

    def __iter__(self) -> Iterator[Lot]:
        return iter(self._lots)

    def __len__(self) -> int:
        return len(self._lots)

    def of(self, item: str) -> Lot | None:
        """The lot of an item; none for what is retained, retired or unknown."""
        return self._by_item.get(ItemId(item))

    def reason(self, tie: Tie) -> str | None:
        """What the inventory says about a tie: the reasons of the dependencies, or of the rule, that make it."""
        if tie.tie == "together rule":
            rules = self.items.inventory.rules
            return next((rule.reason for rule in rules if rule.id == tie.rule and rule.reason), None)
        if tie.tie != "hard dependency":
            return None
        consumer, provider = self.items[tie.of[0]], tie.of[1]
        told = [
            dependency.reason
            for dependency in consumer.entry.depends_on
            if dependency.coupling == "hard" and dependency.reason
            if any(each.id == provider for each in self.items.providers(consumer, dependency))
        ]
        return "; ".join(dict.fromkeys(told)) or None

    def why(self, first: str, second: str) -> Chain | None:
        """The shortest chain of ties between two items of one lot; None when they are not in one."""
        lot = self.of(first)
        if lot is None or lot is not self.of(second):
            return None
        return shortest_chain(lot.ties, first, second)


Chain = list[tuple[str, Tie, str]]  # an item, the tie that leads on from it, the next item

_MOST_STEPS = 100_000  # of all chains together: in a lot of thousands in a row they would be millions


@dataclass(frozen=True, slots=True)
class Chains:
    """The shortest chains of ties from one item to others, in the others' order.

    `further` counts those that were left out, since all together would be too long; the nearest are there.
    """

    shown: tuple[Chain, ...]
    further: int = 0
    furthest: str = ""


def shortest_chain(ties: Iterable[Tie], first: str, second: str) -> Chain:
    """The fewest ties that lead from one item to another; both belong to the lot of these ties."""
    return _walked_back(_reached(ties, first, second), first, second)


def chains_from(ties: Iterable[Tie], first: str, others: Sequence[str]) -> Chains:
    """The shortest chain to each of some items of one lot: one walk for all of them."""
    came = _reached(ties, first)
    depth = {first: 0}
    for item, (before, _) in came.items():  # in the order in which they were reached
        depth[item] = depth[before] + 1
    nearest = sorted(others, key=lambda item: depth[item])
    kept: set[str] = set()
    steps = 0
    for item in nearest:
        steps += depth[item]
        if steps > _MOST_STEPS:
            break
        kept.add(item)
    shown = tuple(_walked_back(came, first, item) for item in others if item in kept)
    return Chains(shown, len(others) - len(shown), nearest[-1] if nearest else "")


def _reached(ties: Iterable[Tie], first: str, until: str | None = None) -> dict[str, tuple[str, Tie]]:
    """By item, from which other item and by which tie it was reached first."""
    around: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        for item in tie.of:
            around[item].append(tie)
    came: dict[str, tuple[str, Tie]] = {}
    passed: set[int] = set()  # ties of many items are walked once, not once for each of them
    queue = deque([first])
    while queue and until not in came:
        item = queue.popleft()
        for tie in around[item]:
            if id(tie) in passed:
                continue
            passed.add(id(tie))
            for other in tie.of:
                if other != first and other not in came:
                    came[other] = (item, tie)
                    queue.append(other)
    return came


def _walked_back(came: Mapping[str, tuple[str, Tie]], first: str, second: str) -> Chain:
    chain: Chain = []
    step = second
    while step != first:
        before, tie = came[step]
        chain.append((before, tie, step))
        step = before
    return chain[::-1]


def form_lots(items: Items, done: Mapping[str, str] | None = None) -> Lots:
    """Group planned items that share a server, a cluster, a disk, a hard tie or a `together` rule.

    Circles of orders among such groups are one lot too, where the inventory wants that.

    Ties cannot join what is `done`, in some place by item, with what is done elsewhere or still free.
    """
    ties = _unique(_within(_ties(items), done) if done else _ties(items))
    leader = _leaders(items, ties)
    if items.inventory.dependencies.cycles == "join":
        circles = [Tie(tie="order circle", of=circle) for circle in loose_circles(items, leader)]
        ties += _unique(_within(circles, done) if done else circles)
        leader = _leaders(items, ties)
    members: dict[str, list[Item]] = defaultdict(list)
    for item in items.planned:
        members[leader[item.id]].append(item)
    causes: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        causes[leader[tie.of[0]]].append(tie)
    lots = [_lot(group, causes[name]) for name, group in members.items()]
    return Lots(sorted(lots, key=lambda lot: lot.items[0].id), items)


def _lot(group: list[Item], ties: list[Tie]) -> Lot:
    ordered = tuple(sorted(group, key=lambda item: item.id))
    return Lot(lot_id([item.id for item in ordered]), ordered, tuple(ties))


def lot_id(items: Iterable[str]) -> LotId:
    """A readable head and a hash of the set: the same set keeps its id when other things change."""
    ordered = sorted(items)
    digest = hashlib.sha256("\n".join(ordered).encode()).hexdigest()[:4]
    return LotId(f"{ordered[0]}-{digest}")


def _ties(items: Items) -> Iterator[Tie]:
    by_server: dict[str, list[str]] = defaultdict(list)
    by_cluster: dict[str, set[str]] = defaultdict(set)
    by_disk: dict[str, set[str]] = defaultdict(set)
    for item in items.planned:
        for server in item.servers if item.is_first else ():  # a later step joins only where a tie names it
            by_server[server.id].append(item.id)
            for cluster in () if item.batch else server.cluster:
                by_cluster[cluster].add(item.id)
            for disk in server.shared_disks:
                by_disk[disk.id].add(item.id)
    for name, hosted in sorted(by_server.items()):
        if len(hosted) > 1:
            yield Tie(tie="shared server", of=sorted(hosted), server=name)
    for name, held in sorted(by_cluster.items()):
        yield Tie(tie="cluster", of=sorted(held), cluster=name)
    for name, held in sorted(by_disk.items()):
        yield Tie(tie="shared disk", of=sorted(held), disk=name)
    for item in items.planned:
        for dependency in item.entry.depends_on:
            for provider in items.providers(item, dependency) if dependency.coupling == "hard" else ():
                if provider.planned and provider is not item and not (item.batch or provider.batch):
                    yield Tie(tie="hard dependency", of=[item.id, provider.id])
    yield from _rule_ties(items)


def _within(ties: Iterable[Tie], done: Mapping[str, str]) -> Iterator[Tie]:
    """Each tie in as many parts as its items stand in places; what is free is one more place."""
    for tie in ties:
        parts: dict[str | None, list[str]] = defaultdict(list)
        for item in tie.of:
            parts[done.get(item)].append(item)
        yield from (tie.model_copy(update={"of": part}) for part in parts.values())


def _rule_ties(items: Items) -> Iterator[Tie]:
    for rule in items.inventory.rules:
        if rule.together is None:
            continue
        groups: dict[str, set[str]] = defaultdict(set)
        for item in items.planned:
            if rule.together.matches(item):
                for value in item.values(rule.by) if rule.by else ("",):
                    groups[value].add(item.id)
        for _, group in sorted(groups.items()):
            yield Tie(tie="together rule", of=sorted(group), rule=rule.id)


def _unique(ties: Iterable[Tie]) -> list[Tie]:
    seen: set[tuple[object, ...]] = set()
    found = []
    for tie in ties:
        key = (tie.tie, tuple(tie.of), tie.server, tie.cluster, tie.disk, tie.rule)
        if len(set(tie.of)) > 1 and key not in seen:
            seen.add(key)
            found.append(tie)
    return found


def _leaders(items: Items, ties: Iterable[Tie]) -> dict[str, str]:
    parent: dict[str, str] = {item.id: item.id for item in items.planned}

    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for tie in ties:
        head = find(tie.of[0])
        for other in tie.of[1:]:
            parent[find(other)] = head
    return {name: find(name) for name in parent}
