"""Looks for rows that prove coexistence: those that the cheapest lengths of ties break, again and again."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from waveplan.certificates.chains import distances
from waveplan.certificates.days_apart import filled, least_days
from waveplan.certificates.loads import StreamLoads, by_name, loads_of
from waveplan.certificates.spreading import Pair, tie_weights
from waveplan.certificates.supposing import Supposed, lots_of, usable
from waveplan.certifying.order_chains import OrderChains
from waveplan.engine.proofs.covering import Covering

_SCALE = 1 << 24  # what worths are rounded to
_MOST_CENTRES = 1_500  # lots × sums: with more it takes too long
_BROKEN = 1e-6
_ENOUGH = 1e-4  # by which a round must raise the bound
_PATIENT = 4  # rounds without that
_FEW = 3  # chains of orders that are added at once, of each lot


class RowSearch:
    """Rows over the ties of a problem, for one supposition."""

    def __init__(self, supposed: Supposed, over: Callable[[], bool]) -> None:
        self._supposed, self._over = supposed, over
        self._names = supposed.problem.lots
        self._weights = tie_weights(supposed.problem)
        self._near: dict[int, list[int]] = defaultdict(list)
        for one, other in sorted(self._weights):
            self._near[one].append(other)
            self._near[other].append(one)
        self._loads: dict[int, StreamLoads] = {}
        self._days: dict[tuple[int, int, tuple[int, ...]], list[list[int]]] = {}
        self._orders = OrderChains(supposed)
        self._chains = {lot: self._orders.longest(lot) for lot in sorted(self._near)}
        self._found: list[dict[str, Any]] = []
        self._covering = Covering(self._weights)

    def proof(self, rounds: int) -> dict[str, Any] | None:
        """The rows that prove most, after so many rounds at most; None when nothing is proven."""
        self._add_pairs()
        before, waited = 0.0, 0
        solved = self._covering.solve()
        centres = sorted(self._near)
        if len(centres) * max(1, sum(len(self._sums(stream)) for stream in self._streams())) <= _MOST_CENTRES:
            for _ in range(rounds):
                if solved is None or not self._add_broken(solved[0], centres):
                    break
                solved = self._covering.solve()
                reached = 0.0 if solved is None else sum(solved[1])
                waited = 0 if reached > before * (1 + _ENOUGH) else waited + 1
                before = reached
                if waited == _PATIENT:
                    break
        return None if solved is None else self._written(solved[1])

    # --- rows ------------------------------------------------------------------------------------------------------

    def _add_pairs(self) -> None:
        for one, other in sorted(self._weights):
            if self._over():
                return
            days = least_days(self._supposed, one, other, self._sums_of)
            if days:
                self._keep({"path": self._named((one, other))}, {(one, other): 1}, days)

    def _add_broken(self, lengths: Mapping[Any, float], centres: Sequence[int]) -> bool:
        found = False
        for centre in centres:
            if self._over():
                break
            reached, parent = self._shortest(lengths, centre)
            found |= self._add_chains(centre, reached, parent)
            for stream in self._streams():
                for name, amounts, most in self._sums(stream):
                    near = [lot for lot in reached if lot != centre and amounts.get(lot)]
                    best = self._most_broken(reached, near, (stream, centre), amounts, most)
                    if best is not None:
                        self._keep_star(name, amounts, near[: best[0]], parent, best[1])
                        found = True
        return found

    def _add_chains(self, centre: int, reached: Mapping[int, float], parent: Mapping[int, int]) -> bool:
        """The chains of orders from a lot that its ties fall short of most."""
        lacking = []
        for lot, chain in self._chains[centre].items():
            days = self._orders.days(chain)
            if lot in reached and days - reached[lot] > _BROKEN * days:
                lacking.append((reached[lot] / days, lot, chain, days))
        for _, lot, chain, days in sorted(lacking)[:_FEW]:
            path = _way(lot, parent)
            row = {"path": self._named(path), "chain": self._named(chain)}
            self._keep(row, {(min(pair), max(pair)): 1 for pair in pairwise(path)}, days)
        return bool(lacking)

    def _named(self, lots: Sequence[int]) -> list[str]:
        return [self._names[lot] for lot in lots]

    def _most_broken(
        self,
        reached: Mapping[int, float],
        near: Sequence[int],
        where: tuple[int, int],
        amounts: Mapping[int, int],
        most: int,
    ) -> tuple[int, int] | None:
        """How many of the nearest lots lack most, and what they ask for."""
        stream, centre = where
        mine = self._supposed.problem.lot_stream[centre] == stream
        ways = self._ways(stream, centre)
        best: tuple[float, int, int] | None = None
        held, have = 0, 0.0
        for count, lot in enumerate(near, start=1):
            held, have = held + amounts[lot], have + amounts[lot] * reached[lot]
            if held + (amounts.get(centre, 0) if mine else 0) <= most:
                continue
            days = min(filled((held, amounts.get(centre, 0), most), mine, way) for way in ways)
            lacks = (days - have) / days if days else 0.0
            if lacks > _BROKEN and (best is None or lacks > best[0]):
                best = (lacks, count, days)
        return None if best is None else best[1:]

    def _keep_star(
        self, name: str, amounts: Mapping[int, int], members: Sequence[int], parent: Mapping[int, int], days: int
    ) -> None:
        asked: dict[Pair, int] = defaultdict(int)
        paths = []
        for lot in members:
            path = _way(lot, parent)
            for pair in pairwise(path):
                asked[min(pair), max(pair)] += amounts[lot]
            paths.append(self._named(path))
        self._keep({"sum": name, "paths": paths}, asked, days)

    def _keep(self, row: dict[str, Any], asked: Mapping[Pair, int], days: int) -> None:
        self._covering.add(asked, days)
        self._found.append({"row": row, "asked": asked, "days": days})

    def _shortest(self, lengths: Mapping[Any, float], centre: int) -> tuple[dict[int, float], dict[int, int]]:
        """Lots by their distance along ties, the nearest first, and the lot before each on the way."""
        reached: dict[int, float] = {}
        parent: dict[int, int] = {}
        heap: list[tuple[float, int, int]] = [(0.0, centre, -1)]
        while heap:
            distance, lot, before = heapq.heappop(heap)
            if lot in reached:
                continue
            reached[lot] = distance
            if before >= 0:
                parent[lot] = before
            for other in self._near[lot]:
                if other not in reached:
                    heapq.heappush(heap, (distance + lengths[min(lot, other), max(lot, other)], other, lot))
        return reached, parent

    # --- what the verifier knows too -------------------------------------------------------------------------------

    def _streams(self) -> Iterator[int]:
        return iter(sorted({self._supposed.problem.lot_stream[lot] for lot in self._near}))

    def _sums_of(self, stream: int) -> StreamLoads:
        if stream not in self._loads:
            self._loads[stream] = loads_of(self._supposed, stream)
        return self._loads[stream]

    def _sums(self, stream: int) -> list[tuple[str, dict[int, int], int]]:
        loads = self._sums_of(stream)
        rows = by_name(loads).items()
        found = [(name, dict(zip(loads.lots, row.amounts, strict=True)), max(row.limits)) for name, row in rows]
        return [each for each in found if sum(each[1].values()) > each[2] > 0]

    def _ways(self, stream: int, centre: int) -> list[list[int]]:
        """For each position of a centre: how far waves around it are."""
        mine = self._supposed.problem.lot_stream[centre]
        key = (stream, mine, tuple(self._supposed.allowed[centre]))
        if key not in self._days:
            places = usable(self._supposed, lots_of(self._supposed.problem, stream))
            self._days[key] = [distances(self._supposed, stream, places, place) for place in key[2]]
        return self._days[key]

    def _written(self, worth: Sequence[float]) -> dict[str, Any] | None:
        """Rows with whole times, so few that no tie is asked for more than its weight."""
        times = [int(each * (1 - 1e-9) / row["days"] * _SCALE) for each, row in zip(worth, self._found, strict=True)]
        asked: dict[Pair, int] = defaultdict(int)
        for count, row in zip(times, self._found, strict=True):
            for pair, amount in row["asked"].items():
                asked[pair] += count * amount
        scale = max([_SCALE, *(-(-amount // self._weights[pair]) for pair, amount in asked.items())])
        rows = [{**row["row"], "times": count} for count, row in zip(times, self._found, strict=True) if count]
        return {"kind": "spreading", "scale": scale, "rows": rows} if rows else None


def _way(lot: int, parent: Mapping[int, int]) -> list[int]:
    """The way to a lot, from where it begins."""
    path = [lot]
    while path[-1] in parent:
        path.append(parent[path[-1]])
    return path[::-1]
