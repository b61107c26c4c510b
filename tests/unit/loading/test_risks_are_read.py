"""Risks are read, and what contradicts itself is told where it stands (WP600)."""

from __future__ import annotations

from pathlib import Path

import pytest

from waveplan.loading import load_inventory

BASE = """waveplan: 1
programme: {name: p, start: 2026-01-05, deadline: 2026-06-30}
teams: [{id: dba, crew: 2}]
sites: [{id: a}]
applications: [{id: crm, crew: {dba: 1}}]
risks:
"""
DAYS = "days: {low: 1, likely: 2, high: 3}"


def _read(tmp_path: Path, risks: str):
    file = tmp_path / "inventory.yaml"
    file.write_text(f"{BASE}  {risks}\n")
    return load_inventory(str(file))


@pytest.mark.parametrize(
    ("code", "risks", "says"),
    [
        ("WP600", "work: [{low: 2, likely: 1, high: 3}]", "'low' (2) is above 'likely' (1)"),
        ("WP600", "work: [{low: 1, likely: 1, high: 3, p50: 1}]", "'p50' does not go with the shape pert"),
        ("WP600", "work: [{shape: lognormal, p50: 2, p90: 1}]", "'p50' (2) is above 'p90' (1)"),
        ("WP105", "work: [{low: 1, high: 3}]", "'likely' is missing"),
        ("WP105", "work: [{shape: lognormal, p50: 1}]", "'p90' is missing"),
        (
            "WP600",
            f"register: [{{id: e, {DAYS}, effects: [{{freeze: true}}]}}]",
            "an event needs one of",
        ),
        ("WP600", f"register: [{{id: e, per_month: 0.1, {DAYS}, effects: [{{team: dba}}]}}]", "'team' and 'capacity'"),
        ("WP600", f"register: [{{id: e, per_month: 0.1, {DAYS}, effects: [{{}}]}}]", "an effect is one of"),
        (
            "WP600",
            f"register: [{{id: e, per_month: 0.1, {DAYS}, effects: [{{site: a, closed: true, match: {{app: crm}}}}]}}]",
            "'match' goes with",
        ),
        ("WP104", f"register: [{{id: e, per_month: 0.1, {DAYS}, effects: []}}]", "at least 1"),
        ("WP107", f"register: [{{id: e, per_month: 0.1, {DAYS}, effects: [{{team: x, capacity: 0}}]}}]", "x"),
        ("WP107", "effort: [{teams: [x], low: 1, likely: 1, high: 2}]", "x"),
        ("WP104", "gates: [{probability: 1.2}]", "at most 1"),
        ("WP103", "gates: [{probability: 0.2, notice: 3}]", "notice"),
        ("WP130", "gates: [{match: {colour: red}, probability: 0.2}]", "colour"),
    ],
)
def test_what_contradicts_itself_is_told_with_its_place(tmp_path: Path, code: str, risks: str, says: str) -> None:
    findings = _read(tmp_path, risks).findings

    assert [(each.code, says in each.message) for each in findings] == [(code, True)], findings
    assert findings[0].location is not None
    assert findings[0].location.line == 7


def test_every_key_is_read(tmp_path: Path) -> None:
    risks = f"""gates: [{{match: {{app: crm}}, probability: 0.2, notice_days: 7}}]
  cutovers: [{{probability: 0.1, again_days: 14, next: 0.05}}]
  register: [{{id: e, name: E, per_month: 0.02, from: 2026-02-01, {DAYS}, effects: [{{team: dba, capacity: 0.5}}]}}]"""
    loaded = _read(tmp_path, risks)

    assert loaded.findings == ()
    assert loaded.inventory is not None
    stated = loaded.inventory.risks
    assert (stated.gates[0].notice_days, stated.cutovers[0].again_days) == (7, 14)
    assert str(stated.cutovers[0].next_probability) == "0.05"
    assert stated.events[0].effects[0].team == "dba"
