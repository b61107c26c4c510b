"""What validation says of communication and adoption."""

from __future__ import annotations

import pytest

BASE = """
programme: {start: 2026-01-05, deadline: 2026-06-30}
sites:
  - {id: paris, country: FR, users: {office: 50, plant: 10}, languages: [fr, en]}
  - {id: madrid, users: 20, languages: [es]}
applications:
  - {id: crm, user_sites: [paris, madrid]}
  - {id: erp, user_sites: [paris], personas: [office]}
  - {id: batch}
pilots: [{id: first, items: {app: crm}, soak_days: 3}]
adoption:
  - {id: a, kind: %s}
"""


@pytest.mark.parametrize(
    ("code", "entry", "says"),
    [
        ("WP157", "announcement, days_before: 200", "a can never be held"),
        ("WP158", "training, days_before: 5, template: lesson", "there is no template lesson"),
        ("WP158", "training, days_before: 5, template: {fr: {text: '{wave} {who}'}}", "nothing fills: who"),
        ("WP159", "training, days_before: 5", "a has no text in es: these readers get it in en"),
        ("WP159", "training, days_before: 5, languages: [it], audience: {site: paris}", "a has no text in it"),
        ("WP159", "survey, days_after: 2, audience: {site: paris}", "survey a has no threshold"),
        (
            "WP159",
            "survey, days_after: 9, threshold: 0.5, audience: {site: paris}",
            "after the exit gate of pilot first",
        ),
        ("WP159", "training, days_before: 5, match: {app: batch}", "a reaches nobody"),
        ("WP159", "training, days_before: 5, match: {app: erp}, audience: {persona: plant}", "a reaches nobody"),
        ("WP159", "training, days_before: 5, audience: {site: paris, persona: [office, boss]}", "has persona boss"),
        (
            "WP117",
            "training, days_before: 5, audience: {language: de}",
            "entry of adoption a (audience) matches nothing",
        ),
        ("WP117", "training, days_before: 5, match: {domain: x}", "entry of adoption a matches nothing"),
    ],
)
def test_what_cannot_be_or_misses_its_people_is_told(found, code: str, entry: str, says: str) -> None:
    findings = found(code, BASE % entry)
    assert [says in finding.message for finding in findings] == [True], [finding.message for finding in findings]
    assert "a" in findings[0].subjects


@pytest.mark.parametrize(
    "entry",
    [
        "announcement, days_before: 20, audience: {site: paris}",
        "announcement, days_before: 20, template: {en: {text: '{{x}} {wave}'}, fr: {text: a}, es: {text: b}}",
        "survey, days_after: 3, threshold: 0.5, audience: {language: fr}",
        "training, working_days_after: 1, languages: [en]",
        "training, days_before: 5, audience: {persona: plant, site: madrid}, languages: [fr]",
    ],
)
def test_what_is_in_order_is_not_mentioned(found, entry: str) -> None:
    assert [
        finding.message for code in ("WP117", "WP157", "WP158", "WP159") for finding in found(code, BASE % entry)
    ] == []
