"""What the loader accepts, the JSON Schema accepts, as an editor's YAML sees it; what is wrong, it refuses."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from marked_inventories import BASE, with_base

from waveplan.domain.json_schema import json_schema
from waveplan.export.plan_yaml import dump_plan
from waveplan.loading import load_inventory, load_plan

ROOT = Path(__file__).resolve().parents[3]
INVENTORY = jsonschema.Draft202012Validator(json_schema("inventory"))
PART = jsonschema.Draft202012Validator(json_schema("inventory", part=True))
PLAN = jsonschema.Draft202012Validator(json_schema("plan"))

RICH = """\
waveplan: 1
programme: {name: 2026, start: 2026-01-05, deadline: 2026-12-18, timezone: Europe/Paris, language: fr}
defaults:
  - {sites: {country: FR}, set: {timezone: Europe/Paris, languages: [fr]}}
  - {servers: [{site: old}, {technology: as400}], set: {method: replicate, vcpu: 2.5}}
  - {applications: {any: [{site: old}], not: {domain: x}}, set: {effort: {ops: 3}, windows: [w]}}
sites:
  - {id: old, target: new, users: 30, subdivision: 57, country: FR, blackouts: [{from: 2026-07-01, to: 2026-07-02}]}
  - {id: new, users: {office: 3}, capacity: {vcpu: 1}, labels: }
  - {id: other, capacity: [{from: 2026-01-01, ram_gb: 2.5}], roles: [user]}
links:
teams: [{id: ops, available: {from: 2026-01-05}, absences: [{from: 2026-02-02, to: 2026-02-03, capacity: 0.5}]}]
servers: [{id: s1, site: old, target: , labels: {rack: 12, spare: true}}]
applications:
  - {id: 010, servers: [s1], effort: {ops: {each: 1, per_server: 0.5}}, dry_run: true, slot: 2026-03-14}
  - {id: a2, depends_on: [{app: "010", coupling: hard}, {app: a3, order: provider_first, min_gap_days: 3}]}
  - {id: a3, criticality: , after: []}
calendar:
  windows:
    - {id: w, days: [sat], from: "22:30", hours: 3.5}
    - {id: x, dates: [2026-03-03], from: "08:00", hours: 3, timezone: site, match: {site.type: plant}}
rules: [{id: r, match: [{app: a2}, {any: [{site: old}]}], not_before: 2026-02-02}]
policy: {cadence: [{waves: 2, limits: {effort: {ops: 2}}}, {min_gap_days: 3}], environment_order: [dev, prod]}
objective: {goals: [{goal: finish, tolerance: 5%}, {goal: waves, tolerance: 2}]}
"""


def as_an_editor_sees_it(text: str) -> Any:
    """Numbers as numbers, dates as texts, keys as texts."""
    return _plain(yaml.safe_load(text))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def accepts(validator: jsonschema.Draft202012Validator, text: str) -> bool:
    return validator.is_valid(as_an_editor_sees_it(text))


def loads(text: str) -> bool:
    return load_inventory("-", stdin=io.BytesIO(text.encode())).inventory is not None


def test_the_schemas_are_schemas() -> None:
    for validator in (INVENTORY, PART, PLAN):
        jsonschema.Draft202012Validator.check_schema(validator.schema)


@pytest.mark.parametrize("text", [BASE, RICH, BASE.replace("1", "'1'", 1)])
def test_what_loads_is_accepted(text: str) -> None:
    assert loads(text)
    assert list(INVENTORY.iter_errors(as_an_editor_sees_it(text))) == []


INVENTORY_FILES = [path for path in sorted(ROOT.glob("examples/*/**/*.yaml")) if path.name != "scenarios.yaml"]


@pytest.mark.parametrize("path", INVENTORY_FILES, ids=lambda path: path.stem)
def test_the_examples_are_accepted_file_by_file(path: Path) -> None:
    assert list(PART.iter_errors(as_an_editor_sees_it(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "servers: [{id: s1, site: old, colour: red}]\n",
        "servers: [{id: s1}]\n",
        "servers: [{id: s1, site: old, vcpu: -1}]\n",
        "servers: [{id: s1, site: old, kind: wm}]\n",
        "servers: {s1: {}}\n",
        "sites: [{id: old, roles: source}, {id: new}]\n",
        "sites: [{id: old, target: new, capacity: {cpu: 3}}, {id: new}]\n",
        "links: [{between: [old], gbps: 1}]\n",
        "calendar: {windows: [{id: w, days: [sat], from: '22:30', hours: 0}]}\n",
        "defaults: [{servers: {}, set: {knd: vm}}]\n",
        "defaults: [{servers: {}, set: {id: x}}]\n",
        "defaults: [{teams: {}, set: {crew: 1}}]\n",
        "policy: {wave_limits: {server: 3}}\n",
        "rules: [{id: a b, together: {app: a1}}]\n",
        "nonsense: 1\n",
    ],
)
def test_what_does_not_load_is_refused(text: str) -> None:
    assert not loads(with_base(text))
    assert not accepts(INVENTORY, with_base(text))


def test_a_plan_is_accepted_and_an_edited_one_refused() -> None:
    text = (ROOT / "tests" / "golden" / "sample_plan.yaml").read_text(encoding="utf-8")
    plan = load_plan("-", stdin=io.BytesIO(text.encode())).plan
    written = dump_plan(plan)
    assert list(PLAN.iter_errors(as_an_editor_sees_it(written))) == []
    assert not accepts(PLAN, written.replace("number: 1", "numbr: 1", 1))


def test_every_note_is_about_a_key_that_is_there() -> None:
    from waveplan.domain.field_notes import NOTES

    schema = json_schema("inventory")
    for model, notes in NOTES.items():
        described = schema if model == "Inventory" else schema["$defs"][model]
        mappings = [described, *described.get("anyOf", [])]
        properties = {key: each for mapping in mappings for key, each in mapping.get("properties", {}).items()}
        for key, note in notes.items():
            assert properties[key]["description"] == note, (model, key)


SCENARIOS = """\
waveplan_scenarios: 1
inventory: inventory.yaml
scenarios:
  - id: today
  - id: in-files
    name: Laid on from two files
    overlay: [one.yaml, {teams: [{id: ops, crew: 3}]}]
  - id: here
    overlay:
      programme: {currency: EUR}
      sites: [{id: old, exit_by: , capacity: {vcpu: 3}}]
      servers: [{id: s1, vcpu: 2}]
      links: [{id: wire, gbps: 2}]
      applications: [{id: a2, depends_on: [{app: a3, order: any}], labels: {x: 1}}]
      defaults: [{servers: {site: old}, set: {target: new}}]
      policy: {cadence: [{min_gap_days: 3}], gates: []}
      remove: {servers: [s2], links: wire, calendar: {windows: [w]}}
"""


def test_a_file_of_scenarios_is_of_its_schema() -> None:
    """Overlays hold pieces of inventories, of which nothing is required."""
    schema = jsonschema.Draft202012Validator(json_schema("scenarios"))
    schema.validate(as_an_editor_sees_it(SCENARIOS))
    for right, wrong in (
        ("exit_by: ,", "exit_bye: x,"),
        ("{id: s1, vcpu: 2}", "{id: s1, vcpu: few}"),
        ("overlay: [one.yaml,", "overlay: [[3],"),
        ("remove:", "removed:"),
        ("  - id: today", "  - name: today"),
        ("inventory: inventory.yaml\n", ""),
    ):
        assert right in SCENARIOS
        assert list(schema.iter_errors(as_an_editor_sees_it(SCENARIOS.replace(right, wrong)))), wrong


@pytest.mark.parametrize(
    ("entry", "accepted"),
    [
        ("sites: [{id: s, blackouts: [{to: 2026-03-02}]}]", False),
        ("sites: [{id: s, blackouts: [{from: 2026-03-01, to: 2026-03-02}]}]", True),
        ("sites: [{id: s, blackouts: [{every: week, from: fri, to: mon}]}]", True),
        ("servers: [{id: s}]\ndefaults:", False),
        ("servers: [{id: s}]\ndefaults: [{servers: {}, set:}]", False),
    ],
)
def test_keys_that_depend_on_others_are_required_where_they_are(entry: str, accepted: bool) -> None:
    head = "waveplan: 1\nprogramme: {name: p, start: 2026-01-05, deadline: 2026-12-18}\n"
    document = as_an_editor_sees_it(head + entry)
    assert (list(INVENTORY.iter_errors(document)) == []) is accepted


def test_a_country_that_is_no_word_is_told_and_no_more() -> None:
    text = (
        "waveplan: 1\nprogramme: {name: p, start: 2026-01-05, deadline: 2026-12-18}\n"
        "sites: [{id: s, country: [FR], subdivision: 57}]\n"
    )
    found = load_inventory("-", stdin=io.BytesIO(text.encode())).findings
    assert [each.path for each in found if each.path[:1] == ("sites",)] == [("sites", 0, "country")]
