"""A layered layout: boxes in columns, consumers left of their providers, with few crossings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from waveplan.dependency_graph.components import strong_components

Pair = tuple[str, str]
_SWEEPS = 12
_LANE = 14.0  # height kept free for a line that passes through a column
_GAP = 26.0  # between two boxes of a column
_AISLE = 110.0  # between two columns


@dataclass
class NodePlace:
    """A box, or the lane of a line that passes a column: where it is, and how large."""

    name: str
    width: float
    height: float
    x: float = 0.0
    y: float = 0.0

    @property
    def middle(self) -> float:
        """Height of its centre."""
        return self.y + self.height / 2


@dataclass
class GraphLayout:
    """Places by name, and for each line between boxes of different columns the lanes it passes, in order."""

    places: dict[str, NodePlace]
    lanes: dict[Pair, list[NodePlace]] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


def lay_out(sizes: Mapping[str, tuple[float, float]], lines: Iterable[Pair], margin: float) -> GraphLayout:
    """Place boxes of given width and height, each line leading from left to right unless it closes a circle.

    Boxes without lines come below the others, in rows.
    """
    pairs = sorted({(one, other) for one, other in lines if one != other})
    layout = GraphLayout({name: NodePlace(name, *size) for name, size in sizes.items()})
    tied = {name for pair in pairs for name in pair}
    column = _columns([name for name in sizes if name in tied], pairs)
    columns: list[list[NodePlace]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for name in column:
        columns[column[name]].append(layout.places[name])
    chains = [_with_lanes(layout, pair, column, columns) for pair in pairs]
    _order(columns, chains)
    _set_positions(columns, chains, margin)
    _set_rows(layout, [layout.places[name] for name in sizes if name not in tied], margin)
    everything = [*layout.places.values(), *(lane for lanes in layout.lanes.values() for lane in lanes)]
    layout.width = max((place.x + place.width for place in everything), default=0.0) + margin
    layout.height = max((place.y + place.height for place in everything), default=0.0) + margin
    return layout


def _columns(names: Sequence[str], pairs: Sequence[Pair]) -> dict[str, int]:
    """Each box one column left of the nearest box that it points at; boxes of a circle share a column."""
    following: dict[str, list[str]] = {name: [] for name in names}
    for one, other in pairs:
        following[one].append(other)
    steps: dict[str, int] = {}  # columns between a box and the last one
    for circle in strong_components(names, following):
        inside = set(circle)
        beyond = (steps[other] for name in circle for other in following[name] if other not in inside)
        here = max(beyond, default=-1) + 1
        steps |= dict.fromkeys(circle, here)
    last = max(steps.values(), default=0)
    return {name: last - steps[name] for name in names}


def _with_lanes(
    layout: GraphLayout, pair: Pair, column: Mapping[str, int], columns: list[list[NodePlace]]
) -> list[NodePlace]:
    """The two boxes of a line with a lane in every column between them."""
    first, last = column[pair[0]], column[pair[1]]
    lanes = [NodePlace(f"{pair[0]} {pair[1]} {between}", 0.0, _LANE) for between in range(first + 1, last)]
    for between, lane in enumerate(lanes, first + 1):
        columns[between].append(lane)
    layout.lanes[pair] = lanes
    return [layout.places[pair[0]], *lanes, layout.places[pair[1]]]


def _neighbours(chains: Sequence[Sequence[NodePlace]]) -> tuple[dict[str, list[NodePlace]], dict[str, list[NodePlace]]]:
    left: dict[str, list[NodePlace]] = {}
    right: dict[str, list[NodePlace]] = {}
    for chain in chains:
        for one, other in pairwise(chain):
            right.setdefault(one.name, []).append(other)
            left.setdefault(other.name, []).append(one)
    return left, right


def _order(columns: list[list[NodePlace]], chains: Sequence[Sequence[NodePlace]]) -> None:
    """Order each column by the mean place of what its boxes are tied to, going there and back."""
    left, right = _neighbours(chains)
    for sweep in range(_SWEEPS):
        near = left if sweep % 2 == 0 else right
        for places in columns if sweep % 2 == 0 else columns[::-1]:
            rank = {place.name: float(number) for each in columns for number, place in enumerate(each)}
            wanted = {place.name: _mean([rank[other.name] for other in near.get(place.name, ())]) for place in places}
            goal = {name: rank[name] if mean is None else mean for name, mean in wanted.items()}
            places.sort(key=lambda place, goal=goal: goal[place.name])  # type: ignore[misc]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _set_positions(columns: list[list[NodePlace]], chains: Sequence[Sequence[NodePlace]], margin: float) -> None:
    """Columns beside each other; in each, boxes near what they are tied to, without touching."""
    x = margin
    for places in columns:
        width = max((place.width for place in places), default=0.0)
        for place in places:
            place.x = x + (width - place.width) / 2 if place.width else x
            place.width = place.width or width
        x += width + _AISLE
        _part(places)
    left, right = _neighbours(chains)
    for sweep in range(_SWEEPS):
        near = left if sweep % 2 == 0 else right
        for places in columns if sweep % 2 == 0 else columns[::-1]:
            for place in places:
                mean = _mean([other.middle for other in near.get(place.name, ())])
                place.y = place.y if mean is None else mean - place.height / 2
            _part(places)
    top = min((place.y for places in columns for place in places), default=0.0)
    for place in (place for places in columns for place in places):
        place.y += margin - top


def _part(places: Sequence[NodePlace]) -> None:
    """Move the boxes of a column apart, in their order and as little as possible (pool adjacent violators)."""
    offsets: list[float] = []
    low = 0.0
    for place in places:
        offsets.append(low)
        low += place.height + (_GAP if place.height > _LANE else _LANE / 2)
    pools: list[tuple[float, int]] = []  # mean of what boxes want beyond their offset, and how many they are
    for place, offset in zip(places, offsets, strict=True):
        pools.append((place.y - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, few), (other, more) = pools[-2:]
            pools[-2:] = [((one * few + other * more) / (few + more), few + more)]
    levels = [level for level, count in pools for _ in range(count)]
    for place, offset, level in zip(places, offsets, levels, strict=True):
        place.y = level + offset


def _set_rows(layout: GraphLayout, places: Sequence[NodePlace], margin: float) -> None:
    """Boxes without lines, in rows no wider than the rest (or a page)."""
    alone = {place.name for place in places}
    tied = [place for place in layout.places.values() if place.name not in alone]
    right = max([place.x + place.width for place in tied] + [900.0])
    top = max((place.y + place.height for place in tied), default=margin - 2 * _GAP) + 2 * _GAP
    x, y, tallest = margin, top, 0.0
    for place in places:
        if x > margin and x + place.width > right:
            x, y, tallest = margin, y + tallest + _GAP, 0.0
        place.x, place.y = x, y
        x += place.width + _GAP
        tallest = max(tallest, place.height)
