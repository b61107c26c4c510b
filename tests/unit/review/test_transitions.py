"""Steps, tranches, pilots, milestones, services: WP211, WP212, and their part of WP108, WP117, WP131, WP201, WP208."""

from __future__ import annotations

import pytest

from waveplan.review import review

ONE_AFTER_THE_OTHER = "tranches: [{id: t, match: {app: a}, after: [u]}, {id: u, match: {app: b}}]\n"
SITES = "sites: [{id: paris, region: europe}, {id: lyon, region: europe}, {id: lima, region: americas}]\n"


def test_a_lot_that_mixes_tranches(found):
    text = """
        tranches: [{id: t1, match: {domain: x}}, {id: t2, match: {domain: y}, after: [t1]}]
        applications:
        - {id: a, domain: x, depends_on: [{app: b, coupling: hard}]}
        - {id: b, domain: y}
        - {id: c, depends_on: [{app: a, coupling: hard}]}
    """
    (finding,) = found("WP211", text)
    assert "mixes tranches: t1 (a), t2 (b)" in finding.message
    assert "a –[hard dependency a → b]– b" in finding.advice
    assert found("WP208", text) == []
    assert found("WP211", text.replace("domain: y}\n", "domain: x}\n")) == []


def test_two_steps_in_one_lot(found):
    text = """
        applications: [{id: a, steps: [{id: lift}, {id: change}]}, {id: b}]
        rules: [{id: r, together: {app: %s}}]
    """
    (finding,) = found("WP212", text % "[a, b]")
    assert finding.message.startswith("a/lift and a/change are steps of a that follow one another, but lot ")
    assert finding.path == ("applications", 0, "steps", 1)
    assert found("WP208", text % "[a, b]") == []
    assert found("WP212", text % "[a/change, b]") == []


def test_a_later_step_does_not_drag_along_what_else_its_server_hosts(found):
    text = """
        sites: [{id: old, target: host}, {id: host}, {id: cloud}]
        servers: [{id: s, site: old}]
        applications:
        - {id: a, servers: [s], steps: [{id: lift}, {id: change, target: cloud}]}
        - {id: b, servers: [s], %s}
        rules: [{id: r, together: {id: [a/change, %s]}}]
    """
    stepped = "steps: [{id: lift}, {id: change, target: cloud}]"
    (finding,) = found("WP212", text % ("domain: x", "a/change"))
    assert finding.message == "a/change moves server s again, which also hosts b: it would be dragged along"
    assert found("WP212", text % (stepped, "b/change")) == []
    assert [each.subjects[0] for each in found("WP212", text % (stepped, "a/change"))] == ["a/change", "b/change"]


def test_a_pin_of_what_has_several_steps(found):
    text = "applications: [{id: a, %s, steps: [{id: lift, %s}, {id: change}]}]"
    (finding,) = found("WP212", text % ("slot: 2026-03-14", "not_after: 2026-06-01"))
    assert finding.message == "a is pinned to 2026-03-14 as a whole, but it has several steps, which follow one another"
    assert finding.path == ("applications", 0, "slot")
    assert found("WP212", text % ("domain: x", "slot: 2026-03-14")) == []


def test_a_rule_that_pins_several_steps(found):
    text = """
        applications: [{id: a, steps: [{id: lift}, {id: change}]}]
        rules: [{id: r, slot: 2026-03-14, match: %s}]
    """
    (finding,) = found("WP212", text % "{app: a}")
    assert finding.message == "rule r pins several steps of a to 2026-03-14, but they follow one another"
    assert found("WP212", text % "{app: a, step: lift}") == []


@pytest.mark.parametrize(
    ("parts", "reasons"),
    [
        (
            "tranches: [{id: t1, match: {app: a}, after: [t2]}, {id: t2, match: {app: b}, after: [t1]}]",
            "a before b (b waits for tranche t1); b before a (a waits for tranche t2)",
        ),
        (
            "tranches: [{id: t, match: {app: b}}]\npilots: [{id: p, items: {app: a}}, {id: q, items: {tranche: t}}]",
            "a before b (pilot p); b before a (pilot q)",
        ),
        (
            f"{ONE_AFTER_THE_OTHER}pilots: [{{id: p, items: {{app: a}}}}]",
            "a before b (pilot p); b before a (a waits for tranche u)",
        ),
    ],
)
def test_circles_of_tranches_and_pilots(found, parts, reasons):
    (finding,) = found("WP201", "applications: [{id: a}, {id: b}]\n" + parts)
    assert finding.values["count"] == 2
    assert reasons in finding.message


def test_steps_and_entries_that_wait_close_circles(found):
    text = """
        tranches: [{id: t, match: {any: [{step: change}, {app: c}]}}]
        applications:
        - {id: a, after: [t], steps: [{id: lift}, {id: change}]}
        - {id: c}
    """
    (finding,) = found("WP201", text)
    assert "a/lift before a/change (steps of a)" in finding.message
    assert "a/change before a/lift (a/lift waits for tranche t)" in finding.message


def test_a_service_waits_only_for_its_own_items(found):
    text = (
        SITES
        + """
tranches: [{id: t1, match: {site.region: europe}}]
services:
- {id: desk, sites: [paris, lima], after: [t1]}
- {id: field, sites: [lyon, lima], depends_on: [{service: desk, all_sites: true, order: provider_first}]}
"""
    )
    assert found("WP201", text) == []
    asked = text.replace("after: [t1]}", "after: [t1], depends_on: [{service: field, order: provider_first}]}")
    assert len(found("WP201", asked)) == 1


def test_a_pilot_in_one_lot_with_what_waits_for_it(found):
    text = """
        pilots: [{id: p, items: {app: a}, for: {app: b}}]
        applications: [{id: a, depends_on: [{app: b, coupling: hard}]}, {id: b}]
    """
    (finding,) = found("WP208", text)
    assert "a has to cut over before b (pilot p), but both are in lot" in finding.message


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ("external_milestones: [{id: m, date: 2026-04-01, date_p90: 2026-03-31}]", "lies before the date (2026-04-01)"),
        (
            "external_milestones: [{id: m, date: 2026-12-19}]\ntranches: [{id: t, match: {app: a}, after: [m]}]",
            "t must wait for m, which is due on 2026-12-19, after the deadline (2026-12-18)",
        ),
        (
            "tranches: [{id: t, match: {app: a}, not_before: 2026-04-02, finish_by: 2026-04-01}]",
            "t: finish_by (2026-04-01) lies before not_before (2026-04-02)",
        ),
        (
            "tranches: [{id: t, match: {app: a}, not_before: 2026-12-19}]",
            "t: not_before (2026-12-19) lies after the programme's deadline",
        ),
        (
            "tranches: [{id: t, match: {app: a}, finish_by: 2026-01-04}]",
            "t: finish_by (2026-01-04) lies before the programme's start",
        ),
        (
            ONE_AFTER_THE_OTHER.replace("a},", "a}, finish_by: 2026-04-01,").replace(
                "b}", "b}, not_before: 2026-04-02"
            ),
            "t must be over on 2026-04-01 (finish_by), but waits for u, not before 2026-04-02",
        ),
    ],
)
def test_dates_of_milestones_and_tranches_that_cannot_be(found, parts, said):
    (finding,) = found("WP108", "applications: [{id: a}, {id: b}]\n" + parts)
    assert said in finding.message


@pytest.mark.parametrize(
    "parts",
    [
        "external_milestones: [{id: m, date: 2026-04-01, date_p90: 2026-04-01}]",
        "external_milestones: [{id: m, date: 2026-12-19}]",  # nothing waits for it
        "tranches: [{id: t, match: {app: a}, not_before: 2026-04-01, finish_by: 2026-04-01}]",
    ],
)
def test_dates_of_milestones_and_tranches_that_can_be(found, parts):
    assert found("WP108", "applications: [{id: a}, {id: b}]\n" + parts) == []


def test_a_service_at_no_site(found):
    (finding,) = found("WP117", "services: [{id: desk, sites: []}]")
    assert finding.message == "service desk is delivered at no site: nothing of it is planned"
    assert finding.severity == "warning"


def test_a_dependency_on_a_service_that_is_not_there(found):
    text = (
        SITES
        + """
services:
- {id: directory, sites: [lima]}
- {id: desk, sites: [paris, lyon, lima], depends_on: [{service: directory%s}]}
"""
    )
    (finding,) = found("WP131", text % "")
    assert "binds nothing where it is not delivered (2): desk@paris, desk@lyon" in finding.message
    assert found("WP131", text % ", all_sites: true") == []


@pytest.mark.parametrize(
    "parts",
    [
        "tranches: [{id: t, match: {app: kept}}]",
        "pilots: [{id: p, items: {app: kept}}]",
        "pilots: [{id: p, items: {app: a}, for: {app: kept}}]",
        "knowledge_transfers: [{id: k, match: {app: kept}, stages: [{name: one, days: 1}]}]",
    ],
)
def test_parts_about_what_never_cuts_over(found, parts):
    (finding,) = found("WP131", "applications: [{id: a}, {id: kept, strategy: retain}]\n" + parts)
    assert "has no effect: nothing that it matches cuts over (kept)" in finding.message


def test_waiting_for_ones_own_tranche(found):
    text = (
        "tranches: [{id: t, match: {domain: x}}]\napplications: [{id: a, domain: %s, after: [t]}, {id: b, domain: x}]"
    )
    (finding,) = found("WP131", text % "x")
    assert finding.message.startswith("after t has no effect on a: all of it is in that tranche")
    assert found("WP131", text % "y") == []


def test_a_service_that_waits_for_none_of_its_own(found):
    text = SITES + "tranches: [{id: t, match: {site: paris}}]\nservices: [{id: desk, sites: %s, after: [t]}]\n"
    (finding,) = found("WP131", text % "[lyon, lima]")
    assert finding.message.startswith("after t has no effect on service desk")
    assert found("WP131", text % "[paris, lima]") == []


def test_knowledge_transfer_by_site_of_what_has_none(found):
    text = "knowledge_transfers: [{id: k, match: {}, per: %s, stages: [{name: one, days: 1}]}]"
    (finding,) = found("WP131", text % "site")
    assert finding.message == "knowledge transfer k is held by site, and not for what has none (1): some-app"
    assert found("WP131", text % "item") == []


def test_a_whole_transition_without_findings(inventory_of):
    text = (
        SITES
        + """
teams: [{id: incoming}, {id: outgoing, available: {to: 2026-12-01}}]
external_milestones: [{id: itsm, date: 2026-03-01, date_p90: 2026-04-01}]
tranches:
- {id: t1, match: {site.region: europe}, after: [itsm], finish_by: 2026-08-01}
- {id: t2, match: {site.region: americas}, after: [t1]}
pilots: [{id: p, items: {service: desk, site: paris, step: onsite}, for: {service: desk, step: onsite}, soak_days: 21}]
knowledge_transfers:
- {id: kt, match: {service: desk}, per: site, stages: [{name: immersion, days: 5, effort: {incoming: 5, outgoing: 2}}]}
services:
- {id: desk, sites: {site.region: europe}, steps: [{id: onsite}, {id: nearshore, min_gap_days: 60}]}
- {id: soc, sites: [lima]}
applications: [{id: erp, user_sites: [paris]}]
"""
    )
    assert review(inventory_of(text)) == ()
