"""Anchors and aliases of one file, kept from growing without bound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from waveplan.loading.tree import MappingNode, SequenceNode

_FREE_NODES = 100_000  # what a small file may grow by; a larger one may also grow by as many nodes as it has characters


@dataclass(frozen=True, slots=True)
class _Measured:
    node: Any
    nodes: int
    height: int


class Overgrown(Exception):  # noqa: N818 - not an error of ours but a refusal with its reason
    """An alias that must not be followed; `template` says why."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        self.template = template


class Anchors:
    """What each anchor stands for, and how much its aliases have added so far."""

    def __init__(self, characters: int) -> None:
        self._left = _FREE_NODES + characters
        self._named: dict[str, _Measured] = {}
        self._open: set[str] = set()
        self._containers: dict[int, _Measured] = {}  # by identity; they hold their node, so that no identity returns

    def open(self, name: str | None) -> None:
        """An anchored mapping or list begins."""
        if name is not None:
            self._open.add(name)

    def keep(self, name: str | None, node: Any) -> None:
        """An anchored node is complete."""
        if name is None:
            return
        self._open.discard(name)
        measured = self._measure(node)
        self._named[name] = measured
        if isinstance(node, MappingNode | SequenceNode):
            self._containers[id(node)] = measured

    def forget(self) -> None:
        """Anchors end with their document."""
        self._named.clear()

    def use(self, name: str, depth: int, max_depth: int) -> Any:
        """What an alias at some depth stands for. Raises KeyError for an unknown one, Overgrown for a runaway."""
        if name in self._open:
            raise Overgrown("the alias '*{name}' stands inside what it refers to")
        measured = self._named[name]
        self._left -= measured.nodes
        if self._left < 0:
            raise Overgrown("aliases make this file grow without measure; '*{name}' is one too many")
        if depth + measured.height > max_depth:
            raise Overgrown("aliases nest too deeply; '*{name}' is one too many")
        return measured.node

    def _measure(self, node: Any) -> _Measured:
        """A node with all below it; parts that were measured before are not walked again."""
        if not isinstance(node, MappingNode | SequenceNode):
            return _Measured(node, 1, 0)
        if id(node) in self._containers:
            return self._containers[id(node)]
        parts = [self._measure(each) for each in (node.values() if isinstance(node, MappingNode) else node)]
        height = max((part.height for part in parts), default=0)
        return _Measured(node, 1 + sum(part.nodes for part in parts), 1 + height)
