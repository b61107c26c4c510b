"""What validation says of risks."""

from __future__ import annotations

import pytest

BASE = """
programme: {start: 2026-01-05, deadline: 2026-06-30}
sites: [{id: north}, {id: host}, {id: office}]
links: [{id: line, between: [north, host], gbps: 2}]
teams: [{id: dba, person_days_per_week: 5}, {id: free}]
servers: [{id: s1, site: north, target: host, disk_gb: 10}]
applications:
  - {id: crm, servers: [s1], effort: {dba: 2, free: 1}, domain: sales}
  - {id: erp, domain: finance}
  - {id: desk, domain: desk}
streams: [{id: quiet, match: {domain: desk}, policy: {gates: []}}]
risks:
"""
EVENT = "{id: e, probability: 0.1, days: {low: 1, likely: 2, high: 3}, effects: [%s]}"


@pytest.mark.parametrize(
    ("code", "risks", "says"),
    [
        ("WP601", "gates: [{probability: 1}]", "lets nothing through"),
        ("WP601", "cutovers: [{probability: 1}]", "never ends"),
        ("WP601", "cutovers: [{probability: 0.5, next: 1}]", "never ends"),
        ("WP602", "register: [{from: 2026-07-01, " + EVENT[1:] % "{freeze: true}" + "]", "no day is left"),
        ("WP602", "register: [{from: 2025-01-01, to: 2025-02-01, " + EVENT[1:] % "{freeze: true}" + "]", "is over"),
        ("WP603", "gates: [{probability: 0.1}, {match: {app: crm}, probability: 0.2}]", "entry 2 of risks.gates"),
        ("WP603", "gates: [{match: {app: desk}, probability: 0.1}]", "no gate that decides"),
        ("WP603", "effort: [{match: {app: erp}, low: 1, likely: 1, high: 2}]", "no team with a limit"),
        ("WP603", "effort: [{teams: [free], low: 1, likely: 1, high: 2}]", "no team with a limit"),
        ("WP603", "work: [{match: {app: erp}, low: 1, likely: 1, high: 2}]", "no work in the window"),
        ("WP603", f"register: [{EVENT % '{team: free, capacity: 0}'}]", "the team has no limit"),
        ("WP603", f"register: [{EVENT % '{site: office, closed: true}'}]", "nothing that cuts over"),
        ("WP603", f"register: [{EVENT % '{link: line, gbps: 2}'}]", "no slower"),
        ("WP603", f"register: [{EVENT % '{team: dba, capacity: 1}'}]", "at its full capacity"),
        ("WP603", f"register: [{EVENT.replace('0.1', '0') % '{freeze: true}'}]", "never strikes"),
        ("WP603", "gates: [{probability: 0}]", "a probability of 0"),
        ("WP603", "cutovers: [{probability: 0.1, match: {app: crm}}, {probability: 0}]", "a probability of 0"),
        ("WP603", "effort: [{low: 1, likely: 1, high: 1}]", "always as planned"),
        ("WP603", "effort: [{shape: lognormal, p50: 1, p90: 1}]", "always as planned"),
        ("WP603", "work: [{low: 0.5, likely: 0.8, high: 1}]", "never more than planned"),
        ("WP117", "gates: [{match: {domain: none}, probability: 0.1}]", "entry 1 of risks.gates matches nothing"),
        ("WP117", f"register: [{EVENT % '{freeze: true, match: {domain: none}}'}]", "event e matches nothing"),
    ],
)
def test_risks_that_cannot_be_or_change_nothing_are_told(found, code: str, risks: str, says: str) -> None:
    findings = found(code, f"{BASE}  {risks}\n")

    assert [says in finding.message for finding in findings] == [True], [finding.message for finding in findings]


def test_risks_that_act_are_left_alone(found) -> None:
    risks = f"""
  gates: [{{match: {{app: crm}}, probability: 0.2, notice_days: 7}}, {{probability: 0.1}}]
  cutovers: [{{probability: 1, next: 0.5, again_days: 14}}]
  effort: [{{teams: dba, low: 0.9, likely: 1, high: 2}}, {{shape: lognormal, p50: 1, p90: 1.5}}]
  work: [{{shape: triangular, low: 1, likely: 1, high: 2}}]
  register:
    - {EVENT % "{team: dba, capacity: 0.5}, {site: north, closed: true}, {link: line, gbps: 1}"}
"""
    for code in ("WP601", "WP602", "WP603", "WP117"):
        assert found(code, BASE + risks) == []
