"""The dependency graph: closures, cycles among groups, impact, single points."""

from __future__ import annotations

import itertools
import subprocess
import sys
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waveplan.dependency_graph import (
    DependencyGraph,
    Order,
    dependants,
    impact,
    order_cycles,
    orders_of,
    single_points,
)
from waveplan.dependency_graph.components import strong_components
from waveplan.domain.items import Items
from waveplan.errors import UsageError

EDGES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30)


def apps(*pairs, names=()):
    """Applications in order of name; each pair is consumer, provider."""
    wanted = sorted({*names, *(name for pair in pairs for name in pair)})
    return [{"id": name, "depends_on": [{"app": p} for c, p in pairs if c == name and p != name]} for name in wanted]


@pytest.fixture
def graph_of(inventory_of):
    return lambda text="", **sections: DependencyGraph(Items(inventory_of(text, **sections)))


# --- closures and neighbourhoods ------------------------------------------------------------------------------------


def test_closures_count_steps_in_both_directions(graph_of):
    graph = graph_of(applications=apps(("a", "b"), ("b", "c"), ("a", "c"), ("d", "c"), names="e"))
    assert graph.providers(["a"]) == {"b": 1, "c": 1}
    assert graph.consumers(["c"]) == {"a": 1, "b": 1, "d": 1}
    assert graph.consumers(["b", "d"]) == {"a": 1}
    assert graph.providers(["e"]) == {}


def test_a_neighbourhood_goes_both_ways_and_stops_after_its_hops(graph_of):
    graph = graph_of(applications=apps(("a", "b"), ("b", "c"), ("d", "c"), ("d", "e")))
    assert graph.around("b") == {"b": 0, "c": 1, "a": 1}
    assert graph.around("b", 2) == {"b": 0, "c": 1, "a": 1, "d": 2}
    assert graph.around("b", 0) == {"b": 0}


def test_parts_hang_together_and_come_largest_first(graph_of):
    graph = graph_of(applications=apps(("z", "y"), ("a", "b"), ("c", "b"), names="m"))
    assert graph.parts() == [["a", "b", "c"], ["y", "z"], ["m"]]


def test_arcs_keep_every_entry_and_the_way_to_it(graph_of):
    graph = graph_of("""
        applications:
        - id: shop
          depends_on: [{app: sso, weight: 2, reason: login}, {app: nowhere}, {app: sso, coupling: hard}]
        - {id: sso, depends_on: [{app: sso}]}
    """)
    assert [(arc.consumer, arc.provider, arc.entry.coupling, arc.path) for arc in graph.arcs] == [
        ("shop", "sso", "soft", ("applications", 0, "depends_on", 0)),
        ("shop", "sso", "hard", ("applications", 0, "depends_on", 2)),
    ]
    assert graph.direct_consumers["sso"] == ("shop",)
    edge = graph.network.get_edge_data("shop", "sso")[0]
    assert (edge["reason"], edge["weight"], edge["coupling"]) == ("login", 2, "soft")


@given(edges=EDGES)
def test_closures_agree_with_networkx(inventory_of, edges):
    names = [f"n{number}" for number in range(10)]
    pairs = [(names[a], names[b]) for a, b in edges]
    graph = DependencyGraph(Items(inventory_of(applications=apps(*pairs, names=names))))
    other = nx.DiGraph(graph.network)
    counts = dependants(graph)
    for name in other:
        assert set(graph.providers([name])) == nx.descendants(other, name)
        assert set(graph.consumers([name])) == nx.ancestors(other, name)
        assert counts[name] == len(nx.ancestors(other, name))


def test_a_chain_of_ten_thousand_needs_no_recursion(inventory_of):
    names = [f"n{number:05}" for number in range(10_000)]
    entries = [{"id": a, "depends_on": [{"app": b}]} for a, b in pairwise(names)] + [{"id": names[-1]}]
    graph = DependencyGraph(Items(inventory_of(applications=entries)))
    assert dependants(graph)[names[-1]] == 9_999
    assert len(graph.consumers([names[-1]])) == 9_999
    (point,) = single_points(graph, 5_000)
    assert (point.item, len(point.rests_on)) == (names[5_000], 4_999)


def test_networkx_is_loaded_only_when_the_network_is_asked_for():
    code = (
        "import sys; import waveplan.dependency_graph, waveplan.review; "
        "print('networkx' in sys.modules, 'ortools' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False"]


# --- components and cycles ------------------------------------------------------------------------------------------


@given(EDGES)
def test_strong_components_agree_with_networkx_and_come_providers_first(edges):
    successors = {node: [b for a, b in edges if a == node] for node in range(10)}
    found = strong_components(range(10), successors)
    other = nx.DiGraph(edges)
    other.add_nodes_from(range(10))
    assert {frozenset(each) for each in found} == {frozenset(c) for c in nx.strongly_connected_components(other)}
    place = {node: number for number, component in enumerate(found) for node in component}
    assert all(place[b] <= place[a] for a, b in edges)


def arcs(*pairs):
    return [Order("dependency", (a,), (b,), False, b, ("rules", number)) for number, (a, b) in enumerate(pairs)]


def own_groups(orders):
    return {item: item for order in orders for item in (*order.firsts, *order.seconds)}


def test_a_cycle_of_three_is_shown_with_what_makes_each_arc():
    orders = arcs("ab", "bc", "ca", "cd")
    (cycle,) = order_cycles(own_groups(orders), orders)
    assert cycle.groups == ("a", "b", "c")
    assert [(arc.first, arc.second, arc.order.path) for arc in cycle.arcs] == [
        ("a", "b", ("rules", 0)),
        ("b", "c", ("rules", 1)),
        ("c", "a", ("rules", 2)),
    ]


def test_the_shortest_cycle_of_each_knot_is_shown():
    orders = arcs("ab", "bc", "cd", "da", "cb", "xy", "yx", "dx")
    assert [cycle.groups for cycle in order_cycles(own_groups(orders), orders)] == [("b", "c"), ("x", "y")]


def test_cycles_appear_only_after_items_are_put_into_lots():
    orders = arcs("ab", "cd")
    assert order_cycles(own_groups(orders), orders) == ()
    (cycle,) = order_cycles({"a": "one", "d": "one", "b": "two", "c": "two"}, orders)
    assert cycle.groups == ("one", "two")
    assert [(arc.first, arc.second) for arc in cycle.arcs] == [("a", "b"), ("c", "d")]


def test_an_order_inside_one_lot_is_no_cycle():
    orders = [*arcs("ab"), Order("before rule", ("a", "x"), ("b", "y"), True, "r", ())]
    assert order_cycles({"a": "lot", "b": "lot", "x": "lot", "y": "other"}, orders) == ()


def test_items_without_a_group_take_no_part():
    orders = arcs("ab", "bc", "ca")
    assert order_cycles({"a": "a", "b": "b"}, orders) == ()


def test_many_to_many_orders_close_cycles_and_count_as_one_step():
    many = Order("before rule", ("a", "b", "c"), ("x", "y"), True, "r", ("rules", 9))
    orders = [many, *arcs("xm", "mn", "nc", "ya")]
    (cycle,) = order_cycles(own_groups(orders), orders)
    assert cycle.groups == ("a", "y")
    assert [(arc.first, arc.second, arc.order.name) for arc in cycle.arcs] == [("a", "y", "r"), ("y", "a", "a")]


def words(numbers):
    return tuple(str(number) for number in sorted(numbers))


@given(EDGES, st.lists(st.tuples(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9))), max_size=3))
def test_shortest_cycles_agree_with_an_exhaustive_search(edges, wide):
    orders = [Order("dependency", (str(a),), (str(b),), False, "", ()) for a, b in edges]
    orders += [
        Order("before rule", tuple(map(str, sorted(x))), tuple(map(str, sorted(y))), True, "", ()) for x, y in wide
    ]
    groups = {str(number): f"g{number % 7}" for number in range(10)}
    ends = [ends for order in orders for ends in itertools.product(order.firsts, order.seconds)]
    pairs = {(groups[a], groups[b]) for a, b in ends if groups[a] != groups[b]}
    graph = nx.DiGraph(pairs)
    knots = [component for component in nx.strongly_connected_components(graph) if len(component) > 1]
    inside = {
        groups[a]
        for order in orders
        for a, b in itertools.product(order.firsts, order.seconds)
        if groups[a] == groups[b]
    }
    found = order_cycles(groups, orders)
    if not inside:
        assert len(found) == len(knots)
    for cycle in found:
        assert all(step in pairs for step in zip(cycle.groups, (*cycle.groups[1:], cycle.groups[0]), strict=True))
        assert all(groups[arc.first] == group for arc, group in zip(cycle.arcs, cycle.groups, strict=True))
        knot = next(each for each in knots if cycle.groups[0] in each)
        if not inside:
            shortest = min(len(each) for each in nx.simple_cycles(graph.subgraph(knot)))
            assert len(cycle.groups) == shortest


def test_a_large_ring_is_found_without_recursion_and_quickly():
    names = [f"n{number:05}" for number in range(5_000)]
    orders = arcs(*zip(names, [*names[1:], names[0]], strict=True))
    (cycle,) = order_cycles(own_groups(orders), orders)
    assert len(cycle.groups) == 5_000


# --- orders of an inventory -----------------------------------------------------------------------------------------


def test_orders_come_from_dependencies_rules_and_environments(graph_of):
    graph = graph_of("""
        applications:
        - {id: shop, family: shop, environment: prod, depends_on: [{app: sso, order: provider_first, reason: login}]}
        - {id: shop-test, family: shop, environment: test}
        - {id: shop-dev, family: shop, environment: dev}
        - id: sso
          depends_on: [{app: shop, order: consumer_first, min_gap_days: 2}, {app: old, order: provider_first}]
        - {id: old, strategy: retain}
        - {id: crm, depends_on: [{app: sso}]}
        rules: [{id: first, before: [{app: sso}, {app: nowhere}, {app: [crm, shop]}]}]
        policy: {environment_order: [dev, test, prod]}
    """)
    found = {(order.kind, order.firsts, order.seconds, order.strict, order.name) for order in orders_of(graph)}
    assert found == {
        ("dependency", ("sso",), ("shop",), False, "shop"),
        ("dependency", ("sso",), ("shop",), True, "sso"),
        ("before rule", ("sso",), ("shop", "crm"), True, "first"),
        ("environment order", ("shop-dev",), ("shop-test",), True, "shop"),
        ("environment order", ("shop-test", "shop-dev"), ("shop",), True, "shop"),
    }


def test_environments_follow_the_order_of_the_waiting_items_stream(graph_of):
    graph = graph_of("""
        applications:
        - {id: a-prod, family: a, environment: prod, domain: fast}
        - {id: a-dev, family: a, environment: dev}
        - {id: b-prod, family: b, environment: prod}
        - {id: b-dev, family: b, environment: dev, domain: fast}
        streams: [{id: fast, match: {domain: fast}, policy: {environment_order: [prod, dev]}}]
        policy: {environment_order: [dev, prod]}
    """)
    found = {(order.firsts, order.seconds, order.path) for order in orders_of(graph)}
    assert found == {
        (("b-dev",), ("b-prod",), ("policy", "environment_order")),
        (("b-prod",), ("b-dev",), ("streams", 0, "policy", "environment_order")),
    }


# --- single points --------------------------------------------------------------------------------------------------


def test_a_single_point_names_what_it_rests_on(graph_of):
    pairs = [(name, "s") for name in "abcdef"] + [("s", "t"), ("t", "u"), ("a", "v"), ("b", "v")]
    (point,) = single_points(graph_of(applications=apps(*pairs)), at_least=5)
    assert (point.item, point.direct, point.total, point.rests_on) == ("s", 6, 6, ("t", "u"))


def test_items_that_depend_on_each_other_are_told_separately(graph_of):
    pairs = [(name, "s") for name in "abcdef"] + [("s", "t"), ("t", "s")]
    assert [point.item for point in single_points(graph_of(applications=apps(*pairs)), at_least=5)] == ["s", "t"]


def test_dependants_are_exact_beyond_one_block(graph_of, monkeypatch):
    monkeypatch.setattr("waveplan.dependency_graph.reachability._BLOCK", 3)
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), ("e", "d"), ("c", "f"), ("g", "f"), ("f", "h")]
    found = dependants(graph_of(applications=apps(*pairs, names="i")))
    assert found == {"a": 4, "b": 4, "c": 4, "d": 1, "e": 0, "f": 6, "g": 0, "h": 7, "i": 0}


# --- impact ---------------------------------------------------------------------------------------------------------

ESTATE = """
    sites:
    - {id: old, target: new, users: 10}
    - {id: new}
    - {id: plant, users: {office: 20, shop: 30}}
    links: [{id: line, between: [new, old], gbps: 1}, {between: [old, plant], gbps: 1}]
    teams: [{id: dba}, {id: ops}, {id: idle}]
    servers:
    - {id: s1, site: old, disk_gb: 10}
    - {id: s2, site: old, disk_gb: 10}
    - {id: s3, site: old, method: rebuild}
    applications:
    - {id: shop, servers: [s1], user_sites: [plant], processes: [order-to-cash], effort: {ops: 1}, organisation: acme,
       depends_on: [{app: sso}]}
    - {id: sso, servers: [s2], crew: {dba: 1}, depends_on: [{app: vault}]}
    - {id: vault, servers: [s3], technical_owner: ops}
    - {id: portal, processes: [sales], depends_on: [{app: shop}, {app: sso}]}
"""


def test_impact_of_an_application_goes_up_and_down(graph_of):
    found = impact(graph_of(ESTATE), "sso", {"shop": "lot-1", "sso": "lot-2", "portal": "lot-1"})
    assert (found.kind, found.direct.items, found.direct.lots, found.direct.teams) == (
        "application",
        ("sso",),
        ("lot-2",),
        ("dba",),
    )
    assert found.direct.sites == ("new", "old")
    assert (found.consumers.items, found.consumer_steps) == (("portal", "shop"), {"shop": 1, "portal": 1})
    assert (found.consumers.lots, found.consumers.users, found.consumers.user_sites) == (("lot-1",), 50, ("plant",))
    assert found.consumers.processes == ("order-to-cash", "sales")
    assert found.consumers.organisations == ("acme",)
    assert (found.providers.items, found.providers.teams, found.provider_steps) == (("vault",), ("ops",), {"vault": 1})


@pytest.mark.parametrize(
    ("subject", "kind", "items"),
    [
        ("s1", "server", ("shop",)),
        ("plant", "site", ("shop",)),
        ("new", "site", ("shop", "sso", "vault")),
        ("dba", "team", ("sso",)),
        ("ops", "team", ("shop", "vault")),
        ("idle", "team", ()),
        ("line", "link", ("shop", "sso")),
    ],
)
def test_impact_of_anything_with_an_id(graph_of, subject, kind, items):
    found = impact(graph_of(ESTATE), subject)
    assert (found.kind, found.direct.items) == (kind, items)


def test_an_unknown_id_is_answered_with_near_ones(graph_of):
    with pytest.raises(UsageError, match="has the id 'shpo'; did you mean shop"):
        impact(graph_of(ESTATE), "shpo")
    with pytest.raises(UsageError) as error:
        impact(graph_of(ESTATE), "\x1b[2J")
    assert "\x1b" not in str(error.value)
