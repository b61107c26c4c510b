"""Minimum cuts of a set of items held together by ties of two or more.

A tie of many items is one edge of a hypergraph: it is cut once, however its items part. In the network it is a pair of
nodes with its cost between them (Lawler 1973); the minimum cut is by networkx.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import networkx as nx
from networkx.algorithms.flow import shortest_augmenting_path

from waveplan.lot_cuts.ties import Cuttable

MOST_EFFORT = 150_000  # for one lot: nodes and edges of networks, each time one of them is cut
_TERMINALS = 8  # items between which cuts are looked for; of larger sets those that are bound most
Part = frozenset[str]


def effort_of(items: Part, ties: Sequence[Cuttable]) -> int:
    """What it takes to look for ways to part items in two; a flow may pass its network many times."""
    terminals = min(len(items), _TERMINALS)
    return terminals * (terminals - 1) // 2 * (len(items) + sum(len(each.tie.of) for each in ties))


def two_parts(items: Part, ties: Sequence[Cuttable]) -> Iterator[tuple[int, Part, Part]]:
    """Ways to part items in two, each with what it costs: a minimum cut between each two of some items."""
    network = _network(items, ties)
    seen: set[Part] = set()
    for one, other in combinations(_terminals(items, ties), 2):
        cost, (near, _) = nx.minimum_cut(network, one, other, flow_func=shortest_augmenting_path)
        first = frozenset(name for name in near if isinstance(name, str))
        if first not in seen:
            seen.add(first)
            yield int(cost), first, items - first


def _terminals(items: Part, ties: Sequence[Cuttable]) -> list[str]:
    bound: dict[str, int] = defaultdict(int)
    for each in ties:
        for item in each.tie.of:
            bound[item] += each.cost
    chosen = sorted(items, key=lambda item: (-bound[item], item))[:_TERMINALS]
    return sorted(chosen)


def _network(items: Part, ties: Sequence[Cuttable]) -> nx.DiGraph[object]:
    network: nx.DiGraph[object] = nx.DiGraph()
    network.add_nodes_from(sorted(items))
    pairs: dict[tuple[str, ...], int] = defaultdict(int)
    for number, each in enumerate(ties):
        held = sorted(item for item in each.tie.of if item in items)
        if len(held) == 2:
            pairs[tuple(held)] += each.cost
        elif len(held) > 2:
            network.add_edge((number, "in"), (number, "out"), capacity=each.cost)
            for item in held:
                network.add_edge(item, (number, "in"))  # no capacity: never cut
                network.add_edge((number, "out"), item)
    for (one, other), cost in pairs.items():
        network.add_edge(one, other, capacity=cost)
        network.add_edge(other, one, capacity=cost)
    return network


def connected_parts(items: Part, ties: Sequence[Cuttable]) -> list[Part]:
    """What still hangs together, in order of the smallest item."""
    graph: nx.Graph[object] = nx.Graph()
    graph.add_nodes_from(sorted(items))
    for number, each in enumerate(ties):
        graph.add_edges_from((item, number) for item in each.tie.of if item in items)
    found = (frozenset(name for name in part if isinstance(name, str)) for part in nx.connected_components(graph))
    return sorted((part for part in found if part), key=min)
