"""Lots and orders among them: WP201 to WP204, WP207 to WP210."""

from __future__ import annotations

import pytest

from waveplan.domain.items import Items
from waveplan.lots import form_lots
from waveplan.review.tie_cuts import best_cut


def test_a_cycle_of_orders_among_lots(found):
    text = """
        servers: [{id: s, site: x}]
        applications:
        - {id: a, servers: [s], depends_on: [{app: b, order: provider_first, reason: prices}]}
        - {id: c, servers: [s]}
        - {id: b}
        rules: [{id: r, before: [{app: c}, {app: b}]}]
    """
    (finding,) = found("WP201", text)
    assert finding.message.startswith("2 lots each have to come before the next: a-")
    assert "because c before b (rule r); b before a (a depends on b: prices)" in finding.message
    assert (finding.path, finding.severity) == (("rules", 0, "before", 1), "error")


def test_a_cycle_counts_whatever_the_gaps_but_not_through_what_stays(found):
    text = """
        applications:
        - {id: a, depends_on: [{app: b, order: provider_first}]}
        - {id: b, depends_on: [{app: c, order: provider_first}]}
        - {id: c, strategy: %s, depends_on: [{app: a, order: provider_first}]}
    """
    (finding,) = found("WP201", text % "takeover")
    assert finding.values["count"] == 3
    assert found("WP201", text % "retain") == []


def test_environments_can_close_a_cycle(found):
    text = """
        applications:
        - {id: p, family: f, environment: prod}
        - {id: t, family: f, environment: test, depends_on: [{app: p, order: provider_first}]}
        policy: {environment_order: [test, prod]}
    """
    (finding,) = found("WP201", text)
    assert "t before p (environments of family f)" in finding.message


LIMITED = """
    servers: [{id: s1, site: x}, {id: s2, site: x}, {id: s3, site: x}]
    applications:
    - {id: a, servers: [s1], depends_on: [{app: b, coupling: hard}]}
    - {id: b, servers: [s2], depends_on: [{app: c, coupling: hard}]}
    - {id: c, servers: [s2, s3], depends_on: [{app: d, coupling: hard}]}
    - {id: d}
    policy: {lot_limits: {%s}}
"""


def test_a_lot_over_its_limit_names_the_tie_that_swallows_most(found):
    (finding,) = found("WP202", LIMITED % "servers: 2")
    assert finding.message.startswith("lot a-")
    assert finding.message.endswith("holds 3 servers; lot_limits allows 2")
    assert finding.advice == (
        "hard dependency a → b swallows most: without it the largest part would hold 3 of 4 items; "
        "the cheapest cuts: waveplan lots INVENTORY --suggest-cuts"
    )
    assert (finding.path, finding.severity) == (("policy", "lot_limits", "servers"), "error")


def test_both_limits_are_one_finding_and_exactly_at_the_limit_is_fine(found):
    (finding,) = found("WP202", LIMITED % "servers: 2, applications: 3")
    assert finding.message.endswith("holds 3 servers and 4 applications; lot_limits allows 2 and 3")
    assert found("WP202", LIMITED % "servers: 3, applications: 4") == []


def test_a_streams_own_lot_limit_counts(found):
    text = (
        LIMITED % "applications: 9"
        + """
    streams: [{id: st, match: {}, policy: {lot_limits: {applications: 3}}}]
    """
    )
    (finding,) = found("WP202", text)
    assert finding.path == ("streams", 0, "policy", "lot_limits", "applications")


def lots_of(inventory_of, text):
    return list(form_lots(Items(inventory_of(text))))


def test_the_best_cut_halves_a_chain(inventory_of):
    entries = [
        {"id": f"a{number}", "depends_on": [{"app": f"a{number + 1}", "coupling": "hard"}] if number < 8 else []}
        for number in range(9)
    ]
    (lot,) = form_lots(Items(inventory_of(applications=entries)))
    cut = best_cut(lot)
    assert (cut.tie.of, cut.largest) == (["a3", "a4"], 5)


def test_a_ring_has_no_single_tie_that_holds_it(inventory_of):
    entries = [
        {"id": f"a{number}", "depends_on": [{"app": f"a{(number + 1) % 5}", "coupling": "hard"}]} for number in range(5)
    ]
    (lot,) = form_lots(Items(inventory_of(applications=entries)))
    assert best_cut(lot) is None


def test_a_hub_server_is_the_best_cut(inventory_of):
    (lot,) = lots_of(
        inventory_of,
        """
        servers: [{id: hub, site: x}, {id: s, site: x}]
        applications:
        - {id: a, servers: [hub, s]}
        - {id: b, servers: [hub, s]}
        - {id: c, servers: [hub]}
        - {id: d, servers: [hub]}
        """,
    )
    cut = best_cut(lot)
    assert (cut.tie.server, cut.largest) == ("hub", 2)


def one_lot_of(count, others):
    chain = [f"{{id: a{n:02}, depends_on: [{{app: a{n + 1:02}, coupling: hard}}]}}" for n in range(count - 1)]
    return (
        f"applications: [{', '.join([*chain, f'{{id: a{count - 1:02}}}', *(f'{{id: z{n}}}' for n in range(others))])}]"
    )


@pytest.mark.parametrize(
    ("count", "others", "said"),
    [
        (10, 9, "holds most: 10 of 19 applications (52 %)"),
        (10, 10, "alone holds 10 of 20 applications (50 %)"),
        (10, 30, "alone holds 10 of 40 applications (25 %)"),
        (10, 31, None),
        (10, 0, "holds nearly all: 10 of 10 applications (100 %)"),
        (12, 4, "holds nearly all: 12 of 16 applications (75 %)"),
        (12, 5, "holds most: 12 of 17 applications (70 %)"),
        (9, 0, None),
    ],
)
def test_a_lot_that_holds_much_of_everything(found, count, others, said):
    findings = found("WP210", one_lot_of(count, others))
    assert len(findings) == (said is not None)
    for finding in findings:
        assert said in finding.message
        assert finding.severity == "warning"


def test_a_lot_over_its_limit_is_not_told_twice(found):
    text = "{" + one_lot_of(12, 0) + ", policy: {lot_limits: {applications: 11}}}"
    assert len(found("WP202", text)) == 1
    assert found("WP210", text) == []


MIXED = """
    servers: [{id: s, site: x}]
    applications: [{id: a, domain: d1, servers: [s], %s}, {id: b, domain: d2, servers: [s], %s}, {id: c}]
"""


def test_a_lot_that_mixes_streams(found):
    text = MIXED % ("", "") + "    streams: [{id: fast, match: {domain: d2}}]"
    (finding,) = found("WP203", text)
    assert "mixes streams: main (a), fast (b)" in finding.message
    assert "a –[server s]– b" in finding.advice
    assert finding.severity == "error"


def test_a_lot_that_mixes_pins_of_items_and_rules(found):
    text = MIXED % ("slot: 2026-03-14", "") + "    rules: [{id: r, slot: 2026-03-21, match: {app: [b, c]}}]"
    (finding,) = found("WP204", text)
    assert "is pinned to several days: 2026-03-14 (a), 2026-03-21 (rule r)" in finding.message
    assert finding.path == ("rules", 0, "slot")
    assert found("WP204", MIXED % ("slot: 2026-03-14", "slot: 2026-03-14")) == []


def test_an_item_pinned_twice_mixes_pins_too(found):
    text = "{applications: [{id: a, slot: 2026-03-14}], rules: [{id: r, slot: 2026-03-21, match: {app: a}}]}"
    (finding,) = found("WP204", text)
    assert "2026-03-14 (a), 2026-03-21 (rule r)" in finding.message


ZONES = """
    programme: {timezone: Europe/Paris}
    sites: [{id: fr}, {id: pt, timezone: %s}]
    servers: [{id: s, site: fr}, {id: t, site: pt}]
    applications: [{id: a, servers: [s, t]%s}, {id: b, servers: [s]}]
    calendar:
      windows:
      - {id: w, days: [sat], from: "20:00", hours: 9, timezone: %s}
      - {id: v, days: [sun], from: "20:00", hours: 9}
"""


def test_a_lot_with_several_zones_in_a_site_time_window(found):
    (finding,) = found("WP207", ZONES % ("Europe/Lisbon", "", "site"))
    assert "has several time zones (Europe/Lisbon, Europe/Paris) and may use window w" in finding.message
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("zone", "more", "window"),
    [
        ("Europe/Paris", "", "site"),  # the programme's own zone, said twice
        ("Europe/Lisbon", "", "Europe/Paris"),
        ("Europe/Lisbon", ", windows: [v]", "site"),
    ],
)
def test_zones_that_do_no_harm(found, zone, more, window):
    assert found("WP207", ZONES % (zone, more, window)) == []


@pytest.mark.parametrize("how", ["min_gap_days: 1", "after_hypercare: true"])
def test_an_order_that_cannot_hold_inside_a_lot(found, how):
    text = f"""
        servers: [{{id: s, site: x}}]
        applications:
        - {{id: a, servers: [s], depends_on: [{{app: b, order: provider_first, {how}}}]}}
        - {{id: b, servers: [s]}}
    """
    (finding,) = found("WP208", text)
    assert "b has to cut over before a (a depends on b), but both are in lot a-" in finding.message
    assert "b –[server s]– a" in finding.message
    assert (finding.path, finding.severity) == (("applications", 0, "depends_on", 0), "error")
    assert found("WP208", text.replace(f", {how}", "")) == []


def test_strictly_earlier_rules_inside_a_lot(found):
    text = (
        MIXED % ("family: f, environment: test", "family: f")
        + """
    rules: [{id: r, before: [{app: a}, {app: [b, c]}]}]
    policy: {environment_order: [test, prod]}
    """
    )
    rule, environments = found("WP208", text)
    assert (rule.path, environments.path) == (("rules", 0, "before", 1), ("policy", "environment_order"))
    assert "a has to cut over before b (environments of family f)" in environments.message


def test_a_rule_that_breaks_in_several_lots_is_told_once(found):
    text = """
        servers: [{id: s, site: x}, {id: t, site: x}]
        applications:
        - {id: a, environment: test, servers: [s]}
        - {id: b, servers: [s]}
        - {id: c, environment: test, servers: [t]}
        - {id: d, servers: [t]}
        rules: [{id: r, before: [{environment: test}, {environment: prod}]}]
    """
    (finding,) = found("WP208", text)
    assert finding.message.startswith("a has to cut over before b (rule r), but both are in lot a-")
    assert finding.message.endswith("a –[server s]– b; the same goes for other lots (1)")


def test_nothing_comes_before_itself_or_is_kept_apart_from_itself(found):
    text = "{applications: [{id: a, domain: d}, {id: b, domain: d}], rules: [{id: r, %s: [{app: a}, {domain: d}]}]}"
    assert found("WP208", text % "before") == []
    assert found("WP209", text % "apart") == []
    tied = "{applications: [{id: a, domain: d, depends_on: [{app: b, coupling: hard}]}, {id: b, domain: d}], "
    tied += "rules: [{id: r, %s: [{domain: d}, {app: [a]}]}]}"
    (order,) = found("WP208", tied % "before")
    assert order.message.startswith("b has to cut over before a (rule r), but both are in lot a-")
    (apart,) = found("WP209", tied % "apart")
    assert apart.message.startswith("rule r keeps b and a apart, but lot a-")


def test_what_must_be_apart_in_one_lot(found):
    text = (
        MIXED % ("", "")
        + """
    rules: [{id: r, apart: [{app: c}, {app: a}, {app: b}]}]
    policy: {keep_apart: [domain, environment]}
    """
    )
    kept, rule = found("WP209", text)
    assert "holds several values of domain, which keep_apart never lets into one wave: d1 (a), d2 (b)" in kept.message
    assert "rule r keeps a and b apart, but lot a-" in rule.message
    assert (rule.path, rule.severity) == (("rules", 0, "apart"), "error")


def test_missing_values_are_not_kept_apart(found):
    assert found("WP209", "{applications: [{id: a, domain: d}, {id: b}], policy: {keep_apart: [domain]}}") == []


def test_chains_are_shown_until_enough_have_been_worked_out(inventory_of, monkeypatch):
    from waveplan.review.context import ReviewContext

    monkeypatch.setattr("waveplan.review.context._CHAIN_EFFORT", 2)
    text = "applications: [{id: a, depends_on: [{app: b, coupling: hard}]}, {id: b}]"
    context = ReviewContext(inventory_of(text))
    chains = [context.chain("a", "b") for _ in range(3)]
    assert chains == ["a –[hard dependency a → b]– b", "a –[hard dependency a → b]– b", "…"]


@pytest.mark.parametrize(
    ("second", "codes"),
    [
        ("order: provider_first", []),
        ("order: provider_first, min_gap_days: 3", ["WP201"]),
        ("order: provider_first, after_hypercare: true", ["WP201"]),
        ("order: provider_first, coupling: hard", []),
        ("order: provider_first, min_gap_days: 3, coupling: hard", ["WP208"]),
    ],
)
def test_a_circle_that_one_wave_keeps_is_no_error_where_circles_are_joined(found, second, codes):
    text = f"""
        dependencies: {{cycles: join}}
        applications:
          - {{id: a, depends_on: [{{app: b, order: provider_first}}]}}
          - {{id: b, depends_on: [{{app: a, {second}}}]}}
    """
    assert [finding.code for code in ("WP201", "WP208") for finding in found(code, text)] == codes
