"""Items: what selectors see of them, effort formulas, hypercare, streams and their policies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from waveplan.domain.items import Items
from waveplan.domain.selectors import Selector
from waveplan.domain.subjects import ServerSubject, SiteSubject

ESTATE = """
    sites:
    - {id: dc, country: FR, type: datacentre, region: west, target: host, users: 7, labels: {room: r1}}
    - {id: host, country: DE, type: hosting}
    - {id: cloud, country: IE, type: cloud}
    - {id: plant, country: PT, type: plant, users: {office: 120, shop: 30}}
    servers:
    - {id: s1, site: dc, technology: as400, kind: partition, cluster: c1, labels: {rack: R1}}
    - {id: s2, site: dc, target: cloud, technology: linux, environment: test}
    - {id: s3, site: plant, target: host}
    applications:
    - id: erp
      domain: finance
      criticality: critical
      family: erp
      servers: [s2, s1, s1, nowhere]
      user_sites: [plant, nowhere]
      personas: [office, vip]
      data_classes: [personal]
      dry_run: true
      not_before: 2026-03-01
      max_downtime_hours: 4.50
      labels: {tier: "1"}
    - {id: mail, strategy: takeover, servers: [s3]}
    - {id: old, strategy: retire, servers: [s1]}
"""


@pytest.fixture
def items_of(inventory_of):
    return lambda text="", **sections: Items(inventory_of(text, **sections))


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("app", {"erp"}), ("id", {"erp"}), ("service", set()), ("domain", {"finance"}), ("criticality", {"critical"}),
        ("environment", {"prod"}), ("strategy", {"rehost"}), ("stream", {"main"}), ("personas", {"office", "vip"}),
        ("technology", {"as400", "linux"}), ("cluster", {"c1"}), ("server", {"s1", "s2"}), ("server.id", {"s1", "s2"}),
        ("server.kind", {"partition", "vm"}), ("server.environment", {"prod", "test"}), ("server.labels.rack", {"R1"}),
        ("site", {"dc"}), ("site.country", {"FR"}), ("site.type", {"datacentre"}), ("site.labels.room", {"r1"}),
        ("target", {"cloud", "host"}), ("target.type", {"cloud", "hosting"}),
        ("user", {"plant"}), ("user.country", {"PT"}), ("labels.tier", {"1"}), ("labels.none", set()),
        ("labels", set()),
        ("dry_run", {"true"}), ("not_before", {"2026-03-01"}), ("max_downtime_hours", {"4.5"}), ("family", {"erp"}),
        ("data_classes", {"personal"}), ("nonsense", set()), ("organisation", set()),
        ("effort", set()), ("model_copy", set()),
    ],
)  # fmt: skip
def test_words_that_selectors_compare(items_of, attribute, words):
    assert items_of(ESTATE)["erp"].values(attribute) == words


def test_where_an_item_stands_and_goes(items_of):
    items = items_of(ESTATE)
    erp, mail, old = items["erp"], items["mail"], items["old"]
    assert [server.id for server in erp.servers] == ["s1", "s2"]
    assert (erp.source_sites, erp.target_sites, erp.user_sites) == (("dc",), ("cloud", "host"), ("plant",))
    assert (erp.places, erp.counted_sites, erp.counted_user_sites) == (("cloud", "dc", "host"), ("dc",), ("plant",))
    assert (mail.planned, mail.moves_servers, mail.target_sites, mail.places) == (True, False, (), ("plant",))
    assert (old.planned, old.path) == (False, ("applications", 2))


def test_servers_move_when_one_planned_application_moves_them(items_of):
    items = items_of(ESTATE)
    assert items.moving_servers == {"s1", "s2"}
    assert [item.id for item in items.planned] == ["erp", "mail"]
    assert items.target_of(items.servers["s1"]) == "host"
    assert items.target_of(items.servers["s2"]) == "cloud"


def test_items_are_looked_up_by_id(items_of):
    items = items_of(ESTATE)
    assert ("erp" in items, "nothing" in items, len(items)) == (True, False, 3)
    assert items.get("nothing") is None
    assert [item.id for item in items.select(Selector.parse({"technology": "as400"}))] == ["erp", "old"]
    assert len(items.select(None)) == 3


def test_servers_and_sites_as_defaults_see_them(items_of):
    items = items_of(ESTATE)
    server = ServerSubject(items.servers["s2"], items.sites)
    seen = {
        name: server.values(name) for name in ("id", "server", "server.kind", "site.country", "target", "target.type")
    }
    assert seen == {
        "id": {"s2"}, "server": {"s2"}, "server.kind": {"vm"}, "site.country": {"FR"}, "target": {"cloud"},
        "target.type": {"cloud"},
    }  # fmt: skip
    site = SiteSubject(items.sites["dc"])
    assert [site.values(name) for name in ("site", "id", "country", "labels.room")] == [{"dc"}, {"dc"}, {"FR"}, {"r1"}]


def test_a_server_meets_a_selector_by_itself(items_of):
    items = items_of(ESTATE)
    selector = Selector.parse({"technology": "as400"})
    assert selector.matches(ServerSubject(items.servers["s1"], items.sites))
    assert not selector.matches(ServerSubject(items.servers["s2"], items.sites))


# --- effort ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effort", "days"),
    [
        ("6", "6"),
        ("{each: 1, per_server: 0.5}", "2"),
        ("{per_100_users: 1}", "1.57"),
        ("{each: 0.000001, per_server: 0.1, per_100_users: 0.5}", "0.985001"),
        ("0", "0"),
    ],
)
def test_effort_formulas(items_of, effort, days):
    text = f"""
        sites: [{{id: dc, users: 7}}, {{id: plant, users: {{office: 120, shop: 30}}}}, {{id: other, users: 1000}}]
        servers: [{{id: s1, site: dc}}, {{id: s2, site: other}}]
        applications:
        - {{id: a, servers: [s1, s2, s1], user_sites: [plant, dc, plant], effort: {{ops: {effort}}}}}
        - {{id: b}}
    """
    items = items_of(text)
    assert items["a"].effort == {"ops": Decimal(days)}
    assert items["b"].effort == {}


# --- hypercare, streams, policies -----------------------------------------------------------------------------------

STREAMS = """
    applications:
    - {id: a, domain: d1, criticality: critical}
    - {id: b, domain: d2, criticality: critical}
    - {id: c, domain: d2, criticality: low}
    - {id: d, domain: d3, hypercare_hours: 0}
    - {id: e, domain: d1, criticality: high}
    streams:
    - {id: fast, match: {domain: d2}, policy: %s}
    - {id: shadowed, match: {domain: [d2, d3]}}
    policy:
      preparation_days: 14
      hypercare: {hours: 12, overrides: [{match: {criticality: critical}, hours: 48}, {match: {domain: d1}, hours: 36}],
        max_waves_at_once: 2}
      wave_limits: {servers: 10, lots: 5, effort: {ops: 4, dba: 2}}
      lot_limits: {servers: 8}
      earliest_wave_by_criticality: {critical: 4, high: 2}
      cadence: [{waves: 2, min_gap_days: 14}, {min_gap_days: 3}]
      gates: [{id: one, days_before: 5}]
"""


def hours_of(items):
    return {str(item.id): item.hypercare_hours for item in items}


def test_hypercare_is_the_items_own_then_the_first_override_then_the_policys(items_of):
    assert hours_of(items_of(STREAMS % "{}")) == {"a": 48, "b": 48, "c": 12, "d": 0, "e": 36}


def test_a_stream_may_override_hours_and_keep_overrides_or_replace_them(items_of):
    assert hours_of(items_of(STREAMS % "{hypercare: {hours: 240}}")) == {"a": 48, "b": 48, "c": 240, "d": 0, "e": 36}
    replaced = STREAMS % "{hypercare: {overrides: [{match: {criticality: low}, hours: 1}]}}"
    assert hours_of(items_of(replaced)) == {"a": 48, "b": 12, "c": 1, "d": 0, "e": 36}


def test_the_first_stream_that_matches_wins(items_of):
    items = items_of(STREAMS % "{}")
    assert [item.stream for item in items] == ["main", "fast", "fast", "shadowed", "main"]
    assert items["b"].values("stream") == {"fast"}


def test_a_stream_overrides_only_what_it_gives(items_of):
    text = STREAMS % (
        "{preparation_days: 7, wave_limits: {lots: 9, effort: {ops: 1}}, hypercare: {before_next_gate: true}, "
        "earliest_wave_by_criticality: {critical: 1}, cadence: [{min_gap_days: 7}], gates: []}"
    )
    items = items_of(text)
    fast, main = items.policy_of(items["b"]), items.policy_of(items["a"])
    assert (fast.preparation_days, main.preparation_days) == (7, 14)
    assert (fast.wave_limits.servers, fast.wave_limits.lots) == (10, 9)
    assert fast.wave_limits.effort == {"ops": 1, "dba": 2}
    assert fast.lot_limits.servers == 8
    assert (fast.hypercare.max_waves_at_once, fast.hypercare.before_next_gate, fast.hypercare.hours) == (2, True, 12)
    assert fast.earliest_wave_by_criticality == {"critical": 1, "high": 2}
    assert ([stage.min_gap_days for stage in fast.cadence], fast.gates) == ([7], [])
    assert (main.wave_limits.lots, main.wave_limits.effort, main.hypercare.before_next_gate) == (
        5,
        {"ops": 4, "dba": 2},
        False,
    )
    assert [gate.id for gate in items.policies["shadowed"].gates] == ["one"]


def test_rules_with_a_match_are_found_for_an_item(items_of):
    items = items_of("""
        applications: [{id: a, domain: d}, {id: b}]
        rules:
        - {id: one, match: {domain: d}, not_before: 2026-03-01}
        - {id: two, together: {domain: d}}
        - {id: three, match: {}, slot: 2026-03-14}
    """)
    assert [[rule.id for rule in items.rules_for(items[name])] for name in "ab"] == [["one", "three"], ["three"]]
