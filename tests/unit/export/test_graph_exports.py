"""The dependency graph for other programs: read back what is written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from waveplan.dependency_graph import DependencyGraph
from waveplan.domain.items import Items
from waveplan.errors import UsageError
from waveplan.export.graph_dot import format_dot
from waveplan.export.graph_graphml import format_graphml
from waveplan.export.graph_layout import lay_out
from waveplan.export.graph_mermaid import MAX_CHARACTERS, MAX_EDGES, format_mermaid, split_mermaid
from waveplan.export.graph_svg import MOST_NODES, format_svg
from waveplan.export.graph_view import GraphEdge, GraphTie, view_graph
from waveplan.lots import form_lots

SVG = "{http://www.w3.org/2000/svg}"

ESTATE = """
    programme: {name: 'Exit "north"'}
    servers: [{id: s, site: x}, {id: t, site: x, cluster: k}, {id: u, site: x, cluster: k}]
    applications:
    - {id: shop, name: Web shop, criticality: critical, servers: [s], depends_on: [
        {app: sso, reason: login, order: provider_first, min_gap_days: 3},
        {app: sso, coupling: shared, weight: 2.50}, {app: prices, coupling: hard}]}
    - {id: prices, servers: [t]}
    - {id: stock, servers: [s, u]}
    - {id: mail, servers: [s]}
    - {id: sso, strategy: retain, depends_on: [{app: old}]}
    - {id: old, strategy: retire}
    - {id: alone, environment: test}
"""
HOSTILE = [
    'a "quoted" \\N name', "<script>alert(1)</script> & co", "end", "`code` | pipe ]) }", "%% #quot; ;",
    "line\nbreak \x1b[2J", "日本 é", "\\", "--> y", "graph",
]  # fmt: skip


@pytest.fixture
def view_of(inventory_of):
    def build(text="", around=None, hops=1, **sections):
        items = Items(inventory_of(text, **sections))
        return view_graph(DependencyGraph(items), form_lots(items), around, hops)

    return build


@pytest.fixture
def hostile(view_of):
    entries = [
        {"id": f"a{n}", "name": name, "depends_on": [{"app": f"a{(n + 1) % len(HOSTILE)}", "reason": name}]}
        for n, name in enumerate(HOSTILE)
    ]
    return view_of(applications=entries, programme={"name": '<b> "x" \\'})


def shown(name):
    return name.replace("\n", "\\n").replace("\x1b", "\\x1b")


# --- the view -------------------------------------------------------------------------------------------------------


def test_a_view_holds_items_dependencies_ties_and_lots(view_of):
    view = view_of(ESTATE)
    assert [node.id for node in view.nodes] == ["shop", "prices", "stock", "mail", "sso", "old", "alone"]
    (lot,) = [lot for lot, members in view.lots.items() if "shop" in members]
    assert view.lots[lot] == ("shop", "prices", "stock", "mail")
    assert [node.id for node in view.nodes if not node.lot] == ["sso", "old"]
    assert view.edges[0] == GraphEdge("shop", "sso", "soft", "provider first +3 d", "1", "login")
    assert [(edge.kind, edge.weight) for edge in view.edges] == [
        ("soft", "1"),
        ("shared", "2.5"),
        ("hard", "1"),
        ("soft", "1"),
    ]
    assert view.ties == (GraphTie("server s", ("mail", "shop", "stock")), GraphTie("cluster k", ("prices", "stock")))


def test_a_view_around_an_item_stays_within_its_hops(view_of):
    assert [node.id for node in view_of(ESTATE, "old").nodes] == ["sso", "old"]
    near = view_of(ESTATE, "old", 2)
    assert [node.id for node in near.nodes] == ["shop", "sso", "old"]
    assert near.ties == ()
    with pytest.raises(UsageError, match="'shpo'; did you mean shop"):
        view_of(ESTATE, "shpo")


# --- dot ------------------------------------------------------------------------------------------------------------

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def unquoted(text):
    return [re.sub(r"\\(.)", r"\1", each) for each in QUOTED.findall(text)]


def test_dot_has_lots_as_clusters_and_kinds_of_tie_as_styles(view_of):
    text = format_dot(view_of(ESTATE))
    assert text.startswith('digraph "Exit \\"north\\"" {')
    assert text.count("subgraph cluster_") == 2
    cluster = text[text.index('label="mail-') :]
    members = re.findall(r'^    "(\w+)" \[', cluster[: cluster.index("  }")], re.MULTILINE)
    assert members == ["shop", "prices", "stock", "mail"]
    assert '"shop" -> "sso" [style=solid, color=gray30, label="provider first +3 d, login"];' in text
    assert '"shop" -> "sso" [style=dashed, color=steelblue];' in text
    assert '"shop" -> "prices" [style=bold, color=firebrick];' in text
    assert '"prices" -> "stock" [dir=none, style=dotted, color=darkorange3, label="cluster k"];' in text
    assert '"tie 0" -> "mail" [dir=none' in text
    assert '"sso" [label="sso", fillcolor=gray90];' in text


def test_dot_escapes_everything_and_closes_what_it_opens(hostile):
    text = format_dot(hostile)
    words = unquoted(text)
    assert {shown(name) for name in HOSTILE} <= set(words)
    outside = QUOTED.sub("", text)
    assert '"' not in outside
    assert outside.count("{") == outside.count("}")
    assert outside.count("[") == outside.count("]")
    assert "\x1b" not in text


# --- mermaid --------------------------------------------------------------------------------------------------------

EDGE = re.compile(r"  (\w+) (==>|-->|-\.->|---)(?:\|\"[^\"|]*\"\|)? (\w+)$")


def edges_in(graph):
    return [match.groups() for line in graph.splitlines() if (match := EDGE.match(line))]


def test_mermaid_has_lots_as_subgraphs_and_kinds_of_tie_as_arrows(view_of):
    text = format_mermaid(view_of(ESTATE))
    assert text.startswith("flowchart LR\n")
    assert text.count("subgraph") == text.count("  end\n") == 2
    assert '  n0 -->|"provider first +3 d, login"| n4\n' in text
    assert "  n0 -.-> n4\n" in text
    assert "  n0 ==> n1\n" in text
    assert '  n1 ---|"cluster k"| n2\n' in text
    assert '  t0(["server s"])\n' in text
    assert "  t0 --- n3\n" in text
    assert "  class n4,n5 stays\n" in text


def test_mermaid_writes_signs_as_codes(hostile):
    text = format_mermaid(hostile)
    assert len(edges_in(text)) == len(HOSTILE)
    for match in re.findall(r'"([^"]*)"', text):
        assert re.fullmatch(r"(?:[^\W]|[ _\-.,:/+()=']|#\d+;)*", match)
    assert "#60;script#62;alert(1)#60;/script#62; #38; co" in text


def test_large_graphs_are_split_without_losing_an_edge(view_of):
    entries = [
        {"id": f"a{n}", "depends_on": [{"app": f"a{(n * 7 + k) % 400}", "reason": "why not"} for k in range(1, 5)]}
        for n in range(400)
    ]
    for entry in entries:
        entry["depends_on"] = [tie for tie in entry["depends_on"] if tie["app"] != entry["id"]]
    small = [{"id": f"z{n}", "depends_on": [{"app": f"z{n + 1}"}] if n % 3 else []} for n in range(30)]
    view = view_of(applications=[*entries, *small, {"id": "z30"}])
    graphs = split_mermaid(view)
    assert len(graphs) > 3
    assert sum(len(edges_in(graph)) for graph in graphs) == len(view.edges)
    assert all(len(edges_in(graph)) <= MAX_EDGES and len(graph) <= MAX_CHARACTERS for graph in graphs)
    page = format_mermaid(view)
    assert page.count("```mermaid\nflowchart LR") == len(graphs)
    assert f"## Test 1/{len(graphs)}" in page


def test_long_names_split_a_graph_too_and_a_tie_of_many_is_cut(view_of):
    entries = [{"id": f"a{n:04}", "name": "x" * 200 + str(n), "servers": ["s"]} for n in range(1200)]
    graphs = split_mermaid(view_of(servers=[{"id": "s", "site": "x"}], applications=entries))
    assert all(len(edges_in(graph)) <= MAX_EDGES and len(graph) <= MAX_CHARACTERS for graph in graphs)
    assert sum(len(edges_in(graph)) for graph in graphs) == 1200


def test_what_hangs_together_stays_together_where_it_fits(view_of):
    stars = [
        {"id": f"s{star}n{n}", "depends_on": [{"app": f"s{star}n0"}] if n else []}
        for star in range(3)
        for n in range(300)
    ]
    graphs = split_mermaid(view_of(applications=stars))
    assert [len(edges_in(graph)) for graph in graphs] == [299, 299, 299]


def test_an_empty_view_is_still_a_graph(view_of):
    view = view_of(ESTATE).part([], [], [])
    assert format_mermaid(view) == "flowchart LR\n"
    assert format_dot(view).endswith("}\n")
    assert ET.fromstring(format_svg(view)).tag == f"{SVG}svg"


# --- graphml --------------------------------------------------------------------------------------------------------


def test_graphml_is_read_back_by_networkx(view_of, tmp_path):
    path = tmp_path / "graph.graphml"
    path.write_text(format_graphml(view_of(ESTATE)), encoding="utf-8")
    graph = nx.read_graphml(path)
    assert graph.is_directed()
    assert graph.nodes["shop"]["name"] == "Web shop"
    assert graph.nodes["shop"]["criticality"] == "critical"
    assert graph.nodes["shop"]["lot"].startswith("mail-")
    assert "lot" not in graph.nodes["sso"]
    kinds = sorted((edge["kind"], edge["weight"]) for edge in graph.get_edge_data("shop", "sso").values())
    assert kinds == [("shared", 2.5), ("soft", 1.0)]
    assert graph.nodes["tie 0"] == {"kind": "tie", "name": "server s"}
    assert set(graph.predecessors("tie 0")) == {"shop", "stock", "mail"}
    assert graph.number_of_edges() == 4 + 3 + 2


def test_graphml_keeps_hostile_names(hostile, tmp_path):
    path = tmp_path / "graph.graphml"
    path.write_text(format_graphml(hostile), encoding="utf-8")
    graph = nx.read_graphml(path)
    assert [graph.nodes[f"a{n}"]["name"] for n in range(len(HOSTILE))] == [shown(name) for name in HOSTILE]


# --- svg ------------------------------------------------------------------------------------------------------------


def test_svg_shows_every_item_and_pair_within_its_frame(view_of):
    root = ET.fromstring(format_svg(view_of(ESTATE)))
    names = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Web shop", "prices", "stock", "mail", "sso", "old", "alone", "server s, cluster k"} <= set(names)
    lines = [path for path in root.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None]
    assert sorted(path.get("class") for path in lines) == ["hard", "soft", "soft"]
    tips = [path.find(f"{SVG}title").text for path in lines]
    assert "shop → sso: soft; provider first +3 d; login / shared" in tips
    width, height = float(root.get("width")), float(root.get("height"))
    for path in lines:
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]
        assert all(0 <= x <= width for x in numbers[::2])
        assert all(0 <= y <= height for y in numbers[1::2])
    for rect in list(root.iter(f"{SVG}rect"))[1:]:
        assert float(rect.get("x")) + float(rect.get("width")) <= width
        assert float(rect.get("y")) + float(rect.get("height")) <= height


def test_svg_keeps_hostile_names_as_text(hostile):
    text = format_svg(hostile)
    assert "<script" not in text
    names = {element.text for element in ET.fromstring(text).iter(f"{SVG}text")}
    assert {shown(name) for name in HOSTILE} <= names


def test_what_would_not_be_legible_is_refused(view_of):
    view = view_of(applications=[{"id": f"a{n}"} for n in range(MOST_NODES + 1)])
    with pytest.raises(UsageError, match="make no legible picture"):
        format_svg(view)


def boxes_overlap(one, other):
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def test_boxes_stand_left_of_their_providers_and_never_overlap():
    names = [f"b{n:02}" for n in range(30)]
    sizes = {name: (80.0 + n, 30.0 + n % 7 * 10) for n, name in enumerate(names)}
    lines = [(names[n], names[m]) for n in range(25) for m in (n * 2 + 1, n + 9) if m < 25]
    layout = lay_out(sizes, lines, 20.0)
    places = [*layout.places.values(), *(lane for lanes in layout.lanes.values() for lane in lanes)]
    for number, one in enumerate(places):
        assert one.x >= 20 - 1e-6
        assert one.y >= 20 - 1e-6
        assert not any(boxes_overlap(one, other) for other in places[number + 1 :])
    for one, other in lines:
        assert layout.places[one].x + layout.places[one].width < layout.places[other].x


def test_a_circle_shares_a_column():
    layout = lay_out(dict.fromkeys("abc", (50.0, 30.0)), ["ab", "ba", "bc"], 0.0)
    assert layout.places["a"].x == layout.places["b"].x < layout.places["c"].x


def test_all_formats_are_the_same_every_time(view_of):
    one, other = view_of(ESTATE), view_of(ESTATE)
    for write in (format_dot, format_mermaid, format_graphml, format_svg):
        assert write(one) == write(other)
