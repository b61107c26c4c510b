"""Limits on what one wave holds: of the wave, of the cadence stage, of rules, and of what is kept apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from decimal import Decimal

from waveplan.domain.parts import Limits
from waveplan.domain.rules import Rule
from waveplan.engine.problem.limits import UnionLimit, WaveLimit
from waveplan.lots.lot import Lot
from waveplan.planning.building.scaling import common_denominator, scaled
from waveplan.planning.building.shares import Holding, SharedUnion, limited
from waveplan.planning.facts.facts import PlanningFacts

Found = WaveLimit | UnionLimit


class LimitBuilder:
    """Builds limits of one stream's waves; its lots go by their index in the problem."""

    def __init__(self, facts: PlanningFacts, stream: int) -> None:
        self._facts = facts
        self._stream = stream
        self._lots = [(index, lot) for index, lot in enumerate(facts.lots) if facts.stream_of(lot) == stream]
        self._holding = Holding(facts.items, self._lots)
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
            yield self._union("WP322", attribute, None, words, _one, 1)

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
            yield self._union(code, "sites", stage, sites, _one, limits.sites)
        if limits.users is not None:
            homes = {index: lot.user_sites for index, lot in self._lots}
            yield self._union(code, "users", stage, homes, self._users, limits.users)

    def _rule(self, rule: Rule) -> Iterator[Found]:
        if rule.max_per_wave is None:
            return
        for counting, lots in self._holding.countings(rule.match, rule.by):
            for each in limited(lots, counting, rule.max_per_wave):
                name = f"{each.name} of rule {rule.id}" + (f" for {counting.value}" if counting.by else "")
                if isinstance(each, SharedUnion):
                    weight = self._users if each.weighs_users else _one
                    yield self._union("WP321", name, None, each.touched, weight, each.most)
                elif counting.by is None or sum(each.amounts.values(), Decimal(0)) > each.most:
                    amounts = {index: int(amount) for index, amount in each.amounts.items()}
                    yield self._limit("WP321", name, None, amounts, int(each.most))

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


def _one(_: str) -> int:
    return 1
