"""Selectors that match nothing, values without effect: WP117, WP131."""

from __future__ import annotations

import pytest

ESTATE = """
    sites: [{id: old, target: new, type: plant, country: FR}, {id: new}]
    servers: [{id: s1, site: old, technology: as400}]
    applications: [{id: a, servers: [s1], domain: finance, criticality: high}, {id: b, domain: sales}]
"""


@pytest.mark.parametrize(
    ("text", "path", "entry"),
    [
        ("defaults: [{sites: {country: DE}, set: {region: x}}]", ("defaults", 0, "sites"), "line 1 of defaults"),
        ("defaults: [{servers: {site: new}, set: {}}]", ("defaults", 0, "servers"), "line 1 of defaults"),
        ("defaults: [{applications: {domain: hr}, set: {}}]", ("defaults", 0, "applications"), "line 1 of defaults"),
        ("rules: [{id: r, slot: 2026-03-14, match: {app: c}}]", ("rules", 0, "match"), "rule r"),
        ("rules: [{id: r, together: {domain: hr}}]", ("rules", 0, "together"), "rule r"),
        ("rules: [{id: r, apart: [{app: a}, {app: c}]}]", ("rules", 0, "apart", 1), "rule r (apart, number 2)"),
        ("rules: [{id: r, before: [{app: c}, {app: a}]}]", ("rules", 0, "before", 0), "rule r (before, number 1)"),
        (
            "calendar: {freezes: [{from: 2026-03-01, to: 2026-03-02, reason: close, match: {domain: hr}}]}",
            ("calendar", "freezes", 0, "match"),
            "the freeze from 2026-03-01 (close)",
        ),
        (
            "calendar: {windows: [{id: w, days: [sat], from: '20:00', hours: 5, match: {site.type: office}}]}",
            ("calendar", "windows", 0, "match"),
            "window w",
        ),
        ("contracts: [{id: c, ends: 2026-12-01, match: {site: new}}]", ("contracts", 0, "match"), "contract c"),
        ("streams: [{id: st, match: {kind: service_desk}}]", ("streams", 0, "match"), "stream st"),
        (
            "policy: {rehearsals: [{id: dry, days_before: 3, only: {dry_run: true}}]}",
            ("policy", "rehearsals", 0, "only"),
            "rehearsal dry",
        ),
        (
            "streams: [{id: st, match: {app: a}, policy: {hypercare: {overrides: [{match: {domain: hr}, hours: 1}]}}}]",
            ("streams", 0, "policy", "hypercare", "overrides", 0, "match"),
            "hypercare override 1 of stream st",
        ),
    ],
)
def test_selectors_that_match_nothing(found, text, path, entry):
    (finding,) = found("WP117", ESTATE + "    " + text)
    assert (finding.message, finding.path) == (f"the selector of {entry} matches nothing", path)
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "selector",
    [
        "{}",
        "{domain: [finance, hr]}",
        "{any: [{domain: hr}, {technology: as400}]}",
        "{not: {domain: finance}}",
        "[{domain: hr}, {domain: sales}]",
        "{site.type: plant, target: new}",
        "{server.kind: vm}",
    ],
)
def test_selectors_that_match_something(found, selector):
    assert found("WP117", ESTATE + f"    rules: [{{id: r, together: {selector}}}]") == []


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("{domain: finanse}", "nothing has domain finanse; did you mean finance?"),
        ("{technology: [x, y]}", "nothing has technology x, y; it is one of: as400"),
        ("{family: erp}", "nothing has a value for family"),
        (
            "{domain: finance, app: b}",
            "each condition alone is met by something, but nothing meets them all; drop or widen one",
        ),
        ("{any: [{domain: sale}]}", "nothing has domain sale; did you mean sales?"),
    ],
)
def test_the_hint_says_what_to_change(found, selector, hint):
    (finding,) = found("WP117", ESTATE + f"    rules: [{{id: r, together: {selector}}}]")
    assert finding.advice == hint


def test_selectors_for_services_are_judged_by_their_sites(found):
    text = (
        ESTATE
        + """
    services: [{id: desk, kind: service_desk, sites: {type: plant}}]
    streams: [{id: st, match: {kind: service_desk, site: old}}, {id: su, match: {kind: service_desk, site: new}}]
    """
    )
    assert [finding.subjects for finding in found("WP117", text)] == [("su",)]


NOTHING = [
    (
        "servers: [{id: s, site: x, transport_hours: 5}, {id: t, site: x, transport_hours: 5, method: ship}]",
        ("servers", 0, "transport_hours"),
        "transport_hours has no effect on servers that are not shipped (1): s",
    ),
    (
        "{servers: [{id: s, site: x, transfer_gb: 5}], applications: [{id: a, strategy: takeover, servers: [s]}]}",
        ("servers", 0, "transfer_gb"),
        "transfer_gb has no effect on servers that do not move (1): s",
    ),
    (
        "applications: [{id: a, strategy: retain, slot: 2026-03-14, windows: [weekend]}, {id: b}]",
        ("applications", 0, "slot"),
        "slot, windows of a has no effect: it never cuts over (strategy retain)",
    ),
    (
        """
        applications: [{id: a}, {id: b, dry_run: true}]
        policy: {rehearsals: [{id: r, days_before: 1, only: {app: a}}]}
        """,
        ("applications", 1, "dry_run"),
        "dry_run has no effect on applications that no rehearsal asks for (1): b",
    ),
    (
        "teams: [{id: t, rest_days: 2}]",
        ("teams", 0, "rest_days"),
        "rest_days of team t has no effect: without `crew` its people are not limited",
    ),
    (
        "policy: {gates: [{id: notice, days_before: 20}], hypercare: {before_next_gate: true}}",
        ("policy", "hypercare", "before_next_gate"),
        "before_next_gate has no effect in stream main: none of its gates decides",
    ),
]


@pytest.mark.parametrize(("text", "path", "message"), NOTHING)
def test_values_without_effect(found, text, path, message):
    (finding,) = found("WP131", text)
    assert (finding.message, finding.path, finding.severity) == (message, path, "warning")


@pytest.mark.parametrize(
    "text",
    [
        "teams: [{id: t, rest_days: 2, crew: 1}]",
        "{applications: [{id: b, dry_run: true}], policy: {rehearsals: [{id: r, days_before: 1, only: {id: b}}]}}",
        "policy: {hypercare: {before_next_gate: true}}",
        "applications: [{id: a, slot: 2026-03-14}]",
    ],
)
def test_values_with_effect(found, text):
    assert found("WP131", text) == []


def test_an_empty_list_of_words_is_told(found) -> None:
    (finding,) = found("WP117", ESTATE + "    rules: [{id: r, match: {domain: []}, not_before: 2027-01-04}]")
    assert finding.hint == "an empty list of {attribute} is met by nothing; name some, or leave it out"
    assert finding.hint_values["attribute"] == "domain"
