"""Targets, links, residency, capacity: WP113, WP118, WP119, WP120, WP133."""

from __future__ import annotations

import pytest

HEAD = """
    sites:
    - {id: old, target: new}
    - id: new
      country: FR
      capacity: %s
    servers:
    - {id: s1, site: old, vcpu: 8, ram_gb: 64, disk_gb: 500}
    - {id: s2, site: old, vcpu: 4, ram_gb: 32, disk_gb: 1500}
    - {id: s3, site: old, vcpu: 6, ram_gb: 16, disk_gb: 10}
    applications:
    - {id: erp, servers: [s1, s2]}
    - {id: crm, servers: [s3]}
"""


def test_a_lot_larger_than_a_target_ever_is(found):
    (finding,) = found("WP113", HEAD % "[{vcpu: 10}, {from: 2026-05-01, vcpu: 11}]")
    assert finding.severity == "error"
    assert finding.path == ("sites", 1, "capacity")
    assert finding.message.startswith("lot erp-")
    assert "takes 12 vcpu at new, which never has more than 11" in finding.message


def test_all_that_moves_exceeds_what_a_target_has_in_the_end(found):
    (finding,) = found("WP113", HEAD % "{vcpu: 17}")
    assert finding.message == "all that moves to new takes 18 vcpu; once it is there new has 17 (servers: 3)"
    assert "to 18" in finding.advice


def test_exactly_enough_is_enough(found):
    assert found("WP113", HEAD % "{vcpu: 18, ram_gb: 112, disk_tb: 2.01}") == []


def test_disks_are_compared_in_terabytes(found):
    (finding,) = found("WP113", HEAD % "{disk_tb: 2.009}")
    assert "takes 2.01 disk_tb; once it is there new has 2.009" in finding.message


@pytest.mark.parametrize(
    ("capacity", "last"),
    [
        ("[{vcpu: 99}, {from: 2026-06-01, vcpu: 13}]", "13"),  # a later entry may also take away
        ("[{vcpu: 13}, {from: 2027-06-01, vcpu: 99}]", "13"),  # what comes after the deadline is too late
    ],
)
def test_capacity_changes_over_time(found, capacity, last):
    (finding,) = found("WP113", HEAD % capacity)
    assert finding.values["last"] == last


def test_capacity_that_only_comes_after_the_deadline_is_none(found):
    (finding,) = found("WP113", HEAD % "[{from: 2027-06-01, vcpu: 99}]")
    assert "never has more than 0" in finding.message


def test_an_entry_that_leaves_a_key_out_keeps_it(found):
    assert found("WP113", HEAD % "[{vcpu: 18, ram_gb: 112}, {from: 2026-05-01, ram_gb: 200}]") == []


def test_what_stays_needs_no_capacity(found):
    text = (HEAD % "{vcpu: 12}").replace("{id: crm,", "{id: crm, strategy: retain,")
    assert found("WP113", text) == []


def test_a_server_of_two_applications_is_counted_once(found):
    text = (HEAD % "{vcpu: 18}").replace("servers: [s3]", "servers: [s3, s1]")
    assert found("WP113", text) == []


def test_missing_sizes_are_told_once_for_each_key_with_capacity(found):
    text = """
        sites: [{id: old, target: new}, {id: new, capacity: {vcpu: 9, disk_tb: 9}}]
        servers: [{id: s1, site: old, vcpu: 1}, {id: s2, site: old}, {id: s3, site: old, disk_gb: 5}]
        applications: [{id: a, servers: [s1, s2, s3]}]
    """
    first, second = found("WP120", text)
    assert first.message == "servers that move to new without vcpu count 0 of its vcpu (2 of 3): s2, s3"
    assert second.message == "servers that move to new without disk_gb count 0 of its disk_tb (2 of 3): s1, s2"
    assert (first.path, first.severity) == (("servers", 1), "warning")


def test_servers_without_target_are_told_once_a_site(found):
    text = """
        sites: [{id: dc1}, {id: dc2}, {id: new}]
        servers:
        - {id: a1, site: dc1}
        - {id: a2, site: dc1, target: new}
        - {id: b1, site: dc2}
        - {id: b2, site: dc2}
        - {id: idle, site: dc1}
        - {id: kept, site: dc1}
        applications: [{id: a, servers: [a1, a2, b1, b2]}, {id: b, strategy: retain, servers: [kept]}]
    """
    first, second = found("WP118", text)
    assert (first.message, first.path, first.severity) == (
        "server a1 of dc1 moves but has no target",
        ("servers", 0),
        "error",
    )
    assert second.message == "2 servers of dc2 move but have no target: b1, b2"


@pytest.mark.parametrize("strategy", ["takeover", "repurchase", "retain", "retire"])
def test_who_leaves_no_servers_elsewhere_needs_no_target(found, strategy):
    text = f"""
        sites: [{{id: dc}}]
        servers: [{{id: s, site: dc}}]
        applications: [{{id: a, strategy: {strategy}, servers: [s]}}, {{id: b}}]
    """
    assert found("WP118", text) == []


def test_transfers_without_a_link_are_told_once_a_pair(found):
    text = """
        sites: [{id: b-old, target: a-new}, {id: a-new}, {id: c-old, target: a-new}]
        links: [{between: [a-new, c-old], gbps: 1}]
        servers:
        - {id: s1, site: b-old, disk_gb: 10}
        - {id: s2, site: b-old, disk_gb: 25, method: replicate}
        - {id: s3, site: b-old, disk_gb: 99, method: rebuild}
        - {id: s4, site: c-old, disk_gb: 10}
        applications: [{id: a, servers: [s1, s2, s3, s4]}]
    """
    (finding,) = found("WP119", text)
    expected = "no link between a-new and b-old: the transfer of 12.5 GB is not limited (servers: 2)"
    assert (finding.message, finding.severity) == (expected, "warning")


def test_what_stays_in_its_site_crosses_no_link(found):
    text = """
        sites: [{id: old}]
        servers: [{id: s, site: old, target: old, disk_gb: 10}]
        applications: [{id: a, servers: [s]}]
    """
    assert found("WP119", text) == []


RESIDENCY = """
    sites: [{id: fr, country: FR, target: us}, {id: us, country: US}, {id: where, target: fr}]
    servers: [{id: s1, site: fr}, {id: s2, site: where}]
    applications: [{id: a, servers: [%s], strategy: %s, allowed_countries: [%s]}, {id: b}]
"""


@pytest.mark.parametrize(
    ("server", "strategy", "allowed", "site"),
    [
        ("s1", "rehost", "FR, DE", "us"),
        ("s1", "rehost", "US", None),
        ("s1", "takeover", "US", "fr"),  # a takeover keeps its servers where they are
        ("s1", "takeover", "FR", None),
        ("s2", "takeover", "FR", "where"),  # a site without a country proves nothing
        ("s1", "repurchase", "FR", None),
        ("s1", "retain", "US", None),
        ("s1", "rehost", "", "us"),
    ],
)
def test_data_may_only_stand_in_its_countries(found, server, strategy, allowed, site):
    findings = found("WP133", RESIDENCY % (server, strategy, allowed))
    assert [finding.subjects[1] for finding in findings] == ([site] if site else [])
    assert all(finding.path == ("applications", 0, "allowed_countries") for finding in findings)
