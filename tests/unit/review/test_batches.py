"""Batches that cannot be formed, that several streams plan, and hard ties that join none of them."""

from __future__ import annotations

APPLICATIONS = """
    sites: [{id: s, target: t}, {id: t}]
    servers: [{id: n1, site: s}, {id: n2, site: s}, {id: n3, site: s}]
    applications:
    - {id: k8s, servers: [n1, n2, n3], %s}
    - {id: shop, depends_on: [{app: k8s, coupling: hard}]}
"""


def test_more_batches_than_servers(found):
    (finding,) = found("WP148", APPLICATIONS % "batches: 4")
    assert finding.message == "k8s cannot move 3 servers in 4 batches"
    assert finding.path == ("applications", 0, "batches")
    assert found("WP148", APPLICATIONS % "batches: 3") == []
    assert found("WP148", APPLICATIONS % "batch: {servers: 9}") == []


def test_batches_of_what_never_cuts_over_or_has_no_servers(found):
    (finding,) = found("WP148", APPLICATIONS % "batches: 2, strategy: retire")
    assert finding.message == "k8s never cuts over (strategy retire), so it has no batches"
    (finding,) = found("WP148", "{applications: [{id: a, batch: {servers: 2}}]}")
    assert (finding.message, finding.path[-1]) == ("a has no servers that could move in batches", "batch")


def test_batches_in_several_streams(found):
    streams = "    streams: [{id: old, match: {server: n1}}]\n"
    (finding,) = found("WP213", APPLICATIONS % "batches: 3" + streams)
    assert finding.message.endswith("where one follows the other in waves of one: old (k8s/b1), main (k8s/b2)")


def test_a_hard_tie_joins_no_batch(found):
    (finding,) = [each for each in found("WP131", APPLICATIONS % "batches: 3") if "batches" in each.message]
    assert finding.message == "the hard dependency of shop on k8s makes no lot: k8s moves in batches"
