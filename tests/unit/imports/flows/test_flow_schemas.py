"""Editors are told the truth: what ships and what is written is what the schemas allow."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from support.captures import flow, harvest_of, loaded

from waveplan import api
from waveplan.imports.flows.rule_files import SHIPPED
from waveplan.render.language import translator


def test_shipped_rules_are_of_their_schema() -> None:
    jsonschema.validate(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")), json.loads(api.schema("flow-rules")))


@pytest.mark.parametrize(
    "text", ["rules: [{id: a, match: {ports: x}}]", "rules: [{id: a, macth: {}}]", "accept_from: many"]
)
def test_slips_in_rules_are_not(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(text), json.loads(api.schema("flow-rules")))


def test_a_review_is_of_its_schema(tmp_path: Path) -> None:
    flows = [flow("web-01", "db-01", 1521), flow("db-01", "db-02", 5405), flow("web-01", "rates-test")]
    found = api.propose_flows(loaded(tmp_path), [harvest_of(flows)], api.flow_rules(None))
    written = yaml.load(api.flow_review_text(found, translator("en")), yaml.BaseLoader)
    schema = json.loads(api.schema("flow-review"))
    jsonschema.validate(written, schema)
    written["dependencies"][0]["decision"] = "maybe"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, schema)
