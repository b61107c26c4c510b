"""Lots: what must cut over together, why, and the numbers of a lot."""

from __future__ import annotations

from decimal import Decimal

import pytest

from waveplan.domain.items import Items
from waveplan.lots import form_lots, lot_id
from waveplan.lots.chains import chains_from
from waveplan.lots.lot import site_pair


@pytest.fixture
def lots_of(inventory_of):
    return lambda text="", **sections: form_lots(Items(inventory_of(text, **sections)))


def members(lots):
    return [[str(item.id) for item in lot.items] for lot in lots]


def test_what_shares_a_server_is_one_lot(lots_of):
    lots = lots_of("""
        servers: [{id: s, site: x}, {id: t, site: x}]
        applications: [{id: c, servers: [t]}, {id: b, servers: [s]}, {id: a, servers: [s]}]
    """)
    assert members(lots) == [["a", "b"], ["c"]]
    (tie,) = lots.of("a").ties
    assert (tie.tie, tie.of, tie.server) == ("shared server", ["a", "b"], "s")


def test_servers_of_one_cluster_join_their_applications(lots_of):
    lots = lots_of("""
        servers: [{id: s, site: x, cluster: c}, {id: t, site: y, cluster: c}, {id: u, site: x, cluster: d}]
        applications: [{id: a, servers: [s]}, {id: b, servers: [t]}, {id: e, servers: [u]}]
    """)
    assert members(lots) == [["a", "b"], ["e"]]
    assert lots.of("b").ties[0].cluster == "c"


def test_only_hard_dependencies_tie(lots_of):
    lots = lots_of("""
        applications:
        - {id: a, depends_on: [{app: b}, {app: b, coupling: hard}, {app: c, coupling: shared}]}
        - {id: b, depends_on: [{app: c}]}
        - {id: c}
    """)
    assert members(lots) == [["a", "b"], ["c"]]


def test_a_together_rule_makes_one_lot_or_one_for_each_value(lots_of):
    text = """
        servers: [{id: s, site: x}, {id: t, site: y}]
        applications:
        - {id: a, domain: d, servers: [s]}
        - {id: b, domain: d, servers: [t]}
        - {id: c, domain: d, servers: [t, s]}
        - {id: e, domain: d}
        - {id: f, domain: other}
        rules: [{id: r, together: {domain: d}%s}]
    """
    assert members(lots_of(text % "")) == [["a", "b", "c", "e"], ["f"]]
    by_criticality = text.replace("{id: b,", "{id: b, criticality: high,") % ", by: criticality"
    lots = lots_of(by_criticality.replace("servers: [t]}", "}").replace("servers: [t, s]}", "criticality: high}"))
    assert members(lots) == [["a", "e"], ["b", "c"], ["f"]]
    assert lots.of("b").ties[0].rule == "r"


def test_an_item_with_two_values_joins_both_groups(lots_of):
    text = """
        sites: [{id: x}, {id: y}]
        servers: [{id: s, site: x}, {id: t, site: y}, {id: u, site: x}, {id: v, site: y}]
        applications: [{id: a, servers: [s]}, {id: b, servers: [t]}, {id: c, servers: [%s]}]
        rules: [{id: r, together: {}, by: site}]
    """
    assert members(lots_of(text % "u")) == [["a", "c"], ["b"]]
    assert members(lots_of(text % "u, v")) == [["a", "b", "c"]]


def test_ties_join_transitively(lots_of):
    lots = lots_of("""
        servers: [{id: s, site: x}, {id: t, site: x, cluster: k}, {id: u, site: x, cluster: k}]
        applications:
        - {id: a, servers: [s]}
        - {id: b, servers: [s], depends_on: [{app: c, coupling: hard}]}
        - {id: c, servers: [t]}
        - {id: d, servers: [u], domain: z}
        - {id: e, domain: z}
        rules: [{id: r, together: {domain: z}}]
    """)
    assert members(lots) == [["a", "b", "c", "d", "e"]]


@pytest.mark.parametrize("strategy", ["retain", "retire"])
def test_what_stays_is_in_no_lot_and_joins_nothing(lots_of, strategy):
    lots = lots_of(f"""
        servers: [{{id: s, site: x}}, {{id: t, site: x}}]
        applications:
        - {{id: a, servers: [s], depends_on: [{{app: k, coupling: hard}}]}}
        - {{id: k, strategy: {strategy}, servers: [s, t]}}
        - {{id: b, servers: [t]}}
        rules: [{{id: r, together: {{app: [a, k]}}}}]
    """)
    assert members(lots) == [["a"], ["b"]]
    assert lots.of("k") is None
    assert lots.of("nowhere") is None


def test_takeover_and_repurchase_are_planned(lots_of):
    lots = lots_of("applications: [{id: a, strategy: takeover}, {id: b, strategy: repurchase}]")
    assert members(lots) == [["a"], ["b"]]


def test_an_id_has_a_readable_head_and_depends_on_its_items_alone(lots_of):
    text = """
        applications: [{id: crm, depends_on: [{app: erp, coupling: hard}]}, {id: erp}%s]
    """
    one, other = lots_of(text % ""), lots_of(text % ", {id: more}, {id: asset}")
    assert one.of("erp").id == other.of("erp").id == lot_id(["erp", "crm"])
    assert one.of("erp").id.startswith("crm-")
    assert lot_id(["crm"]) != lot_id(["crm", "erp"])
    assert lot_id(["a", "b"]) != lot_id(["a\nb"])


def test_ties_are_told_once_and_only_where_they_tie(lots_of):
    lots = lots_of("""
        servers: [{id: s, site: x, cluster: c}]
        applications: [{id: a, servers: [s], depends_on: [{app: b, coupling: hard}, {app: b, coupling: hard}]}, {id: b}]
        rules: [{id: r, together: {app: a}}]
    """)
    assert [tie.tie for tie in lots.of("a").ties] == ["hard dependency"]


# --- why ------------------------------------------------------------------------------------------------------------


def chain(lots, first, second):
    return [(before, tie.tie, after) for before, tie, after in lots.why(first, second)]


def test_the_shortest_chain_of_ties(lots_of):
    lots = lots_of("""
        servers: [{id: s, site: x}, {id: t, site: x}]
        applications:
        - {id: a, servers: [s], depends_on: [{app: b, coupling: hard}]}
        - {id: b, depends_on: [{app: c, coupling: hard}]}
        - {id: c, depends_on: [{app: d, coupling: hard}]}
        - {id: d, servers: [t, s]}
        - {id: e, servers: [t]}
        - {id: z}
    """)
    assert chain(lots, "a", "e") == [("a", "shared server", "d"), ("d", "shared server", "e")]
    assert chain(lots, "e", "a") == [("e", "shared server", "d"), ("d", "shared server", "a")]
    assert chain(lots, "b", "c") == [("b", "hard dependency", "c")]
    assert chain(lots, "a", "a") == []
    assert lots.why("a", "z") is None
    assert lots.why("a", "nowhere") is None


def test_a_tie_of_many_is_walked_once(lots_of):
    entries = [{"id": f"a{n:04}", "servers": ["s"]} for n in range(3000)]
    entries[-1]["depends_on"] = [{"app": "far", "coupling": "hard"}]
    lots = lots_of(servers=[{"id": "s", "site": "x"}], applications=[*entries, {"id": "far"}])
    assert chain(lots, "a0000", "far") == [("a0000", "shared server", "a2999"), ("a2999", "hard dependency", "far")]


# --- numbers --------------------------------------------------------------------------------------------------------

ESTATE = """
    sites:
    - {id: dc1, target: new, users: 5, timezone: Europe/Paris}
    - {id: dc2, target: new}
    - {id: new}
    - {id: plant, users: {office: 10, shop: 20}}
    servers:
    - {id: s1, site: dc1, disk_gb: 100}
    - {id: s2, site: dc2, disk_gb: 200, method: replicate}
    - {id: s3, site: dc2, disk_gb: 50, method: ship, transport_hours: 7}
    - {id: s4, site: dc1, disk_gb: 30, target: dc2}
    - {id: s5, site: dc1, disk_gb: 1000, method: rebuild}
    - {id: s6, site: dc1, disk_gb: 8, transfer_gb: 3}
    applications:
    - id: a
      criticality: low
      servers: [s1, s2, s2, s6]
      user_sites: [plant]
      effort: {ops: {each: 1, per_server: 0.5, per_100_users: 2}, dba: 0.25}
      crew: {ops: 2}
      on_call: {ops: 1, dba: 2}
      cutover_hours: 3
      test_hours: 0.5
      hypercare_hours: 12
    - id: b
      criticality: high
      strategy: repurchase
      servers: [s1, s5]
      user_sites: [plant, dc1]
      effort: {ops: {per_server: 0.1}, net: 0}
      crew: {ops: 1, dba: 1}
      on_call: {ops: 3}
      test_hours: 2
      rollback_hours: 4
    - {id: c, servers: [s3, s4], depends_on: [{app: a, coupling: hard}]}
"""


def test_the_numbers_of_a_lot(lots_of):
    lots = lots_of(ESTATE)
    (lot,) = lots
    assert [server.id for server in lot.servers] == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert [server.id for server in lot.moving_servers] == ["s1", "s2", "s3", "s4", "s6"]
    assert lot.criticality == "high"
    assert (lot.cutover_hours, lot.test_hours, lot.rollback_hours, lot.hypercare_hours) == (3, 2, 4, 24)
    assert lot.effort == {"dba": Decimal("0.25"), "ops": Decimal("3.3")}  # 1 + 3 × 0.5 + 30 × 2 ÷ 100, + 2 × 0.1
    assert lot.crew == {"dba": 1, "ops": 3}
    assert lot.on_call == {"dba": 2, "ops": 3}
    assert lot.places == ("dc1", "dc2", "new")
    assert (lot.counted_sites, lot.source_sites) == (("dc1", "dc2"), ("dc1", "dc2"))
    assert lot.user_sites == ("dc1", "plant")
    assert lot.transport_hours == 7
    assert lot.transfer_gb == 100 + 20 + 0 + 30 + 3
    assert lot.transfers == {("dc1", "dc2"): 30, ("dc1", "new"): 103, ("dc2", "new"): 20}
    assert (lot.zones, lot.zone) == ((None, "Europe/Paris"), None)


def test_what_is_taken_over_or_bought_anew_transfers_nothing(lots_of):
    lots = lots_of("""
        sites: [{id: old, target: new}, {id: new}]
        servers: [{id: s, site: old, disk_gb: 5}, {id: t, site: old, disk_gb: 7}]
        applications: [{id: a, strategy: takeover, servers: [s]}, {id: b, strategy: repurchase, servers: [t]}]
    """)
    for lot in lots:
        assert (lot.moving_servers, lot.transfer_gb, lot.transport_hours) == ((), 0, 0)
        assert lot.places == ("old",)


def test_links_know_no_direction():
    assert site_pair("b", "a") == site_pair("a", "b") == ("a", "b")


def test_chains_of_a_long_lot_are_kept_to_the_nearest(lots_of):
    apps = [{"id": f"a{n:04}", "depends_on": [{"app": f"a{n + 1:04}", "coupling": "hard"}]} for n in range(999)]
    lots = lots_of(applications=[*apps, {"id": "a0999"}])
    (lot,) = lots
    others = [str(item.id) for item in lot.items if item.id != "a0000"]
    chains = chains_from(lot.ties, "a0000", others)
    assert [len(chain) for chain in chains.shown] == list(range(1, len(chains.shown) + 1))
    assert len(chains.shown) + chains.further == 999
    assert sum(map(len, chains.shown)) <= 100_000 < sum(range(len(chains.shown) + 2))
    assert chains.furthest == "a0999"
    assert list(chains.shown[6]) == lots.why("a0000", "a0007")


def test_what_the_inventory_says_of_a_tie(lots_of):
    apps = [
        {"id": "a", "depends_on": [{"app": "b", "coupling": "hard", "reason": "one database"}]},
        {"id": "b", "depends_on": [{"app": "c", "coupling": "hard"}]},
        {"id": "c"},
        {"id": "d"},
    ]
    rules = [{"id": "pair", "together": {"app": ["c", "d"]}, "reason": "one team"}]
    lots = lots_of(applications=apps, rules=rules)
    (lot,) = lots
    assert {tie.of[0]: lots.reason(tie) for tie in lot.ties} == {"a": "one database", "b": None, "c": "one team"}


def test_circles_of_orders_are_lots_where_that_is_wanted(lots_of):
    text = """
        applications:
          - {id: a, depends_on: [{app: b, order: provider_first}]}
          - {id: b, depends_on: [{app: c, coupling: hard}]}
          - {id: c, depends_on: [{app: a, order: provider_first}]}
          - {id: d, depends_on: [{app: a, order: provider_first}, {app: e, order: provider_first, min_gap_days: 2}]}
          - {id: e, depends_on: [{app: d, order: provider_first}]}
    """
    assert members(lots_of(text)) == [["a"], ["b", "c"], ["d"], ["e"]]
    lots = lots_of(text, dependencies={"cycles": "join"})
    assert members(lots) == [["a", "b", "c"], ["d"], ["e"]]
    assert [(tie.tie, tie.of) for tie in lots.of("a").ties if tie.tie == "order circle"] == [
        ("order circle", ["a", "b", "c"])
    ]
