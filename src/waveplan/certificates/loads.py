"""What one stream's waves hold, numbered from the first: sums of lots, and which lots come before which."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from waveplan.certificates.supposing import Allowed, Levels, Supposed, lots_of

_MOST_PAIRS = 40_000  # of group orders: beyond, they are left out, which proves less and never too much


@dataclass(frozen=True)
class WaveSum:
    """Σ of the amounts of one wave's lots ≤ the limit of its stage."""

    name: str
    amounts: tuple[int, ...]
    limits: tuple[int, ...]

    def cut(self, small: int) -> WaveSum:
        """Amounts below `small` count for nothing, those that leave less room than that fill the wave.

        What fits a wave still does: beside a lot that fills it there is room only for what counts for nothing
        (Martello and Toth 1990).
        """
        most = max(self.limits)
        amounts = tuple(most if a > most - small else a if a >= small else 0 for a in self.amounts)
        return WaveSum(f"{self.name} / {small}", amounts, (most,) * len(self.limits))


@dataclass(frozen=True)
class StreamLoads:
    """The lots of a stream, by place in `lots`; `before` has of each all that is not later, and whether strictly so."""

    lots: tuple[int, ...]
    stages: tuple[int | None, ...]
    sums: tuple[WaveSum, ...]
    before: tuple[dict[int, bool], ...]
    after: tuple[dict[int, bool], ...]
    earliest: tuple[int, ...]

    def limits(self, row: WaveSum, waves: int) -> list[int]:
        """The limit of each of so many waves."""
        found: list[int] = []
        for limit, length in zip(row.limits, self.stages, strict=True):
            found += [limit] * (waves - len(found) if length is None else min(length, waves - len(found)))
        return found + [row.limits[-1]] * (waves - len(found))


def loads_of(supposed: Supposed, stream: int) -> StreamLoads:
    """The loads of one stream's waves in any plan that is supposed."""
    problem = supposed.problem
    lots = lots_of(problem, stream)
    before = _closed(supposed, {lot: place for place, lot in enumerate(lots)})
    after: list[dict[int, bool]] = [{} for _ in lots]
    for second, firsts in enumerate(before):
        for first, strict in firsts.items():
            after[first][second] = strict
    return StreamLoads(
        lots=tuple(lots),
        stages=tuple(stage.waves for stage in problem.streams[stream].stages),
        sums=tuple(_sums(supposed, stream, lots)),
        before=tuple(before),
        after=tuple(after),
        earliest=tuple(problem.streams[stream].earliest_wave.get(lot, 1) for lot in lots),
    )


# --- sums ----------------------------------------------------------------------------------------------------------


def _sums(supposed: Supposed, stream: int, lots: Sequence[int]) -> Iterator[WaveSum]:
    problem = supposed.problem
    stages = len(problem.streams[stream].stages)
    found: dict[str, tuple[Mapping[int, int], list[int]]] = {}
    for limit in problem.wave_limits:
        if limit.stream == stream:
            known = found.setdefault(limit.name, (limit.amounts, [sum(limit.amounts.values())] * stages))
            for stage in range(stages) if limit.stage is None else (limit.stage,):
                if known[0] == limit.amounts:
                    known[1][stage] = min(known[1][stage], limit.limit)
    for name, (amounts, limits) in found.items():
        yield WaveSum(name, tuple(amounts.get(lot, 0) for lot in lots), tuple(limits))
    for pool, most in sorted(_by_pool(supposed, lots).items()):
        amounts = problem.pools[pool].amounts
        yield WaveSum(
            f"{problem.pools[pool].name} @{pool}", tuple(amounts.get(lot, 0) for lot in lots), (most,) * stages
        )


def _by_pool(supposed: Supposed, lots: Sequence[int]) -> dict[int, int]:
    """By pool: the most that budgets leave one wave of it, wherever it stands."""
    room, found = supposed.rooms, {}
    for pool, bringing in enumerate(supposed.problem.pools):
        where = {place for lot in lots if lot in bringing.amounts for place in supposed.allowed[lot]}
        if where and all((pool, place) in room for place in where):
            found[pool] = max(room[pool, place] for place in where)
    return found


# --- orders --------------------------------------------------------------------------------------------------------


def _closed(supposed: Supposed, place: Mapping[int, int]) -> list[dict[int, bool]]:
    """By lot: all lots that some chain of orders puts before it."""
    before: list[dict[int, bool]] = [{} for _ in place]
    for first, second, strict in _orders(supposed, place):
        before[second][first] = before[second].get(first, False) or strict
    changed = True
    while changed:
        changed = False
        for firsts in before:
            for middle, later in list(firsts.items()):
                for first, strict in before[middle].items():
                    if firsts.get(first) is not True and (first not in firsts or later or strict):
                        firsts[first], changed = later or strict, True
    return before


def _orders(supposed: Supposed, place: Mapping[int, int]) -> Iterator[tuple[int, int, bool]]:
    problem, allowed = supposed.problem, supposed.allowed
    for order in problem.precedences:
        if order.first in place and order.second in place:
            strict = _strictness(allowed, (order.first, order.earliest), (order.second, order.levels))
            if strict is not None:
                yield place[order.first], place[order.second], strict
    for group in problem.group_orders:
        firsts = [pair for pair in group.firsts.items() if pair[0] in place]
        seconds = [pair for pair in group.seconds.items() if pair[0] in place]
        if len(firsts) * len(seconds) > _MOST_PAIRS:
            continue
        for one in firsts:
            for other in seconds:
                strict = _strictness(allowed, one, other)
                if strict is not None:
                    yield place[one[0]], place[other[0]], strict


def _strictness(allowed: Allowed, one: tuple[int, Levels], other: tuple[int, Levels]) -> bool | None:
    """True: the other is always in a later position; False: never in an earlier one; None: it may be."""
    (first, asked), (second, levels) = one, other
    ends = sorted(allowed[second])
    highest: list[int] = []  # among the first so many positions
    for end in ends:
        highest.append(max(levels[end], highest[-1]) if highest else levels[end])
    strict = True
    for start in allowed[first]:
        until = bisect_right(ends, start)
        if until and highest[until - 1] >= asked[start]:
            here = until - 1 if ends[until - 1] == start else until
            if here and highest[here - 1] >= asked[start]:
                return None
            strict = False
    return strict


def by_name(loads: StreamLoads) -> dict[str, WaveSum]:
    """Sums by name."""
    found: dict[str, WaveSum] = {}
    seen: dict[str, int] = defaultdict(int)
    for row in loads.sums:
        seen[row.name] += 1
        found[row.name if seen[row.name] == 1 else f"{row.name} #{seen[row.name]}"] = row
    return found
