"""What a drawing of the dependency graph shows: applications in their lots, dependencies, and what else ties them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from waveplan.dependency_graph import Arc, DependencyGraph
from waveplan.domain.findings import printable
from waveplan.domain.items import Item
from waveplan.domain.parts import Criticality, Environment
from waveplan.domain.plan_lots import Tie
from waveplan.domain.work import Strategy
from waveplan.errors import UsageError
from waveplan.lots import Lots

EdgeKind = Literal["hard", "soft", "shared", "tie"]


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One item; `lot` is empty for what never cuts over."""

    id: str
    name: str
    lot: str
    strategy: Strategy | Literal["rollout"]
    criticality: Criticality
    environment: Environment | Literal[""]


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One dependency: the consumer points at its provider."""

    consumer: str
    provider: str
    kind: EdgeKind
    order: str  # "provider first", "consumer first", with a gap in days; or nothing
    weight: str
    reason: str


@dataclass(frozen=True, slots=True)
class GraphTie:
    """What else puts items into one lot: a server, a cluster, a disk or a rule, with two items or more."""

    label: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphView:
    """All that is drawn, in inventory order; text holds no control characters. `lots` gives the items of each lot."""

    title: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    ties: tuple[GraphTie, ...]
    lots: Mapping[str, tuple[str, ...]]

    def part(self, edges: Iterable[GraphEdge], ties: Iterable[GraphTie], alone: Iterable[str] = ()) -> GraphView:
        """The same drawing with some edges and ties only, the items at their ends, and items that stand alone."""
        chosen, tied = tuple(edges), tuple(ties)
        kept = {*alone, *(end for edge in chosen for end in (edge.consumer, edge.provider))}
        kept.update(item for tie in tied for item in tie.items)
        nodes = tuple(node for node in self.nodes if node.id in kept)
        return GraphView(self.title, nodes, chosen, tied, _lots_of(nodes))


def view_graph(graph: DependencyGraph, lots: Lots, around: str | None = None, hops: int = 1) -> GraphView:
    """The whole graph, or what is at most so many dependencies away from an item, in either direction.

    Raises UsageError when there is no such item.
    """
    items = graph.items
    if around is not None and around not in items:
        near = difflib.get_close_matches(around, [item.id for item in items], n=3)
        if near:
            raise UsageError(
                "no application or service has the id {name}; did you mean {near}?",
                name=repr(around),
                near=", ".join(near),
            )
        raise UsageError("no application or service has the id {name}", name=repr(around))
    kept: set[str] = {item.id for item in items} if around is None else set(graph.around(around, hops))
    nodes = tuple(_node(item, lots) for item in items if item.id in kept)
    edges = tuple(_edge(arc) for arc in graph.arcs if arc.consumer in kept and arc.provider in kept)
    ties = tuple(_shown_ties(lots, kept))
    return GraphView(_text(items.inventory.programme.name), nodes, edges, ties, _lots_of(nodes))


def _node(item: Item, lots: Lots) -> GraphNode:
    lot, entry = lots.of(item.id), item.entry
    name, lot_id = _text(entry.name or item.id), str(lot.id) if lot is not None else ""
    return GraphNode(item.id, name, lot_id, item.strategy, entry.criticality, item.environment or "")


def _edge(arc: Arc) -> GraphEdge:
    entry = arc.entry
    order = "" if entry.order == "any" else entry.order.replace("_", " ")
    if order and entry.min_gap_days:
        order += f" +{entry.min_gap_days} d"
    if entry.min_gap_working_days:
        order += f" +{entry.min_gap_working_days} wd"
    if entry.max_gap_days is not None:
        order += f" ≤{entry.max_gap_days} d"
    if entry.coexist_days_max is not None:
        order = f"{order} ±{entry.coexist_days_max} d".strip()
    weight = format(entry.weight.normalize(), "f")
    return GraphEdge(arc.consumer, arc.provider, entry.coupling, order, weight, _text(entry.reason or ""))


def _shown_ties(lots: Lots, kept: AbstractSet[str]) -> Iterable[GraphTie]:
    """Ties other than dependencies, with those of their items that are shown; those of two items or more."""
    for lot in lots:
        for tie in lot.ties:
            members = tuple(item for item in tie.of if item in kept)
            if tie.tie != "hard dependency" and len(members) > 1:
                yield GraphTie(_tie_label(tie), members)


def _tie_label(tie: Tie) -> str:
    kind = tie.tie.removeprefix("shared ").removesuffix(" rule")
    name = tie.server or tie.cluster or tie.disk or tie.rule or ""
    return _text(f"{kind} {name}")


def _lots_of(nodes: Iterable[GraphNode]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for node in nodes:
        if node.lot:
            found.setdefault(node.lot, []).append(node.id)
    return {lot: tuple(members) for lot, members in sorted(found.items())}


def _text(text: str) -> str:
    return str(printable(text))
