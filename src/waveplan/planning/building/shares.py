"""What of each lot a limit counts: what a selector matches, by the values of an attribute if it counts by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from waveplan.domain.items import Item, Items
from waveplan.domain.parts import Limits, WeekCounts
from waveplan.domain.selectors import Selector
from waveplan.domain.servers import Server, together_gigabytes
from waveplan.domain.subjects import ServerSubject, site_words
from waveplan.engine.problem.limits import Budget
from waveplan.lots.lot import Lot
from waveplan.planning.building.pools import Pools
from waveplan.planning.building.scaling import common_denominator, scaled

Number = int | Decimal


@dataclass(frozen=True, eq=False)
class _OnServer:
    """An item seen on one of its servers: what a count of matching servers asks about."""

    item: Item
    server: Server

    def values(self, attribute: str) -> frozenset[str]:
        head, _, rest = attribute.partition(".")
        if head in {"site", "target"}:
            move = next((move for move in self.item.moves if move.server is self.server), None)
            place = self.item.stands[self.server.id] if head == "site" else move.target if move else None
            return site_words(self.item.sites, (place,) if place else (), rest)
        if head in {"technology", "cluster", "server"}:
            return ServerSubject(self.server, self.item.sites).values(attribute)
        return self.item.values(attribute)


@dataclass(frozen=True, eq=False)
class Counting:
    """A selector, an attribute and a value of it: what all of it must fit to count. None of them: everything counts."""

    selector: Selector | None = None
    by: str | None = None
    value: str = ""

    def items(self, lot: Lot) -> list[Item]:
        """Items of a lot that count."""
        return [
            item
            for item in lot.items
            if (self.selector is None or self.selector.matches(item))
            and (self.by is None or self.value in item.values(self.by))
        ]

    def server(self, item: Item, server: Server) -> bool:
        """Whether a server of an item that counts does so too."""
        alone = _OnServer(item, server)
        if self.selector is not None and self.selector.names_servers and not self.selector.matches(alone):
            return False
        return self.by is None or self.value in alone.values(self.by)


class Share:
    """What of one lot counts."""

    def __init__(self, lot: Lot, counting: Counting) -> None:
        self.items = counting.items(lot)
        self._counting = counting

    @cached_property
    def servers(self) -> int:
        """Servers, each once."""
        counts = self._counting.server
        return len({each.id for item in self.items for each in item.servers if counts(item, each)})

    @cached_property
    def data_tb(self) -> Decimal:
        """What those of these servers that move transfer."""
        counts = self._counting.server
        moves = {m.server.id: m.server for item in self.items for m in item.moves if counts(item, m.server)}
        return together_gigabytes(moves.values()) / 1000

    @property
    def applications(self) -> int:
        """Items that are applications."""
        return sum(item.kind == "application" for item in self.items)

    @property
    def lots(self) -> int:
        """1 when anything of the lot counts."""
        return int(bool(self.items))

    def effort(self, team: str) -> Decimal:
        """Person-days of preparation of one team."""
        return sum((item.effort.get(team, Decimal(0)) for item in self.items), Decimal(0))

    @property
    def sites(self) -> set[str]:
        """Source and service sites."""
        return {site for item in self.items for site in item.counted_sites}

    @property
    def user_sites(self) -> set[str]:
        """Sites whose users count."""
        return {site for item in self.items for site in item.counted_user_sites}


@dataclass(frozen=True)
class Sum:
    """A limit on a sum: by lot, how much it brings."""

    name: str
    amounts: Mapping[int, Number]
    most: Number


@dataclass(frozen=True)
class SharedUnion:
    """A limit on what is counted once: by lot, the sites that it touches; of users where these are weighed."""

    name: str
    touched: Mapping[int, set[str]]
    weighs_users: bool
    most: int


Lots = Sequence[tuple[int, Lot]]


class Holding:
    """Some lots of a problem, by their items: what a selector matches is looked up, not sought in every lot."""

    def __init__(self, items: Items, lots: Lots) -> None:
        self._items = items
        self._lots = lots
        self._of_item = {str(item.id): (index, lot) for index, lot in lots for item in lot.items}

    def countings(self, selector: Selector | None, by: str | None) -> Iterator[tuple[Counting, Lots]]:
        """One for all, or one for each value that anything counted has; each with the lots that have any of it."""
        matched = [item for item in self._items.select(selector) if item.id in self._of_item]
        if by is None:
            yield Counting(selector), self._lots if selector is None else self._of(matched)
            return
        having: dict[str, list[Item]] = defaultdict(list)
        for item in matched:
            for value in item.values(by):
                having[value].append(item)
        yield from ((Counting(selector, by, value), self._of(having[value])) for value in sorted(having))

    def _of(self, items: Iterable[Item]) -> Lots:
        found = dict(self._of_item[item.id] for item in items)
        return sorted(found.items(), key=lambda each: each[0])


def limited(lots: Lots, counting: Counting, limits: Limits | WeekCounts) -> Iterator[Sum | SharedUnion]:
    """Every limit that is given, with what each lot brings."""
    shares = {index: Share(lot, counting) for index, lot in lots}
    sums: list[tuple[str, Callable[[Share], Number]]] = [
        ("servers", lambda share: share.servers),
        ("applications", lambda share: share.applications),
        ("lots", lambda share: share.lots),
        ("data_tb", lambda share: share.data_tb),
    ]
    for name, amount in sums:
        most = getattr(limits, name, None)
        if most is not None:
            yield Sum(name, {index: amount(share) for index, share in shares.items()}, most)
    for team, days in sorted(getattr(limits, "effort", {}).items()):
        yield Sum(f"effort of {team}", {index: share.effort(team) for index, share in shares.items()}, days)
    sites, users = getattr(limits, "sites", None), getattr(limits, "users", None)
    if sites is not None:
        yield SharedUnion("sites", {index: share.sites for index, share in shares.items()}, False, sites)
    if users is not None:
        yield SharedUnion("users", {index: share.user_sites for index, share in shares.items()}, True, users)


def span_budgets(
    code: str, each: Sum, name: str, pools: Pools, spans: Mapping[str, Sequence[int]], section: str
) -> Iterator[Budget]:
    """A limit on a sum as a budget of each span of positions, by what its name ends with; none that is never felt."""
    if sum(each.amounts.values(), Decimal(0)) <= each.most:
        return
    factor = common_denominator(each.amounts.values())
    pool = pools.add(name, {index: scaled(amount, factor) for index, amount in each.amounts.items()})
    for words, positions in spans.items():
        terms = tuple((pool, position, 1) for position in positions)
        yield Budget(code, f"{name} {words}", terms, scaled(each.most, factor), scale=factor, section=section)
