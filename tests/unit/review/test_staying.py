"""What stays while others move: WP114, WP128, WP129, WP205, WP206."""

from __future__ import annotations

import pytest

SITES = """
    sites: [{id: old, target: new, exit_by: 2026-12-01}, {id: new}, {id: keep}]
    servers: [{id: s1, site: old}, {id: s2, site: keep}, {id: s3, site: new}, {id: s4, site: old}]
"""


@pytest.mark.parametrize(
    ("strategy", "server", "count"),
    [("retain", "s1", 1), ("takeover", "s1", 1), ("retain", "s2", 0), ("rehost", "s1", 0), ("retire", "s1", 0)],
)
def test_nothing_stays_on_a_site_that_closes(found, strategy, server, count):
    text = SITES + f"    applications: [{{id: a}}, {{id: b, strategy: {strategy}, servers: [{server}]}}]"
    findings = [finding for finding in found("WP114", text) if "b" in finding.subjects]
    assert len(findings) == count
    for finding in findings:
        assert (finding.path, finding.severity) == (("applications", 1, "strategy"), "error")
        assert finding.message == f"b stays at old (strategy {strategy}), which must be empty by 2026-12-01"


CLOSING = "sites: [{id: old, target: new, exit_by: 2026-12-01}, {id: new}, {id: far, target: old}]\n"


def test_a_server_without_application_stays_unless_it_is_said_to_go(found):
    text = CLOSING + "servers: [{id: san, site: old%s}, {id: s1, site: old}]\napplications: [{id: a, servers: [s1]}]"
    (finding,) = found("WP114", text % "")
    assert finding.message == "server san stays at old, which must be empty by 2026-12-01: no application moves it"
    assert (finding.path, finding.severity) == (("servers", 0), "error")
    assert found("WP114", text % ", retire: true") == []


def test_what_is_brought_to_a_closing_site_for_good_stays_there(found):
    text = CLOSING + "servers: [{id: s1, site: far}]\napplications: [{id: a, servers: [s1]%s}]"
    (finding,) = found("WP114", text % "")
    assert finding.message == (
        "a is brought to old (strategy rehost) and stays there, which must be empty by 2026-12-01"
    )
    assert found("WP114", text % ", steps: [{id: lift}, {id: on, target: new}]") == []


def test_what_changes_hands_before_it_moves_does_not_stay(found):
    text = CLOSING + "servers: [{id: s1, site: old}]\napplications: [{id: a, servers: [s1], steps: %s}]"
    assert found("WP114", text % "[{id: hands, strategy: takeover}, {id: move}]") == []
    (finding,) = found("WP114", text % "[{id: hands, strategy: takeover}]")
    assert finding.subjects == ("a/hands", "old")


def test_a_retirement_between_dates_that_leave_no_day(found):
    text = CLOSING + "servers: [{id: s1, site: old}]\napplications: [{id: a, servers: [s1], strategy: retire%s}]"
    (late,) = found("WP145", text % ", not_before: 2026-12-02")
    assert late.message == (
        "no day is left on which a may be retired: on or after 2026-12-02 (a, not_before), "
        "on or before 2026-12-01 (old, exit_by)"
    )
    (crossed,) = found("WP145", text % ", not_before: 2026-05-09, not_after: 2026-05-10")  # a weekend
    assert crossed.subjects == ("a",)
    assert found("WP145", text % ", not_before: 2026-12-01") == []


def test_a_server_that_hosts_something_is_not_retired_by_itself(found):
    text = "sites: [{id: x}]\nservers: [{id: s1, site: x, retire: true}]\napplications: [{id: a, servers: [s1]}]"
    (finding,) = found("WP146", text)
    assert finding.message == "server s1 is said to be retired, but a runs on it"
    assert finding.path == ("servers", 0, "retire")


def test_a_permanent_crossing_is_told_at_what_stays(found):
    text = (
        SITES
        + """
    applications:
    - {id: mainframe, strategy: retain, servers: [s2], depends_on: [{app: erp, weight: 2}]}
    - {id: erp, servers: [s1], depends_on: [{app: mainframe, weight: 0.5}, {app: mainframe, coupling: shared}]}
    - {id: crm, servers: [s4], depends_on: [{app: mainframe, weight: 3}]}
    - {id: stays, strategy: takeover, depends_on: [{app: mainframe}]}
    - {id: gone, strategy: retire, depends_on: [{app: mainframe}]}
    """
    )
    (finding,) = found("WP128", text)
    assert finding.message == "mainframe stays while erp, crm move: 3 ties cross for good (weight 5.5 a day)"
    assert (finding.path, finding.severity) == (("applications", 0, "strategy"), "warning")
    assert finding.subjects == ("mainframe", "erp", "crm")


def test_a_single_crossing_points_at_its_dependency(found):
    text = """
        applications: [{id: a, strategy: retain}, {id: b, depends_on: [{app: c}, {app: a}]}, {id: c}]
    """
    (finding,) = found("WP128", text)
    assert finding.path == ("applications", 1, "depends_on", 1)


def test_who_moves_to_where_the_other_already_is_crosses_nothing(found):
    text = (
        SITES
        + "    applications: [{id: a, strategy: retain, servers: [s3]}, {id: b, servers: [s1], depends_on: [{app: a}]}]"
    )
    assert found("WP128", text) == []


def test_retired_while_what_stays_needs_it(found):
    text = """
        applications:
        - {id: one, strategy: retain, depends_on: [{app: old}]}
        - {id: two, strategy: retain, depends_on: [{app: old, coupling: shared}]}
        - {id: moves, depends_on: [{app: old}]}
        - {id: old, strategy: retire}
    """
    (finding,) = found("WP129", text)
    assert finding.message == "old is to be retired, but 2 that stay depend on it: one, two"
    assert (finding.path, finding.severity) == (("applications", 3, "strategy"), "error")


def test_a_retired_item_with_moving_consumers_is_fine(found):
    text = "applications: [{id: a, depends_on: [{app: old}]}, {id: old, strategy: retire}]"
    assert found("WP129", text) == []


@pytest.mark.parametrize("strategy", ["retain", "retire"])
def test_hard_ties_to_what_never_cuts_over(found, strategy):
    text = f"""
        applications:
        - {{id: a, depends_on: [{{app: stays}}, {{app: stays, coupling: hard}}]}}
        - {{id: stays, strategy: {strategy}, depends_on: [{{app: b, coupling: hard}}, {{app: also, coupling: hard}}]}}
        - {{id: b}}
        - {{id: also, strategy: retain}}
    """
    (finding,) = found("WP205", text)
    assert finding.message == f"a, b must cut over together with stays, which never does (strategy {strategy})"
    assert (finding.path, finding.severity) == (("applications", 0, "depends_on", 1, "coupling"), "error")


def test_a_moving_server_that_hosts_what_stays(found):
    text = (
        SITES
        + """
    applications: [{id: a, servers: [s1]}, {id: b, strategy: retain, servers: [s1]},
      {id: c, strategy: retire, servers: [s4]}, {id: d, servers: [s4]}]
    """
    )
    (finding,) = found("WP206", text)
    assert finding.message == "server s1 moves with a but also hosts b, which stays"
    assert (finding.path, finding.subjects, finding.severity) == (("servers", 0), ("s1", "b", "a"), "error")


def test_a_cluster_that_is_torn_apart(found):
    text = """
        sites: [{id: old, target: new}, {id: new}]
        servers: [{id: s1, site: old, cluster: c}, {id: s2, site: old, cluster: c}, {id: s3, site: old, cluster: d}]
        applications: [{id: a, servers: [s1]}, {id: b, strategy: retain, servers: [s2]}, {id: e, servers: [s3]}]
    """
    (finding,) = found("WP206", text)
    assert finding.message == "servers of cluster c move together, but s1 moves and s2 hosts only what stays"
    assert finding.path == ("servers", 1, "cluster")
