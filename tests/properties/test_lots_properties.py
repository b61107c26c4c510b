"""Lots of random inventories: a partition, the one that the ties make, whatever the order of entries."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from waveplan.checking.grouping import Groups
from waveplan.domain.items import Items
from waveplan.lots import form_lots

SERVERS = [f"s{number}" for number in range(6)]
APPS = [f"a{number}" for number in range(8)]
STRATEGIES = ["rehost", "rehost", "takeover", "retain", "retire"]


@st.composite
def estates(draw):
    servers = [
        {"id": name, "site": "x", **({"cluster": draw(st.sampled_from("cd"))} if draw(st.booleans()) else {})}
        for name in SERVERS
    ]
    entries = []
    for name in APPS:
        ties = draw(st.lists(st.tuples(st.sampled_from(APPS), st.sampled_from(["hard", "soft"])), max_size=2))
        entries.append(
            {
                "id": name,
                "domain": draw(st.sampled_from("xyz")),
                "strategy": draw(st.sampled_from(STRATEGIES)),
                "servers": draw(st.lists(st.sampled_from(SERVERS), max_size=2)),
                "depends_on": [{"app": other, "coupling": kind} for other, kind in ties if other != name],
            }
        )
    rules = [{"id": "r", "together": {"domain": "x"}}] if draw(st.booleans()) else []
    if draw(st.booleans()):
        rules.append({"id": "q", "together": {"app": APPS[:4]}, "by": "domain"})
    return {"servers": servers, "applications": entries, "rules": rules}


def expected_groups(estate):
    """Connected components of a graph of items and what ties them, written without the code under test."""
    graph = nx.Graph()
    clusters = {server["id"]: server.get("cluster") for server in estate["servers"]}
    planned = {e["id"]: e for e in estate["applications"] if e["strategy"] not in {"retain", "retire"}}
    graph.add_nodes_from(planned)
    for name, entry in planned.items():
        for server in entry["servers"]:
            graph.add_edge(name, ("server", server))
            if clusters[server]:
                graph.add_edge(name, ("cluster", clusters[server]))
        for tie in entry["depends_on"]:
            if tie["coupling"] == "hard" and tie["app"] in planned:
                graph.add_edge(name, tie["app"])
        for rule in estate["rules"]:
            if rule["id"] == "r" and entry["domain"] == "x":
                graph.add_edge(name, "rule r")
            if rule["id"] == "q" and name in APPS[:4]:
                graph.add_edge(name, ("rule q", entry["domain"]))
    groups = ({node for node in part if node in planned} for part in nx.connected_components(graph))
    return {frozenset(group) for group in groups if group}


@given(estate=estates())
def test_lots_are_what_the_ties_make_them(inventory_of, estate):
    lots = form_lots(Items(inventory_of(**estate)))
    assert {frozenset(item.id for item in lot.items) for lot in lots} == expected_groups(estate)
    assert sum(len(lot.items) for lot in lots) == len(lots.items.planned)


@given(estate=estates(), chance=st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_lot(inventory_of, estate, chance):
    mixed = {section: chance.sample(entries, len(entries)) for section, entries in estate.items()}
    one, other = (form_lots(Items(inventory_of(**each))) for each in (estate, mixed))
    assert [lot.id for lot in one] == [lot.id for lot in other]
    assert [[s.id for s in lot.servers] for lot in one] == [[s.id for s in lot.servers] for lot in other]


@given(estate=estates())
def test_every_pair_of_a_lot_has_a_chain_of_its_ties(inventory_of, estate):
    lots = form_lots(Items(inventory_of(**estate)))
    for lot in lots:
        for other in lot.items:
            chain = lots.why(lot.items[0].id, other.id)
            steps = [lot.items[0].id, *(after for _, _, after in chain)]
            assert steps[-1] == other.id
            assert len(set(steps)) == len(steps)
            for (before, tie, after), start in zip(chain, steps, strict=False):
                assert before == start
                assert {before, after} <= set(tie.of)
                assert tie in lot.ties


@given(estate=estates())
def test_sums_count_every_server_once(inventory_of, estate):
    for server in estate["servers"]:
        server |= {"disk_gb": "1", "target": "y"}
    lots = form_lots(Items(inventory_of(**estate)))
    assert sum(lot.transfer_gb for lot in lots) == len(lots.items.moving_servers)
    for lot in lots:
        assert lot.transfer_gb == len(lot.moving_servers) <= len(lot.servers)


@st.composite
def orders(draw):
    """Applications with orders between them, with and without gaps, and some hard ties."""
    entries = []
    for name in APPS:
        lines = []
        for other in draw(st.lists(st.sampled_from(APPS), max_size=2, unique=True)):
            order = draw(st.sampled_from(["any", "provider_first", "consumer_first"]))
            gap = {"min_gap_days": 1} if order != "any" and draw(st.integers(0, 3)) == 0 else {}
            coupling = draw(st.sampled_from(["soft", "soft", "soft", "hard"]))
            if other != name:
                lines.append({"app": other, "coupling": coupling, "order": order, **gap})
        entries.append({"id": name, "strategy": draw(st.sampled_from(STRATEGIES)), "depends_on": lines})
    return entries


@settings(max_examples=60)
@given(entries=orders())
def test_circles_of_orders_are_joined_alike_by_the_planner_and_by_the_check(inventory_of, entries):
    items = Items(inventory_of("", applications=entries, dependencies={"cycles": "join"}))
    formed = [[item.id for item in lot.items] for lot in form_lots(items)]
    judged = [[item.id for item in members] for members in Groups(items).members.values()]
    assert formed == sorted(judged)
    ties = sorted(tuple(tie.of) for lot in form_lots(items) for tie in lot.ties if tie.tie == "order circle")
    assert ties == sorted(tuple(circle) for circle in Groups(items).circles)
