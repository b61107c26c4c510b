"""Names that lead to each other, for the check alone."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from waveplan.checking.order_circles import circles


def test_a_circle_holds_each_name_once_and_comes_after_what_it_leads_to() -> None:
    leads = {"a": ["b"], "b": ["c", "a"], "c": ["d"], "d": ["c"], "e": ["a", "e"]}
    found = circles(leads)
    assert sorted(map(sorted, found)) == [["a", "b"], ["c", "d"], ["e"]]
    assert [set(names) for names in found] == [{"c", "d"}, {"a", "b"}, {"e"}]


@pytest.mark.parametrize("seed", range(20))
def test_circles_are_strongly_connected_components(seed: int) -> None:
    rng = random.Random(seed)
    names = [f"n{number}" for number in range(rng.randint(1, 7))]
    leads = {name: rng.sample(names, rng.randint(0, min(3, len(names)))) for name in names}
    found = circles(leads)
    graph = nx.DiGraph([(name, other) for name, others in leads.items() for other in others])
    graph.add_nodes_from(names)
    assert sorted(map(sorted, found)) == sorted(map(sorted, nx.strongly_connected_components(graph)))
    place = {name: number for number, circle in enumerate(found) for name in circle}
    assert all(place[other] <= place[name] for name, others in leads.items() for other in others)
