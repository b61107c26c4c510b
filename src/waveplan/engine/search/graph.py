"""The graph of lots and their ties, and orders of lots in which those that are tied stand near each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from waveplan.engine.problem import PlanningProblem
from waveplan.engine.running.looking import UNWATCHED, Look
from waveplan.engine.search.tables import Ints

Floats = NDArray[np.float64]
_DENSE = 300  # lots: up to here eigenvectors are worked out exactly
_STEPS = 160  # of Lanczos' method
_LEAF = 12  # lots that are not parted further


@dataclass(frozen=True)
class TieGraph:
    """Ties as three arrays: one lot, the other, the weight."""

    lots: int
    first: Ints
    second: Ints
    weight: Floats

    def among(self, chosen: Ints) -> TieGraph:
        """The graph of some lots, numbered as they are listed."""
        number = np.full(self.lots, -1, np.int64)
        number[chosen] = np.arange(len(chosen))
        kept = (number[self.first] >= 0) & (number[self.second] >= 0)
        return TieGraph(len(chosen), number[self.first[kept]], number[self.second[kept]], self.weight[kept])


def graph_of(problem: PlanningProblem) -> TieGraph:
    """The problem's ties."""
    table = np.array([(tie.first, tie.second, tie.weight) for tie in problem.ties], np.int64).reshape(-1, 3)
    return TieGraph(len(problem.lots), table[:, 0], table[:, 1], table[:, 2].astype(np.float64))


def spectral_order(graph: TieGraph, look: Look = UNWATCHED) -> Ints:
    """Part after connected part, each by its Fiedler vector (Juvan and Mohar 1992).

    Raises StoppedError as the look does.
    """
    return np.concatenate([part[_along(graph.among(part), look)] for part in parts(graph)])


def parted_order(graph: TieGraph, look: Look = UNWATCHED) -> Ints:
    """Each connected part cut in two along its Fiedler vector, and each half again, down to a few lots.

    Raises StoppedError as the look does.
    """
    return np.concatenate([part[_halved(graph.among(part), look)] for part in parts(graph)])


def depth_first_order(graph: TieGraph, look: Look = UNWATCHED) -> Ints:
    """Lots as a walk along the heaviest ties leaves them: what hangs on a lot stands before it.

    Raises StoppedError as the look does.
    """
    near: list[list[tuple[float, int]]] = [[] for _ in range(graph.lots)]
    for first, second, weight in zip(graph.first.tolist(), graph.second.tolist(), graph.weight.tolist(), strict=True):
        near[first].append((-weight, second))
        near[second].append((-weight, first))
    seen, order = [False] * graph.lots, []
    for root in look.each(range(graph.lots)):
        order += [] if seen[root] else list(_left_from(root, near, seen))
    return np.array(order, np.int64)


def _left_from(root: int, near: list[list[tuple[float, int]]], seen: list[bool]) -> Iterator[int]:
    seen[root] = True
    path = [(root, iter(sorted(near[root])))]
    while path:
        lot, following = path[-1]
        fresh = next((other for _, other in following if not seen[other]), None)
        if fresh is None:
            path.pop()
            yield lot
        else:
            seen[fresh] = True
            path.append((fresh, iter(sorted(near[fresh]))))


def parts(graph: TieGraph) -> list[Ints]:
    """The connected parts, by their first lot."""
    label = np.arange(graph.lots)
    while True:
        lower = label.copy()
        np.minimum.at(lower, graph.first, label[graph.second])
        np.minimum.at(lower, graph.second, label[graph.first])
        lower = lower[lower]
        if (lower == label).all():
            break
        label = lower
    order = np.argsort(label, kind="stable")
    return list(np.split(order, np.flatnonzero(np.diff(label[order])) + 1))


def _along(graph: TieGraph, look: Look) -> Ints:
    look()
    if graph.lots < 3:
        return np.arange(graph.lots)
    return np.argsort(np.round(_fiedler(graph, look), 9), kind="stable")


def _halved(graph: TieGraph, look: Look) -> Ints:
    order = _along(graph, look)
    if graph.lots <= _LEAF:
        return order
    middle = graph.lots // 2
    halves = [half[_turned(_halved(graph.among(half), look))] for half in (order[:middle], order[middle:])]
    return np.concatenate(halves)


def _turned(order: Ints) -> Ints:
    """The order itself or its reverse, whichever agrees more with the order that its lots had before."""
    agreement = np.dot(order - order.mean(), np.arange(len(order)))
    return order if agreement >= 0 else order[::-1].copy()


def _fiedler(graph: TieGraph, look: Look) -> Floats:
    """The eigenvector to the second least eigenvalue of the Laplacian."""
    degree = np.zeros(graph.lots)
    np.add.at(degree, graph.first, graph.weight)
    np.add.at(degree, graph.second, graph.weight)
    if graph.lots <= _DENSE:
        laplacian = np.diag(degree)
        np.add.at(laplacian, (graph.first, graph.second), -graph.weight)
        np.add.at(laplacian, (graph.second, graph.first), -graph.weight)
        vectors: Any = np.linalg.eigh(laplacian)[1]
        found: Floats = vectors[:, 1]
        return found
    return _lanczos(graph, degree, look)


def _lanczos(graph: TieGraph, degree: Floats, look: Look) -> Floats:
    """Nearly the same, by Lanczos' method with every vector kept orthogonal to all before and to the constant one."""
    steps = min(_STEPS, graph.lots - 1)
    basis = np.zeros((steps, graph.lots))
    main, side = np.zeros(steps), np.zeros(steps)
    vector = np.random.default_rng(1).standard_normal(graph.lots)
    for step in range(steps):
        look()
        vector -= vector.mean()
        vector -= basis[:step].T @ (basis[:step] @ vector)
        norm = float(np.linalg.norm(vector))
        if norm < 1e-10:
            steps = step
            break
        basis[step] = vector / norm
        side[step] = norm
        image = degree * basis[step]
        image -= np.bincount(graph.first, graph.weight * basis[step][graph.second], graph.lots)
        image -= np.bincount(graph.second, graph.weight * basis[step][graph.first], graph.lots)
        main[step] = float(image @ basis[step])
        vector = image - main[step] * basis[step]
        vector -= basis[: step + 1].T @ (basis[: step + 1] @ vector)
    tridiagonal = np.diag(main[:steps]) + np.diag(side[1:steps], 1) + np.diag(side[1:steps], -1)
    found: Floats = basis[:steps].T @ np.linalg.eigh(tridiagonal)[1][:, 0]
    return found
