"""Strongly connected components, without loading a graph library for what every validation asks."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


def strong_components(nodes: Iterable[Node], successors: Mapping[Node, Collection[Node]]) -> list[list[Node]]:
    """Sets of nodes that reach each other, each after all that it leads to (Tarjan 1972, without recursion)."""
    walk = _Walk(successors)
    for node in nodes:
        if node not in walk.index:
            walk.run(node)
    return walk.found


class _Walk(Generic[Node]):
    """The state of one depth-first walk; nodes of any one hashable kind."""

    def __init__(self, successors: Mapping[Node, Collection[Node]]) -> None:
        self.successors = successors
        self.index: dict[Node, int] = {}
        self.low: dict[Node, int] = {}
        self.open: dict[Node, None] = {}  # the stack of nodes whose component is not closed, in order
        self.found: list[list[Node]] = []

    def run(self, root: Node) -> None:
        trail: list[tuple[Node, Iterator[Node]]] = [self._enter(root)]
        while trail:
            node, rest = trail[-1]
            for other in rest:
                if other not in self.index:
                    trail.append(self._enter(other))
                    break
                if other in self.open:
                    self.low[node] = min(self.low[node], self.index[other])
            else:
                trail.pop()
                if trail:
                    before = trail[-1][0]
                    self.low[before] = min(self.low[before], self.low[node])
                if self.low[node] == self.index[node]:
                    self._close(node)

    def _enter(self, node: Node) -> tuple[Node, Iterator[Node]]:
        self.index[node] = self.low[node] = len(self.index)
        self.open[node] = None
        return node, iter(self.successors.get(node, ()))

    def _close(self, node: Node) -> None:
        component: list[Node] = []
        while True:
            last, _ = self.open.popitem()
            component.append(last)
            if last == node:
                break
        self.found.append(component[::-1])
