"""The shape of the graph (WP214, WP215), and what the programme lives with (WP132)."""

from __future__ import annotations

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding
from waveplan.domain.rules import Ignore
from waveplan.review import NEVER_IGNORED, REVIEWED, apply_ignores, review


def star(count, others=0):
    rays = [f"{{id: a{n}, depends_on: [{{app: hub, coupling: shared}}]}}" for n in range(count)]
    far = [f"{{id: z{n}}}" for n in range(others)]
    return f"applications: [{', '.join([*rays, '{id: hub, depends_on: [{app: root}]}', '{id: root}', *far])}]"


def test_a_single_point_that_many_depend_on(found):
    (finding,) = found("WP214", star(6))
    assert finding.message == "6 of 7 others depend on hub (6 directly), which itself rests on root"
    assert finding.subjects == ("hub", "root")
    assert "where: hub" in finding.advice
    assert (finding.path, finding.severity) == (("applications", 6), "warning")


def test_few_or_a_small_share_is_no_single_point(found):
    assert found("WP214", star(3)) == []
    assert found("WP214", star(6, others=9)) == []


def test_many_single_points_are_told_together(found):
    layers = [[f"l{layer}n{n}" for n in range(2)] for layer in range(9)]
    entries = []
    for number, layer in enumerate(layers):
        below = ", ".join(f"{{app: {name}}}" for name in (layers[number + 1] if number < 8 else []))
        entries += [f"{{id: {name}, depends_on: [{below}]}}" for name in layer]
    findings = found("WP214", f"applications: [{', '.join(entries)}]")
    expected = "half or more of all others depend on each of 8 applications: l8n0, l8n1, l7n0, l7n1, l6n0, … (+3)"
    assert [finding.message for finding in findings] == [expected]


def test_hubs_stand_out_among_many_single_points(found):
    chain = [f"{{id: c{n}, depends_on: [{{app: c{n + 1}}}, {{app: d{n + 1}}}]}}" for n in range(6)]
    other = [f"{{id: d{n}, depends_on: [{{app: c{n + 1}}}, {{app: d{n + 1}}}]}}" for n in range(1, 6)]
    rays = [f"{{id: r{n}, depends_on: [{{app: c0}}]}}" for n in range(20)]
    findings = found("WP214", f"applications: [{', '.join([*rays, *chain, *other, '{id: c6}', '{id: d6}'])}]")
    assert [finding.message[:35] for finding in findings] == [
        "20 of 32 others depend on c0 (20 di",
        "half or more of all others depend o",
    ]


def test_what_hangs_on_nothing(found):
    text = """
        sites: [{id: old, target: new, exit_by: 2026-12-01}, {id: new}]
        servers: [{id: s1, site: old}, {id: s2, site: old}, {id: s3, site: new}, {id: s4, site: old}]
        applications:
        - {id: a, depends_on: [{app: b}]}
        - {id: b}
        - {id: alone, servers: [s1]}
        - {id: kept, strategy: retain}
        - {id: one, servers: [s2]}
        - {id: two, servers: [s2]}
    """
    isolated, idle_new = found("WP215", text)
    assert isolated.message == "nothing depends on 1 of 5 applications, nor they on anything: alone"
    assert isolated.path == ("applications", 2)
    assert idle_new.message == "servers of new that host no application, so that no wave moves them (1): s3"
    assert {each.severity for each in (isolated, idle_new)} == {"warning"}


def test_where_nobody_recorded_dependencies_nothing_is_isolated(found):
    assert found("WP215", "applications: [{id: a}, {id: b}]") == []


def test_an_inventory_in_which_nothing_cuts_over(found):
    (finding,) = found("WP126", "applications: [{id: a, strategy: retain}, {id: b, strategy: retain}]")
    assert finding.message == "nothing to plan: all applications are retained (2)"
    assert (finding.path, finding.severity) == (("applications",), "error")
    assert found("WP126", "applications: [{id: a, strategy: retain}, {id: b, strategy: takeover}]") == []
    assert found("WP126", "applications: [{id: a, strategy: retain}, {id: b, strategy: retire}]") == []


# --- ignores --------------------------------------------------------------------------------------------------------


def warning(code="WP214", *subjects):
    return Finding(code, "text", severity=CATALOGUE[code].severity, subjects=subjects)


def entry(code, where=None):
    return Ignore(code=code, where=where, reason="decided")


def codes(findings):
    return [(each.code, each.severity) for each in findings]


def test_an_entry_hides_its_code_or_only_what_it_names():
    findings = [warning("WP214", "a"), warning("WP214", "b", "c"), warning("WP115", "a")]
    assert codes(apply_ignores(findings, [entry("WP214")])) == [("WP115", "warning")]
    assert apply_ignores(findings, [entry("WP214", "c")]) == (findings[0], findings[2])


def test_an_id_of_two_kinds_is_hidden_with_its_kind_alone() -> None:
    host = Finding("WP214", "", subjects=("mes",), path=("servers", 0), severity="warning")
    app = Finding("WP214", "", subjects=("mes", "erp"), path=("applications", 3), severity="warning")
    rule = Finding("WP214", "", subjects=("mes",), path=("rules", 0), severity="warning")
    both = Finding(
        "WP214", "", subjects=("mes",), path=("applications", 1), about=(("servers", 0),), severity="warning"
    )
    every = [host, app, rule, both]
    assert apply_ignores(every, [entry("WP214", "mes")]) == ()
    assert apply_ignores(every, [entry("WP214", "server:mes")]) == (app,)
    assert apply_ignores(every, [entry("WP214", "app:mes")]) == (host,)
    assert codes(apply_ignores([app], [entry("WP214", "server:mes")]))[0] == ("WP214", "warning")  # and WP132


def test_the_callers_codes_are_left_out():
    assert codes(apply_ignores([warning("WP214"), warning("WP202")], (), {"WP214"})) == [("WP202", "error")]


def test_entries_that_hide_nothing_are_told_where_they_stand():
    ignores = [entry("WP214"), entry("WP115", "a"), entry("WP305"), entry("WP999"), entry("WP106")]
    first, second, third = apply_ignores([warning("WP214")], ignores)
    assert (first.message, first.path) == ("nothing to ignore: there is no finding WP115 about a", ("ignore", 1))
    assert (second.message, second.path) == ("there is no finding WP999 to ignore", ("ignore", 3))
    assert third.code == "WP132"
    assert codes(apply_ignores([], [entry("WP305")], judged={"WP305"})) == [("WP132", "warning")]


def test_what_could_not_be_read_is_never_ignored():
    findings = [warning("WP106", "a")]
    kept = apply_ignores(findings, [entry("WP106")], {"WP106"}, judged=frozenset(CATALOGUE))
    assert kept[0] == findings[0]
    assert "cannot be ignored" in kept[1].message
    assert CATALOGUE.keys() >= NEVER_IGNORED
    assert not REVIEWED & NEVER_IGNORED


def test_warnings_become_errors_all_or_by_code():
    findings = [warning("WP214"), warning("WP115"), warning("WP202")]
    assert codes(apply_ignores(findings, warn_as_error=True)) == [
        ("WP214", "error"),
        ("WP115", "error"),
        ("WP202", "error"),
    ]
    assert codes(apply_ignores(findings, warn_as_error={"WP115"}))[:2] == [("WP214", "warning"), ("WP115", "error")]


def test_a_clean_inventory_has_no_findings(inventory_of):
    assert review(inventory_of("applications: [{id: a, depends_on: [{app: b}]}, {id: b}]")) == ()


def test_references_that_dangle_are_no_business_of_the_review(inventory_of):
    inventory = inventory_of("""
        sites: [{id: old, target: nowhere}]
        links: [{between: [x, y], gbps: 1}]
        servers: [{id: s, site: old, disk_gb: 1}, {id: t, site: gone, disk_gb: 1, cluster: c}]
        applications:
        - {id: a, servers: [s, t, u], user_sites: [z], depends_on: [{app: q, coupling: hard}], effort: {who: 1}}
        rules: [{id: r, together: {app: [a, q]}}]
        calendar: {windows: [{id: w, days: [sat], from: "20:00", hours: 9, timezone: site}]}
    """)
    assert {finding.code for finding in review(inventory)} == {"WP118", "WP119"}
