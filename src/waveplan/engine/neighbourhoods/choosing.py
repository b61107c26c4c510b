"""Which lots of a plan may move at once, and where to: near each other in days or in ties, or towards their wishes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from waveplan.engine.problem import Assignment, PlanningProblem

_NEAR = 7  # days around a wish
KINDS = 4  # of neighbourhoods
_AT_WISHES, _TIED = 1, 2
Places = Mapping[int, tuple[int, ...]]  # lots that may move → positions where they may be


@dataclass
class Neighbourhoods:
    """Neighbourhoods of plans; `wishes` are positions by lot, `ties` weights by pair."""

    problem: PlanningProblem
    allowed: Sequence[Sequence[int]]
    ties: Mapping[tuple[int, int], int]
    wishes: Sequence[frozenset[int]] | None
    chance: random.Random
    _tied: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for (one, other), weight in self.ties.items():
            self._tied[one].append((other, weight))
            self._tied[other].append((one, weight))

    def some(self, plan: Assignment, kind: int, most: int) -> Places:
        """A neighbourhood of at most so many places: of days, of all wishes, of ties, of days and wishes."""
        days = self.problem.days
        if kind == 0:
            middle = days[plan[self.chance.choice(range(len(plan)))]]
            return self._filled(self._by_days(plan, middle), lambda lot: tuple(self.allowed[lot]), most)
        lot = self._costly(plan)
        if kind == _AT_WISHES and self.wishes is not None:
            return {lot: tuple(sorted({plan[lot], *wish})) for lot, wish in enumerate(self.wishes)}
        if kind == _TIED or self.wishes is None:
            return self._filled(self._by_ties(lot), lambda each: tuple(self.allowed[each]), most)
        ends = days[plan[lot]], self._wished_day(lot)
        middle = self.chance.choice([*ends, sum(ends) // 2])
        return self._filled(self._by_days(plan, middle), lambda each: self._near_wishes(plan, each), most)

    def _filled(self, lots: Iterable[int], places: Callable[[int], tuple[int, ...]], most: int) -> Places:
        """The first lots, as long as they have no more places than that together; at least one."""
        found, count = dict[int, tuple[int, ...]](), 0
        for lot in lots:
            own = places(lot)
            count += len(own)
            if count > most and found:
                break
            found[lot] = own
        return found

    def _by_days(self, plan: Assignment, middle: int) -> list[int]:
        days = self.problem.days
        return sorted(range(len(plan)), key=lambda lot: (abs(days[plan[lot]] - middle), lot))

    def _by_ties(self, start: int) -> Iterator[int]:
        queue, seen = [start], {start}
        for lot in queue:
            yield lot
            near = [other for other, _ in self._tied[lot] if other not in seen]
            self.chance.shuffle(near)
            queue += near
            seen.update(near)

    def _near_wishes(self, plan: Assignment, lot: int) -> tuple[int, ...]:
        assert self.wishes is not None
        days, own = self.problem.days, self.wishes[lot]
        near = {each for each in self.allowed[lot] if any(abs(days[each] - days[wish]) <= _NEAR for wish in own)}
        return tuple(sorted({plan[lot], *near}))

    def _costly(self, plan: Assignment) -> int:
        """A lot with ties, the likelier the more they cost beyond what they would if all stood where they wish."""
        days, lots = self.problem.days, sorted(lot for lot in self._tied if self._tied[lot])
        excess = []
        for lot in lots:
            cost = sum(weight * abs(days[plan[lot]] - days[plan[other]]) for other, weight in self._tied[lot])
            least = sum(
                weight * abs(self._wished_day(lot) - self._wished_day(other)) for other, weight in self._tied[lot]
            )
            excess.append(1 + max(0, cost - (least if self.wishes is not None else 0)))
        return self.chance.choices(lots, excess)[0]

    def _wished_day(self, lot: int) -> int:
        """The middle day of those where it wishes to be; 0 of a lot that wishes nothing."""
        own = [] if self.wishes is None else sorted(self.problem.days[wish] for wish in self.wishes[lot])
        return own[len(own) // 2] if own else 0
