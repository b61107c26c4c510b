"""Which single tie swallows most of a lot: without it, the largest part that remains is smallest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from waveplan.domain.plan_lots import Tie
from waveplan.lots.lot import Lot


@dataclass(frozen=True, slots=True)
class TieCut:
    """A tie and the number of items in the largest part of the lot that would remain without it."""

    tie: Tie
    largest: int


def best_cut(lot: Lot) -> TieCut | None:
    """The tie whose loss leaves the smallest largest part; None when no single tie holds the lot together.

    Linear in items and ties: one depth-first walk over items and ties counts what hangs below each tie alone.
    """
    walk = _TieWalk([str(item.id) for item in lot.items], lot.ties)
    walk.run()
    best: TieCut | None = None
    for number, tie in enumerate(lot.ties):
        parts = walk.parts.get(number)
        if parts:
            largest = max(*parts, len(lot.items) - sum(parts))
            if best is None or largest < best.largest:
                best = TieCut(tie, largest)
    return best


@dataclass
class _TieWalk:
    """Depth-first over a graph whose nodes are items (by id) and ties (by number)."""

    items: list[str]
    ties: Sequence[Tie]
    parts: dict[int, list[int]] = field(default_factory=dict)  # by tie: sizes of what only it holds

    def run(self) -> None:
        around: dict[str, list[int]] = {item: [] for item in self.items}
        for number, tie in enumerate(self.ties):
            for item in tie.of:
                around[item].append(number)
        root = self.items[0]
        entered: dict[str | int, int] = {root: 0}
        low: dict[str | int, int] = {root: 0}
        size: dict[str | int, int] = {root: 1}
        trail: list[tuple[str | int, list[str] | list[int]]] = [(root, list(around[root]))]
        while trail:
            node, rest = trail[-1]
            if rest:
                other: str | int = rest.pop()
                if other in entered:
                    low[node] = min(low[node], entered[other])
                    continue
                entered[other] = low[other] = len(entered)
                size[other] = int(isinstance(other, str))
                trail.append((other, list(self.ties[other].of) if isinstance(other, int) else list(around[other])))
                continue
            trail.pop()
            if trail:
                above = trail[-1][0]
                low[above] = min(low[above], low[node])
                size[above] += size[node]
                if isinstance(above, int) and low[node] >= entered[above]:
                    self.parts.setdefault(above, []).append(size[node])
