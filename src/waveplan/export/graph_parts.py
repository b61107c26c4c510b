"""A large drawing in several: what hangs together stays together where it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from waveplan.export.graph_view import GraphEdge, GraphNode, GraphTie, GraphView

_FRAME = 300  # characters that a drawing needs around its nodes and edges
_NODE, _EDGE = 56, 36  # characters of a node (with its lot) and of an edge beside their texts
_TIED = 20  # items of a tie that are taken at once, so that a tie of many can be shared out


@dataclass(frozen=True, slots=True)
class _Piece:
    """An edge, a tie or an item that stands alone, with its ends and what it costs."""

    what: GraphEdge | GraphTie | GraphNode
    ends: tuple[str, ...]
    edges: int
    length: int


@dataclass
class _Part:
    """What goes into one drawing."""

    pieces: list[_Piece] = field(default_factory=list)
    nodes: set[str] = field(default_factory=set)
    edges: int = 0
    length: int = _FRAME

    def take(self, piece: _Piece, lengths: dict[str, int]) -> None:
        self.pieces.append(piece)
        self.edges += piece.edges
        self.length += piece.length + sum(lengths[end] for end in {*piece.ends} - self.nodes)
        self.nodes.update(piece.ends)

    def view(self, whole: GraphView) -> GraphView:
        found = [piece.what for piece in self.pieces]
        ties: dict[str, tuple[str, ...]] = {}
        for each in found:
            if isinstance(each, GraphTie):
                ties[each.label] = ties.get(each.label, ()) + each.items
        return whole.part(
            [each for each in found if isinstance(each, GraphEdge)],
            [GraphTie(label, items) for label, items in ties.items()],
            [each.id for each in found if isinstance(each, GraphNode)],
        )


def split_view(view: GraphView, most_edges: int, most_length: int, length: Callable[[str], int]) -> list[GraphView]:
    """Drawings of so many edges and characters at most that together show everything; `length` is that of a text."""
    lengths = {node.id: _NODE + length(node.name) + length(node.lot) for node in view.nodes}
    parts = [_Part()]

    def fits(pieces: Sequence[_Piece]) -> bool:
        last = parts[-1]
        new = {end for piece in pieces for end in piece.ends} - last.nodes
        added = sum(piece.length for piece in pieces) + sum(lengths[end] for end in new)
        return last.edges + sum(piece.edges for piece in pieces) <= most_edges and last.length + added <= most_length

    for group in _groups(view, length):
        if parts[-1].pieces and not fits(group):
            parts.append(_Part())
        for piece in group:
            if parts[-1].pieces and not fits([piece]):
                parts.append(_Part())
            parts[-1].take(piece, lengths)
    return [part.view(view) for part in parts]


def _groups(view: GraphView, length: Callable[[str], int]) -> Iterator[list[_Piece]]:
    """Pieces that hang together, lot by lot within each group; then each item that stands alone."""
    leader = _leaders(view)
    lot_of = {node.id: node.lot for node in view.nodes}
    groups: dict[str, list[_Piece]] = {}
    for tie in view.ties:
        for start in range(0, len(tie.items), _TIED):
            part = GraphTie(tie.label, tie.items[start : start + _TIED])
            piece = _Piece(part, part.items, len(part.items), _EDGE * len(part.items) + length(part.label))
            groups.setdefault(leader[tie.items[0]], []).append(piece)
    for edge in view.edges:
        text = _EDGE + length(f"{edge.order}, {edge.reason}")
        piece = _Piece(edge, (edge.consumer, edge.provider), 1, text)
        groups.setdefault(leader[edge.consumer], []).append(piece)
    for group in groups.values():
        yield sorted(group, key=lambda piece: lot_of[piece.ends[0]])
    touched = {end for group in groups.values() for piece in group for end in piece.ends}
    yield from ([_Piece(node, (node.id,), 0, 0)] for node in view.nodes if node.id not in touched)


def _leaders(view: GraphView) -> dict[str, str]:
    """For each item one that stands for all that hangs together with it."""
    parent = {node.id: node.id for node in view.nodes}

    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for edge in view.edges:
        parent[find(edge.consumer)] = find(edge.provider)
    for tie in view.ties:
        for item in tie.items[1:]:
            parent[find(item)] = find(tie.items[0])
    return {name: find(name) for name in parent}
