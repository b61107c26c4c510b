"""Coexistence: around a lot, and between two, days add up to so much; a tie gives them for no more than it weighs.

A row says of some lots that the days between each and a centre, weighed by what it takes of a wave, add up to at least
so much: the waves near the centre are soon full. Days between two lots are no more than those along a path of ties. So
rows, taken some times each, prove what they ask for, if no tie is asked for more days than its weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, gcd
from typing import Any

from waveplan.certificates.days_apart import days_along, least_days, least_sum
from waveplan.certificates.loads import StreamLoads, by_name, loads_of
from waveplan.certificates.reading import CertificateError, Mapped, entry, items, mapping, text, whole
from waveplan.certificates.supposing import Supposed
from waveplan.engine.problem import PlanningProblem

Pair = tuple[int, int]


class SpreadingRows:
    """What rows ask for, and of which ties."""

    def __init__(self, supposed: Supposed) -> None:
        self._supposed = supposed
        self.weights = tie_weights(supposed.problem)
        self._place = {name: lot for lot, name in enumerate(supposed.problem.lots)}
        self._loads: dict[int, StreamLoads] = {}

    def proven(self, proof: Mapped) -> Fraction:
        """The bound that the rows prove. Raises CertificateError when a tie is asked for more than its weight."""
        scale = whole(entry(proof, "scale"), "'scale'", 1)
        asked: dict[Pair, int] = defaultdict(int)
        parts = Parts(self._supposed, self.weights)
        proven: dict[int, int] = defaultdict(int)
        for row in items(proof, "rows"):
            days, paths, root = self._row(mapping(row, "a row"))
            times = whole(entry(row, "times"), "'times'")
            proven[parts.part_of(root)] += times * days
            for path, amount in paths:
                for one, other in pairwise(path):
                    asked[min(one, other), max(one, other)] += times * amount
        for pair, amount in asked.items():
            if pair not in self.weights or amount > scale * self.weights[pair]:
                names = " and ".join(self._supposed.problem.lots[lot] for lot in pair)
                raise CertificateError(f"more is asked of {names} than their tie weighs")
        total = sum(parts.rounded(part, Fraction(amount, scale)) for part, amount in proven.items())
        return Fraction(total, self._supposed.problem.weight_scale)

    def _row(self, row: Mapped) -> tuple[int, list[tuple[list[int], int]], int]:
        """What a row asks for, along which paths, and a lot of its part."""
        if "chain" in row:
            path, chain = self._path(entry(row, "path")), self._path(row["chain"])
            if {path[0], path[-1]} != {chain[0], chain[-1]}:
                raise CertificateError("a chain does not lead where its path does")
            return days_along(self._supposed, chain), [(path, 1)], path[0]
        if "sum" not in row:
            path = self._path(entry(row, "path"))
            return least_days(self._supposed, path[0], path[-1], self._sums_of), [(path, 1)], path[0]
        paths = [self._path(each) for each in items(row, "paths")]
        if not paths or len({path[0] for path in paths}) > 1 or len({path[-1] for path in paths}) < len(paths):
            raise CertificateError("the paths of a row do not lead from one lot to different ones")
        centre, members = paths[0][0], [path[-1] for path in paths]
        stream = self._supposed.problem.lot_stream[members[0]]
        loads, name = self._sums_of(stream), text(entry(row, "sum"), "'sum'")
        known = by_name(loads)
        if name not in known or any(lot not in loads.lots for lot in members):
            raise CertificateError(f"{name} is no sum of these lots")
        amounts = dict(zip(loads.lots, known[name].amounts, strict=True))
        days = least_sum(
            self._supposed,
            stream,
            centre,
            (sum(amounts[lot] for lot in members), amounts.get(centre, 0), max(known[name].limits)),
        )
        return days, [(path, amounts[path[-1]]) for path in paths], centre

    def _path(self, names: Any) -> list[int]:
        if not isinstance(names, list) or len(names) < 2:
            raise CertificateError("a path has no two lots")
        for name in names:
            if text(name, "a lot") not in self._place:
                raise CertificateError(f"there is no lot {name}")
        return [self._place[name] for name in names]

    def _sums_of(self, stream: int) -> StreamLoads:
        if stream not in self._loads:
            self._loads[stream] = loads_of(self._supposed, stream)
        return self._loads[stream]


def tie_weights(problem: PlanningProblem) -> Mapping[Pair, int]:
    """Weight of the ties between each two lots, the lower first."""
    found: dict[Pair, int] = defaultdict(int)
    for tie in problem.ties:
        if tie.first != tie.second and tie.weight:
            found[min(tie.first, tie.second), max(tie.first, tie.second)] += tie.weight
    return found


class Parts:
    """Lots that ties connect: of each part, what all that it can cost is a multiple of."""

    def __init__(self, supposed: Supposed, weights: Mapping[Pair, int]) -> None:
        self._parent = list(range(len(supposed.problem.lots)))
        for one, other in weights:
            self._parent[self.part_of(one)] = self.part_of(other)
        self._step: dict[int, int] = defaultdict(int)
        days: dict[int, int] = {}  # one day of each part
        steps: dict[int, int] = defaultdict(int)
        for lot, positions in enumerate(supposed.allowed):
            part = self.part_of(lot)
            for place in positions:
                day = supposed.problem.positions[place].day
                steps[part] = gcd(steps[part], day - days.setdefault(part, day))
        for (one, _), weight in weights.items():
            self._step[self.part_of(one)] = gcd(self._step[self.part_of(one)], weight)
        for part, step in self._step.items():
            self._step[part] = step * steps[part]

    def part_of(self, lot: int) -> int:
        """A lot that stands for the part."""
        while self._parent[lot] != lot:
            self._parent[lot] = self._parent[self._parent[lot]]
            lot = self._parent[lot]
        return lot

    def rounded(self, part: int, least: Fraction) -> int:
        """The least multiple that is not below."""
        step = self._step[part]
        return ceil(least / step) * step if step else 0


def verify_spreading(supposed: Supposed, proof: Mapped, bound: Fraction) -> None:
    """Raise CertificateError unless the rows prove the bound."""
    proven = SpreadingRows(supposed).proven(proof)
    if proven < bound:
        raise CertificateError(f"the rows prove {proven}, not {bound}")
