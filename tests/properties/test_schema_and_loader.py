"""What the JSON Schemas refuse, the loader refuses, and the other way round.

Left out is what no schema can tell, and nothing else:

- what two values say together: dates in order, keys that exclude or need each other (`TOGETHER`);
- what a name stands for: ids given twice, references, attributes, codes, countries and zones (WP106, WP107, WP112, …);
- more than six decimal places, days and moments that do not exist, bounds and exponents of numbers within quotes;
- what an overlay leaves out, which the inventory below it may give.
"""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, note, settings
from support.mutations import ACTUALS, SCENARIOS, few, inventories, mutations, plain, plans
from support.seeds import count

import waveplan.loading.entries as entries
from waveplan.domain.json_schema import json_schema
from waveplan.domain.schema_names import SchemaName
from waveplan.loading import load_actuals, load_inventory, load_plan, load_scenarios

EXAMPLES = count(60)
TOGETHER = frozenset(
    {"period", "programme", "dependency", "window", "gate", "rule", "committee", "cadence", "stages", "steps"}
    | {"adoption", "task", "objective", "milestone", "recurrence", "every_starting", "period_empty", "working_days"}
)
BOUNDS = frozenset({"less_than_equal", "greater_than", "greater_than_equal"})
_OF_SHAPE = frozenset({"WP103", "WP104", "WP105", "WP125"})
_OF_NAMES = ("no finding has the code", "'site' is missing, and no line")
# What entries hold that an overlay gives twice, or that stand beside an inventory that is not there, is not looked at.
_UNREAD = ("there is no {kind} to read", "the overlay already has an entry", "there already is a scenario")
RICH = """\
waveplan: 1
programme: {name: 2026, start: 2026-01-05, deadline: 2026-12-18, timezone: Europe/Paris, language: fr, currency: EUR}
sites:
  - {id: old, target: new, users: 30, subdivision: 57, country: FR, blackouts: [{from: 2026-07-01, to: 2026-07-02}]}
  - {id: new, users: {office: 3}, capacity: {vcpu: 1}, costs: {once: 4, per_month: 2.5}}
links: [{between: [old, new], gbps: 1, efficiency: 0.5}]
teams: [{id: ops, available: {from: 2026-01-05}, absences: [{from: 2026-02-02, to: 2026-02-03, capacity: 0.5}]}]
servers: [{id: s1, site: old, labels: {rack: 12, spare: true}, transport_hours: 3}]
applications:
  - {id: a1, servers: [s1], effort: {ops: {each: 1, per_server: 0.5}}, dry_run: true, slot: 2026-03-14, after: m}
  - {id: a2, depends_on: [{app: a1, order: provider_first, min_gap_days: 3}]}
calendar:
  windows: [{id: w, days: [sat], from: "22:30", hours: 3.5}]
policy:
  cadence: [{waves: 2, limits: {effort: {ops: 2}}}, {min_gap_days: 3}]
  earliest_wave_by_criticality: {high: 2}
objective: {goals: [{goal: finish, tolerance: 5%}, {goal: waves, tolerance: 2}]}
external_milestones: [{id: m, date: 2026-02-02}]
"""


class Verdict:
    """What the loader says of a document's shape."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *also: str) -> None:
        self._together = TOGETHER.union(also)
        self._original = entries.report_invalid
        self.kinds: set[str] = set()
        self.of_models = 0
        self.quoted = False  # whether a bound may have been passed by a number within quotes
        monkeypatch.setattr(entries, "report_invalid", self._noted)

    def _noted(self, error: Any, entry: Any, report: Any) -> None:
        found = error.errors(include_url=False)
        self.kinds |= {each["type"] for each in found if each["type"] not in BOUNDS or each["input"] != "5"}
        self.quoted = self.quoted or any(each["type"] in BOUNDS and each["input"] == "5" for each in found)
        before = len(report._findings)
        self._original(error, entry, report)
        self.of_models += len(report._findings) - before

    def refuses(self, findings: Any) -> bool | None:
        """Whether the shape is wrong; None when only what values say together is."""
        own = [each for each in findings if each.code in _OF_SHAPE and not each.template.startswith(_OF_NAMES)]
        if self.kinds - self._together or len(own) > self.of_models:
            return True
        return None if self.kinds or self.quoted else False


@cache
def validator(kind: SchemaName) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(json_schema(kind), format_checker=checker)


def agree(document: Any, kind: SchemaName, findings: Any, verdict: Verdict) -> None:
    errors = list(validator(kind).iter_errors(document))
    refused = verdict.refuses(findings)
    note(json.dumps(document, ensure_ascii=False))
    note(str([each.message for each in findings if each.severity == "error"]))
    note(str([error.message[:300] for error in errors]))
    if refused is not None:
        assert bool(errors) == refused


few_cases = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
INVENTORIES = [plain(yaml.safe_load(RICH)), *(few(each) for each in inventories().values())]


@few_cases
@given(mutations(INVENTORIES))
def test_inventories(document: Any) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        verdict = Verdict(monkeypatch)
        loaded = load_inventory("-", stdin=io.BytesIO(json.dumps(document).encode()))
    agree(document, "inventory", loaded.findings, verdict)


@few_cases
@given(mutations([few(each, 2) for each in plans().values()]))
def test_plans(document: Any) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        verdict = Verdict(monkeypatch)
        loaded = load_plan("-", stdin=io.BytesIO(json.dumps(document).encode()))
    agree(document, "plan", loaded.findings, verdict)


@few_cases
@given(mutations([plain(yaml.safe_load(ACTUALS))]))
def test_actuals(document: Any) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        verdict = Verdict(monkeypatch)
        loaded = load_actuals("-", stdin=io.BytesIO(json.dumps(document).encode()))
    agree(document, "actuals", loaded.findings, verdict)


@few_cases
@given(mutations([plain(yaml.safe_load(SCENARIOS))]))
def test_scenarios(document: Any) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch, TemporaryDirectory() as folder:
        verdict = Verdict(monkeypatch, "missing")
        Path(folder, "inventory.yaml").write_text(RICH, encoding="utf-8")
        Path(folder, "scenarios.yaml").write_text(json.dumps(document), encoding="utf-8")
        loaded = load_scenarios(str(Path(folder, "scenarios.yaml")))
    findings = [*loaded.findings, *(each for one in loaded.scenarios for each in one.loaded.findings)]
    if not any(each.template.startswith(_UNREAD) for each in findings):
        agree(document, "scenarios", findings, verdict)
