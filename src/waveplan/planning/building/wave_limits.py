"""Limits on what one wave holds: of the wave, of the cadence stage, of rules, and of what is kept apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from waveplan.domain.inventory import Server
from waveplan.domain.items import Item
from waveplan.domain.parts import Limits
from waveplan.domain.policy import Rule
from waveplan.domain.problem import UnionLimit, WaveLimit
from waveplan.domain.subjects import ServerSubject, site_words
from waveplan.lots import Lot
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.facts import Facts

Found = WaveLimit | UnionLimit


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


class LimitBuilder:
    """Builds limits of one stream's waves; its lots go by their index in the problem."""

    def __init__(self, facts: Facts, stream: int) -> None:
        self._facts = facts
        self._stream = stream
        self._lots = [(index, lot) for index, lot in enumerate(facts.lots) if facts.stream_of(lot) == stream]
        self._policy = facts.items.policies[facts.streams[stream]]

    def build(self) -> Iterator[Found]:
        """Every limit of the stream's waves."""
        yield from self._limits("WP318", None, self._policy.wave_limits)
        for stage, entry in enumerate(self._policy.cadence):
            yield from self._limits("WP319", stage, entry.limits)
        for rule in self._facts.inventory.rules:
            if rule.max_per_wave is not None:
                yield from self._rule(rule)
        for attribute in self._policy.keep_apart:
            words = {index: self._values(lot, attribute) for index, lot in self._lots}
            yield self._union("WP322", attribute, None, words, lambda _: 1, 1)

    def _limits(self, code: str, stage: int | None, limits: Limits) -> Iterator[Found]:
        counts: list[tuple[str, int | Decimal | None, Callable[[Lot], int | Decimal]]] = [
            ("servers", limits.servers, lambda lot: len(lot.servers)),
            ("applications", limits.applications, lambda lot: sum(i.kind == "application" for i in lot.items)),
            ("lots", limits.lots, lambda lot: 1),
            ("data_tb", limits.data_tb, lambda lot: lot.transfer_gb / 1000),
        ]
        for team, most in sorted(limits.effort.items()):
            counts.append((f"effort of {team}", most, lambda lot, team=team: lot.effort.get(team, 0)))  # type: ignore[misc]
        for name, limit, amount in counts:
            if limit is not None:
                yield self._sum(code, name, stage, amount, limit)
        if limits.sites is not None:
            sites = {index: lot.counted_sites for index, lot in self._lots}
            yield self._union(code, "sites", stage, sites, lambda _: 1, limits.sites)
        if limits.users is not None:
            homes = {index: lot.user_sites for index, lot in self._lots}
            yield self._union(code, "users", stage, homes, self._users, limits.users)

    def _rule(self, rule: Rule) -> Iterator[Found]:
        counts, match = rule.max_per_wave, rule.match
        if counts is None or match is None:
            return
        matched = {index: [item for item in lot.items if match.matches(item)] for index, lot in self._lots}

        def servers(index: int) -> int:
            pairs = ((item, server) for item in matched[index] for server in item.servers)
            return len({s.id for item, s in pairs if not match.names_servers or match.matches(_OnServer(item, s))})

        name = f"{{}} of rule {rule.id}"
        if counts.servers is not None:
            amounts = {index: servers(index) for index in matched}
            yield self._limit("WP321", name.format("servers"), None, amounts, counts.servers)
        if counts.applications is not None:
            amounts = {index: sum(item.kind == "application" for item in found) for index, found in matched.items()}
            yield self._limit("WP321", name.format("applications"), None, amounts, counts.applications)
        if counts.lots is not None:
            amounts = {index: int(bool(found)) for index, found in matched.items()}
            yield self._limit("WP321", name.format("lots"), None, amounts, counts.lots)
        if counts.sites is not None:
            sites = {index: {s for item in found for s in item.counted_sites} for index, found in matched.items()}
            yield self._union("WP321", name.format("sites"), None, sites, lambda _: 1, counts.sites)
        if counts.users is not None:
            homes = {index: {s for item in found for s in item.counted_user_sites} for index, found in matched.items()}
            yield self._union("WP321", name.format("users"), None, homes, self._users, counts.users)

    def _sum(
        self, code: str, name: str, stage: int | None, amount: Callable[[Lot], int | Decimal], limit: int | Decimal
    ) -> WaveLimit:
        amounts = {index: Decimal(amount(lot)) for index, lot in self._lots}
        factor = common_denominator(amounts.values())
        whole = {index: scaled(value, factor) for index, value in amounts.items()}
        return self._limit(code, name, stage, whole, scaled(Decimal(limit), factor), factor)

    def _limit(
        self, code: str, name: str, stage: int | None, amounts: dict[int, int], limit: int, scale: int = 1
    ) -> WaveLimit:
        kept = {index: amount for index, amount in amounts.items() if amount}
        return WaveLimit(code, name, self._stream, stage, kept, limit, scale)

    def _union(
        self,
        code: str,
        name: str,
        stage: int | None,
        touched: Mapping[int, Collection[str]],
        weight: Callable[[str], int],
        limit: int,
    ) -> UnionLimit:
        number: dict[Hashable, int] = {}
        elements = {
            index: tuple(number.setdefault(word, len(number)) for word in sorted(words))
            for index, words in touched.items()
            if words
        }
        return UnionLimit(code, name, self._stream, stage, elements, tuple(weight(str(w)) for w in number), limit)

    def _users(self, site: str) -> int:
        return self._facts.items.sites[site].total_users

    @staticmethod
    def _values(lot: Lot, attribute: str) -> set[str]:
        return {word for item in lot.items for word in item.values(attribute)}
