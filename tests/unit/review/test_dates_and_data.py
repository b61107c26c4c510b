"""Dates, support, notices, gates, personal data: WP108, WP115, WP116, WP123, WP124."""

from __future__ import annotations

import pytest

from waveplan.domain.personal_data import is_personal


@pytest.mark.parametrize(
    ("dates", "path", "words"),
    [
        (
            "not_before: 2026-06-01, not_after: 2026-05-01",
            "not_after",
            "(2026-05-01) lies before not_before (2026-06-01)",
        ),
        ("not_before: 2027-06-01", "not_before", "a: not_before (2027-06-01) leaves no day"),
        ("not_after: 2025-06-01", "not_after", "a: not_after (2025-06-01) leaves no day"),
        ("slot: 2026-03-14, not_after: 2026-03-01", "slot", "outside its own not_before and not_after ( … 2026-03-01)"),
        ("slot: 2026-03-11", "slot", "a is pinned to 2026-03-11, a day on which no cutover window starts"),
        ("slot: 2027-03-13", "slot", "a is pinned to 2027-03-13, a day on which no cutover window starts"),
    ],
)
def test_dates_that_cannot_be(found, dates, path, words):
    (finding,) = found("WP108", f"applications: [{{id: a, {dates}}}]")
    assert words in finding.message
    assert (finding.path, finding.severity) == (("applications", 0, path), "error")


@pytest.mark.parametrize(
    "dates", ["slot: 2026-03-14", "not_before: 2026-03-01, not_after: 2026-03-01", "not_before: 2026-12-18"]
)
def test_dates_that_can_be(found, dates):
    assert found("WP108", f"applications: [{{id: a, {dates}}}]") == []


def test_a_wrong_pin_names_the_nearest_days(found):
    (finding,) = found("WP108", "rules: [{id: r, slot: 2026-03-11, match: {app: some-app}}]")
    assert finding.path == ("rules", 0, "slot")
    assert finding.advice == "the nearest days with a window: 2026-03-07 / 2026-03-14"


def test_exits_and_contracts_before_the_start(found):
    text = """
        sites: [{id: old, exit_by: 2025-12-31}]
        contracts: [{id: out, ends: 2026-01-04, notice_days: 30, match: {}}]
    """
    first, second = found("WP108", text)
    assert (first.path, second.path) == (("sites", 0, "exit_by"), ("contracts", 0, "ends"))
    assert found("WP124", text) == []  # one fact, one finding


def test_a_notice_that_should_have_been_given(found):
    (finding,) = found("WP124", "contracts: [{id: out, ends: 2026-03-31, notice_days: 90, match: {}}]")
    assert "on 2025-12-31: 5 days before the programme's start (2026-01-05)" in finding.message
    assert (finding.path, finding.severity) == (("contracts", 0, "notice_days"), "warning")
    assert found("WP124", "contracts: [{id: out, ends: 2026-04-05, notice_days: 90, match: {}}]") == []


SUPPORT = """
    sites: [{id: old, target: new}, {id: new}]
    servers:
    - {id: s1, site: old, os: Unix 5, end_of_support: 2026-02-06}
    - {id: s2, site: old, os: Unix 5, end_of_support: 2026-02-06}
    - {id: s3, site: old, os: Unix 5, end_of_support: 2026-02-07}
    - {id: s4, site: old, os: Unix 5, end_of_support: 2025-02-07}
    applications:
    - {id: a, servers: [s1, s2, s3]%s}
    - {id: b, servers: [s4], strategy: retain}
"""


def test_support_that_ends_before_the_first_possible_cutover(found):
    # 28 days of preparation from 5 January; the first Saturday after them is 7 February
    (finding,) = found("WP116", SUPPORT % "")
    assert finding.message == (
        "support of Unix 5 ends on 2026-02-06, before the earliest possible cutover on 2026-02-07"
        " (days in between: 1; servers: s1, s2)"
    )
    assert (finding.path, finding.severity) == (("servers", 0, "end_of_support"), "warning")


def test_an_item_that_may_only_move_later_keeps_its_servers_longer(found):
    first, second = found("WP116", SUPPORT % ", not_before: 2026-03-01")
    assert (first.values["days"], second.values["days"]) == (23, 22)


def test_gates_and_preparation_put_off_the_first_cutover(found):
    policy = "    policy: {preparation_days: 0, gates: [{id: notice, days_before: 60}]}"
    first, _ = found("WP116", SUPPORT % "" + policy)
    assert first.values["earliest"] == "2026-03-07"


HYPERCARE = """
    applications: [{id: a, criticality: %s}, {id: b}]
    policy:
      hypercare: {hours: 24, overrides: [{match: {criticality: critical}, hours: 49}], before_next_gate: %s}
      cadence: [{waves: 2, min_gap_days: 30}, {min_gap_days: %s}]
"""


def test_hypercare_that_reaches_the_next_gate(found):
    (finding,) = found("WP123", HYPERCARE % ("critical", "true", 5))
    assert "3 days of hypercare (49 h, a) and a gate 3 days before cutover make 6 days" in finding.message
    assert finding.path == ("policy", "hypercare", "before_next_gate")
    assert found("WP123", HYPERCARE % ("critical", "true", 6)) == []
    assert found("WP123", HYPERCARE % ("critical", "false", 5)) == []
    assert found("WP123", HYPERCARE % ("low", "true", 4)) == []


def test_personal_data_without_countries(found):
    text = """
        applications:
        - {id: hr, data_classes: [public, personal-data]}
        - {id: care, data_classes: [health], allowed_countries: [FR]}
        - {id: web, data_classes: [public]}
        - {id: kept, data_classes: [personal], strategy: retain}
    """
    (finding,) = found("WP115", text)
    assert finding.message == "hr holds personal data (personal-data) and does not say in which countries it may stand"
    assert (finding.path, finding.severity) == (("applications", 0, "data_classes"), "warning")


@pytest.mark.parametrize(
    "word", ["personal", "Personal_Data", "health-records", "données de santé", "GDPR art. 9", "PII"]
)
def test_words_for_personal_data(word):
    assert is_personal(word)


@pytest.mark.parametrize("word", ["public", "impersonal", "healthy margins", "source code", ""])
def test_words_for_other_data(word):
    assert not is_personal(word)
