"""The fewest days that a volume of lots must spend apart: around one lot, and between all pairs.

A volume is what lots bring to a room; lots may be cut here as if they were liquid, which only lowers the bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.proofs.bounds.spreading.places import Allowed, Places
from waveplan.engine.proofs.bounds.spreading.rooms import Room

Floats = NDArray[np.float64]
_VOLUMES = 1_024  # entries of a table, for each room; volumes between two entries count as the lower one
_ENTRIES = 6_000_000  # of all tables together
_MOST_BLOCKS = 200  # places up to which every run of places is tried


@dataclass(frozen=True)
class Least:
    """Tables by volume. Sizes and volumes are in the tables' own units: powers of two, so that sums stay exact."""

    sizes: Floats  # room × lot
    star: Floats  # class of window × room × volume
    ball: Floats  # room × volume
    classes: tuple[int, ...]  # by lot


def least_of(problem: PlanningProblem, allowed: Allowed, rooms: Sequence[Room]) -> Least:
    """All tables for the windows that lots have."""
    windows = sorted({tuple(sorted(positions)) for positions in allowed})
    number = {window: index for index, window in enumerate(windows)}
    volumes = max(64, min(_VOLUMES, _ENTRIES // (len(windows) * max(1, len(rooms)))))
    sizes, balls = [], []
    star = np.zeros((len(windows), len(rooms), volumes + 1))
    needed = sorted({position for window in windows for position in window})
    for index, room in enumerate(rooms):
        unit = 1
        while int(room.sizes.sum()) > volumes * unit:
            unit *= 2
        sizes.append(room.sizes / unit)
        around = np.zeros((len(problem.positions), volumes + 1))
        for position in needed:
            around[position] = _around(problem, room, position, np.arange(volumes + 1) * unit) / unit
        for kind, window in enumerate(windows):
            star[kind, index] = around[list(window)].min(axis=0)
        balls.append(_between(room, volumes, unit) / (unit * unit))
    shape = (len(rooms), len(problem.lots))
    return Least(
        np.array(sizes).reshape(shape),
        star,
        np.array(balls).reshape(len(rooms), volumes + 1),
        tuple(number[tuple(sorted(positions))] for positions in allowed),
    )


def _around(problem: PlanningProblem, room: Room, position: int, volumes: NDArray[np.int64]) -> Floats:
    """Least Σ volume × days from a position, by volume: place after place filled, the nearest first."""
    places, day = room.places, problem.positions[position].day
    if places.free:
        away = np.maximum(0, np.maximum(places.first - day, day - places.last))
        order = np.argsort(away, kind="stable")
        distances, filled = away[order], room.filled(order.tolist())
    else:
        distances = np.array(sorted(places.around(position, day)), np.int64)
        filled = np.arange(1, len(distances) + 1) * room.limit
    spent = np.cumsum(np.diff(filled, prepend=0) * distances)
    beyond = np.maximum(0, volumes - filled[-1]) * distances[-1]
    at_filled = np.interp(volumes, np.concatenate([[0], filled]), np.concatenate([[0], spent]))
    return np.asarray(at_filled + beyond, np.float64)


def _between(room: Room, volumes: int, unit: int) -> Floats:
    """Least Σ over pairs of waves of volume × volume × days between, by volume.

    For any choice of waves that is a concave function of what is in them (distances on a line are of negative type),
    so it is least where all waves but one are full. With equal room a gap between two waves never helps.
    """
    least = np.zeros(volumes + 1)
    total = int(room.sizes.sum())
    lines: dict[int, list[tuple[float, float]]] = {}
    for entry in range(1, volumes + 1):
        volume = entry * unit
        if volume - unit >= total:  # more than all lots together: never looked up
            least[entry] = least[entry - 1]
            continue
        full, rest = divmod(volume, room.limit)
        if full not in lines:
            lines[full] = _lines(room.places, full)
        least[entry] = min(room.limit * (room.limit * among + rest * to_rest) for among, to_rest in lines[full])
    return least


def _lines(places: Places, full: int) -> list[tuple[float, float]]:
    """For so many full waves and one more: days among the full ones and from them to the other, the least of both."""
    count = len(places.first)
    if places.free and places.single and full < count <= _MOST_BLOCKS:
        days = np.lib.stride_tricks.sliding_window_view(places.first, full + 1).astype(np.float64)
        ranks = np.arange(full + 1)
        sums = np.cumsum(days, axis=1)
        to_one = ranks * days - (sums - days) + (sums[:, -1:] - sums) - (full - ranks) * days
        among = to_one.sum(axis=1, keepdims=True) / 2.0 - to_one
    else:
        spans = places.spans.astype(np.float64)
        spans = np.concatenate([spans, np.full(max(0, full + 1 - len(spans)), spans[-1])])[: full + 1]
        one_way = np.cumsum(spans)
        to_one = one_way + one_way[::-1]
        among = to_one.sum() / 2.0 - to_one
    kept: list[tuple[float, float]] = []
    for pair in sorted(set(zip(among.ravel().tolist(), to_one.ravel().tolist(), strict=True))):
        if not kept or pair[1] < kept[-1][1]:
            kept.append(pair)
    return kept
