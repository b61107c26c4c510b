"""What orders say of the sequence of one stream's waves: pairs of lots, and barriers between groups of them.

Also those orders that lead through lots of other streams, or through lots that are packed by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.problem.orders import GroupOrder, Precedence

_MOST_PAIRS = 400  # of a group order that is written as pairs where a barrier could stand for it
_MOST_JUDGED = 20_000  # pairs of a group order that are looked at one by one; of more, only what holds for all

Allowed = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Sequenced:
    """Orders by place: (first, second, whether strictly in a later wave); places after those of lots are barriers.

    A barrier takes no room and is no wave of its own: it is in the wave of the last of those before it, or later.
    """

    orders: tuple[tuple[int, int, bool], ...]
    barriers: int


class WaveOrders:
    """All orders of a problem, as they bear on one stream."""

    def __init__(self, problem: PlanningProblem, allowed: Allowed, stream: int) -> None:
        self._allowed = allowed
        self._rank = [place.rank for place in problem.positions]
        ranks = [self._rank[position] for position in problem.streams[stream].positions]
        self._shared = len(set(ranks)) < len(ranks)  # two windows of the stream that start together
        self._known: dict[tuple[object, ...], bool | None] = {}
        self._after: dict[int, dict[int, bool]] = defaultdict(dict)
        self._barriers: list[int] = []  # nodes below those of lots
        for precedence in problem.precedences:
            self._enter(precedence.first, precedence.second, self._strict(precedence))
        for number, group in enumerate(problem.group_orders):
            self._enter_group(-1 - number, group)

    def among(self, lots: Sequence[int]) -> Sequenced:
        """The orders among some lots; places are theirs, and those of barriers after some of them."""
        place = {lot: index for index, lot in enumerate(lots)}
        for barrier in self._behind(lots):
            place[barrier] = len(place)
        orders: list[tuple[int, int, bool]] = []
        for node in place:
            found = {second: strict for second, strict in self._after.get(node, {}).items() if second in place}
            for second, strict in self._through_others(node, place):
                found[second] = found.get(second, False) or strict
            orders += [
                (place[node], place[second], strict and second >= 0)  # what a barrier waits for may be in its wave
                for second, strict in sorted(found.items())
                if strict or second != node
            ]
        return Sequenced(tuple(orders), len(place) - len(lots))

    def _behind(self, lots: Sequence[int]) -> list[int]:
        """Barriers that some lot comes before: any other would be a wave before the first."""
        seen, stack = set(lots), list(lots)
        while stack:
            for second in self._after.get(stack.pop(), {}):
                if second not in seen:
                    seen.add(second)
                    stack.append(second)
        return [barrier for barrier in self._barriers if barrier in seen]

    def _through_others(self, node: int, place: Mapping[int, int]) -> list[tuple[int, bool]]:
        """What waits for something elsewhere that waits for this, and whether strictly."""
        after = self._after
        stack = [(second, strict) for second, strict in after.get(node, {}).items() if second not in place]
        seen, found = set(stack), set()
        while stack:
            middle, so_far = stack.pop()
            for second, strict in after.get(middle, {}).items():
                step = (second, so_far or strict)
                if second in place:
                    found.add(step)
                elif step not in seen:
                    seen.add(step)
                    stack.append(step)
        return sorted(found)

    def _enter(self, first: int, second: int, strict: bool | None) -> None:
        if strict is not None:
            self._after[first][second] = self._after[first].get(second, False) or strict

    def _enter_group(self, barrier: int, group: GroupOrder) -> None:
        pairs = len(group.firsts) * len(group.seconds)
        strict = self._strict_for_all(group)
        if strict is not None and pairs > _MOST_PAIRS:
            self._barriers.append(barrier)
            for first in group.firsts:
                self._enter(first, barrier, strict=False)
            for second in group.seconds:
                self._enter(barrier, second, strict)
        elif strict is not None or pairs <= _MOST_JUDGED:
            for first, second, each in self._pairs(group, strict):
                self._enter(first, second, each)

    def _pairs(self, group: GroupOrder, strict: bool | None) -> Iterator[tuple[int, int, bool | None]]:
        for first, earliest in group.firsts.items():
            for second, levels in group.seconds.items():
                if strict is None:
                    order = Precedence(group.code, first, second, earliest, levels)
                    yield first, second, self._strict(order)
                else:
                    yield first, second, strict

    # --- what an order says ----------------------------------------------------------------------------------------

    def _strict(self, order: Precedence) -> bool | None:
        """True when the second's window always starts later, False when it may also be the very same wave.

        None when it may start earlier, or in a window of which either could come first.
        """
        firsts, seconds = self._allowed[order.first], self._allowed[order.second]
        key = (id(firsts), id(seconds), id(order.earliest), id(order.levels), id(order.clashes))
        if key not in self._known:
            self._known[key] = self._judge(order, firsts, seconds)
        return self._known[key]

    def _judge(self, order: Precedence, firsts: Sequence[int], seconds: Sequence[int]) -> bool | None:
        strict = True
        for first in firsts:
            for second in seconds:
                if self._rank[second] <= self._rank[first] and order.allows(first, second):
                    if not self._alike(first, second):
                        return None
                    strict = False
        return strict

    def _alike(self, first: int, second: int) -> bool:
        """Whether two positions start together, and cannot be two waves of which either could come first."""
        return self._rank[second] == self._rank[first] and (first == second or not self._shared)

    def _strict_for_all(self, group: GroupOrder) -> bool | None:
        """The same for all pairs of a group order together; None too where only some of them tell something."""
        least = self._extremes(group.firsts, lowest=True)
        most = self._extremes(group.seconds, lowest=False)
        upcoming = sorted(most, key=lambda position: self._rank[position])
        highest: int | None = None  # level of what starts before
        strict, begun = True, 0
        for first in sorted(least, key=lambda position: self._rank[position]):
            while begun < len(upcoming) and self._rank[upcoming[begun]] < self._rank[first]:
                level = most[upcoming[begun]]
                highest = level if highest is None else max(highest, level)
                begun += 1
            if highest is not None and highest >= least[first]:
                return None
            for second in upcoming[begun:]:
                if self._rank[second] > self._rank[first]:
                    break
                if most[second] >= least[first]:
                    if not self._alike(first, second):
                        return None
                    strict = False
        return strict

    def _extremes(self, lots: Mapping[int, Mapping[int, int]], *, lowest: bool) -> dict[int, int]:
        """By position: the lowest or highest level that it is for any of some lots."""
        found: dict[int, int] = {}
        seen: set[tuple[int, int]] = set()
        for lot, levels in lots.items():
            key = (id(self._allowed[lot]), id(levels))
            if key in seen:
                continue
            seen.add(key)
            for position in self._allowed[lot]:
                level = levels[position]
                known = found.get(position, level)
                found[position] = min(known, level) if lowest else max(known, level)
        return found


def sharing(allowed: Allowed, lots: Collection[int]) -> list[tuple[int, ...]]:
    """Lots in groups such that lots of different groups are never in one wave: no position is allowed to both."""
    group_of: dict[int, int] = {}  # by position
    parent: list[int] = []

    def root(group: int) -> int:
        while parent[group] != group:
            parent[group] = parent[parent[group]]
            group = parent[group]
        return group

    known: dict[int, int] = {}
    for lot in lots:
        positions = allowed[lot]
        if id(positions) in known:
            continue
        parent.append(len(parent))
        known[id(positions)] = len(parent) - 1
        for position in positions:
            other = group_of.setdefault(position, len(parent) - 1)
            parent[root(other)] = root(len(parent) - 1)
    groups: dict[int, list[int]] = defaultdict(list)
    for lot in sorted(lots):
        groups[root(known[id(allowed[lot])])].append(lot)
    return sorted(tuple(group) for group in groups.values())
