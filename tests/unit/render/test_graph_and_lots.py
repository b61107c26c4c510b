"""Lots, ties, the dependency tree and impact."""

from __future__ import annotations

from collections.abc import Callable

from golden.sample import printed

from waveplan.dependency_graph import DependencyGraph, impact
from waveplan.domain.inventory import Inventory
from waveplan.domain.items import Items
from waveplan.domain.plan_lots import Tie
from waveplan.lots import form_lots
from waveplan.lots.chains import Chains, chains_from
from waveplan.render.graph import dependency_tree, impact_view
from waveplan.render.language import translator
from waveplan.render.lots import lot_table, row_of, why
from waveplan.render.signs import ASCII
from waveplan.render.ties import chain_words, tie_counts, tie_words

EN, FR = translator("en"), translator("fr")
InventoryOf = Callable[..., Inventory]
TEXT = """
sites: [{id: north, users: 70}]
teams: [{id: ops}]
servers:
  - {id: db, site: north}
  - {id: app-1, site: north, cluster: farm}
  - {id: app-2, site: north, cluster: farm}
applications:
  - {id: erp, servers: [db, app-1], criticality: critical, effort: {ops: 2}, user_sites: [north],
     depends_on: [{app: sso}]}
  - id: reports
    servers: [db]
    depends_on:
      - {app: erp, coupling: soft, weight: 5, order: provider_first, min_gap_days: 7, after_hypercare: true,
         reason: "[b]nightly[/b]"}
  - {id: portal, servers: [app-2], depends_on: [{app: reports, coupling: hard}, {app: sso, coupling: shared}]}
  - {id: sso, depends_on: [{app: directory}]}
  - {id: directory, strategy: retain}
  - {id: fax, strategy: retire}
"""


def _ties() -> list[Tie]:
    return [
        Tie(tie="shared server", of=["erp", "reports"], server="db"),
        Tie(tie="cluster", of=["erp", "portal"], cluster="farm"),
        Tie(tie="hard dependency", of=["portal", "reports"]),
        Tie(tie="together rule", of=["a", "b", "c"], rule="as400-together"),
    ]


def test_ties_in_words() -> None:
    """What binds, by its name."""
    assert [str(tie_words(EN, tie)) for tie in _ties()] == [
        "erp and reports share the server db",
        "erp and portal have servers in the cluster farm",
        "portal has a hard dependency on reports",
        "a, b and c are joined by the rule as400-together",
    ]
    assert tie_words(FR, _ties()[2]) == "portal a une dépendance dure envers reports"
    assert tie_counts(EN, [*_ties(), _ties()[0]]) == "2 shared servers\n1 cluster\n1 hard dependency\n1 rule"


def test_chains_in_words() -> None:
    """Each step from an item to the next; a hard dependency in the direction in which it is passed."""
    ties = _ties()
    chain = [("erp", ties[0], "reports"), ("reports", ties[2], "portal"), ("portal", ties[1], "erp")]
    assert [str(step) for step in chain_words(EN, chain)] == [
        "erp shares the server db with reports",
        "reports is what portal has a hard dependency on",
        "portal has servers in the cluster farm, as has erp",
    ]
    assert chain_words(EN, [("a", ties[3], "c")]) == ["a is joined to c by the rule as400-together"]
    assert chain_words(EN, [("portal", ties[2], "reports")]) == ["portal has a hard dependency on reports"]


def test_lots_of_an_inventory(inventory_of: InventoryOf) -> None:
    """Members, size and ties; with room each tie in words."""
    lots = form_lots(Items(inventory_of(TEXT)))
    rows = [row_of(lot) for lot in lots]
    narrow, wide = (printed([lot_table(rows, EN, width)], width) for width in (80, 170))
    assert "1 shared server" in narrow and "1 hard dependency" in narrow
    assert "erp and reports share the server db" in wide
    assert "critical" in narrow and "sso" in narrow
    assert "Wave" not in narrow


def test_why_an_item_is_in_its_lot(inventory_of: InventoryOf) -> None:
    """The chain to each other member; nothing to tell of one that is alone."""
    lots = form_lots(Items(inventory_of(TEXT)))
    lot = lots.of("portal")
    assert lot is not None
    chains = chains_from(lot.ties, "portal", ("erp", "reports"))
    text = printed([why("portal", row_of(lot), chains, EN, lots.reason)])
    assert text.splitlines() == [
        f"portal is in the lot {lot.id} with 2 other items, each by the shortest chain of",
        "ties:",
        "",
        "erp",
        "  1. portal has servers in the cluster farm, as has erp",
        "",
        "reports",
        "  1. portal has a hard dependency on reports",
    ]
    alone = lots.of("sso")
    assert alone is not None
    assert (
        printed([why("sso", row_of(alone), Chains(()), EN, lots.reason)])
        == f"sso is alone in its lot {alone.id}: nothing ties it.\n"
    )


def test_whole_tree(inventory_of: InventoryOf) -> None:
    """Providers below consumers, each opened once; what stays is marked; lone items come last; markup is text."""
    graph = DependencyGraph(Items(inventory_of(TEXT)))
    assert printed(dependency_tree(graph, EN), wrap=False).splitlines() == [
        "portal",
        "├─ reports  hard",
        "│  └─ erp  soft, weight 5, erp first, 7 days between them, after its hypercare, [b]nightly[/b]",
        "│     └─ sso  soft",
        "│        └─ directory (retained)  soft",
        "└─ sso  shared ↑",
        "",
        "Without dependencies: fax",
        "",
        "↑ what follows it is shown in its other place",
    ]


def test_cycles_are_drawn_once(inventory_of: InventoryOf) -> None:
    """Items that depend on each other have no top: the first one stands for it."""
    apps = "applications: [{id: a, depends_on: [{app: b}]}, {id: b, depends_on: [{app: a}]}]"
    graph = DependencyGraph(Items(inventory_of(apps)))
    lines = printed(dependency_tree(graph, EN, signs=ASCII), wrap=False).splitlines()
    assert lines[:3] == ["a", "`- b  soft", "   `- a  soft ^"]


def test_a_chain_of_thousands_is_no_recursion(inventory_of: InventoryOf) -> None:
    """Deep programmes are drawn like flat ones."""
    apps = [{"id": f"a{n}", "depends_on": [{"app": f"a{n + 1}"}]} for n in range(3000)] + [{"id": "a3000"}]
    graph = DependencyGraph(Items(inventory_of(applications=apps)))
    assert len(dependency_tree(graph, EN)) == 3001


def test_around_an_item(inventory_of: InventoryOf) -> None:
    """Both directions, as far as asked; each item opens where it is nearest."""
    graph = DependencyGraph(Items(inventory_of(TEXT)))
    text = printed(dependency_tree(graph, EN, around="portal", hops=2), wrap=False)
    down, up = text.split("What depends on portal:\n")
    assert down.splitlines() == [
        "portal depends on:",
        "portal",
        "├─ reports  hard",
        "│  └─ erp  soft, weight 5, erp first, 7 days between them, after its hypercare, [b]nightly[/b]",
        "└─ sso  shared",
        "   └─ directory (retained)  soft",
        "",
    ]
    assert up.splitlines()[0] == "  nothing"


def test_impact(inventory_of: InventoryOf) -> None:
    """What a thing touches, with counts and distances."""
    items = Items(inventory_of(TEXT))
    lots = {str(item.id): str(lot.id) for lot in form_lots(items) for item in lot.items}
    text = printed(impact_view(impact(DependencyGraph(items), "erp", lots), EN))
    assert text.splitlines()[:9] == [
        "erp  application",
        "",
        "Itself",
        "  items       1  erp",
        f"  lots        1  {lots['erp']}",
        "  servers     2  app-1, db",
        "  sites       1  north",
        "  user sites  1  north (70 users)",
        "  teams       1  ops",
    ]
    assert "  items    2  reports (1), portal (2)" in text
    assert "  items  2  sso (1), directory (2)" in text
    assert "In parentheses: how many dependencies away." in text
    server = printed(impact_view(impact(DependencyGraph(items), "app-2", lots), FR))
    assert server.startswith("app-2  serveur\n")
    assert "Ce qui en dépend\n  rien\n" in server
