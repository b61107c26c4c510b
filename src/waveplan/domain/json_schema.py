"""The JSON Schema of the files, for editors and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from waveplan.domain.actuals import Actuals
from waveplan.domain.actuals_notes import ACTUALS_NOTES
from waveplan.domain.field_notes import NOTES
from waveplan.domain.flow_notes import FLOW_NOTES
from waveplan.domain.flow_review import FlowReview
from waveplan.domain.flow_rules import FlowRules
from waveplan.domain.import_mapping import ImportMapping
from waveplan.domain.import_mapping_notes import IMPORT_MAPPING_NOTES
from waveplan.domain.import_notes import PRECEDENCE_NOTES, SOURCES_NOTES
from waveplan.domain.import_sources import SourcesFile
from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan
from waveplan.domain.precedence import SourcePrecedence
from waveplan.domain.programme import DEFAULTED_SECTIONS
from waveplan.domain.roster import DutyRoster
from waveplan.domain.runbook_notes import ROSTER_NOTES, RUNBOOK_NOTES
from waveplan.domain.runbooks import RunbookFile
from waveplan.domain.scalars import as_list
from waveplan.domain.scenarios import ScenarioFile
from waveplan.domain.schema_names import SchemaName
from waveplan.domain.selectors import SELECTOR, SELECTOR_SCHEMA

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[SchemaName, type[BaseModel]] = {
    "inventory": Inventory,
    "plan": Plan,
    "runbooks": RunbookFile,
    "roster": DutyRoster,
    "scenarios": ScenarioFile,
    "actuals": Actuals,
    "flow-rules": FlowRules,
    "flow-review": FlowReview,
    "mapping": ImportMapping,
    "precedence": SourcePrecedence,
    "sources": SourcesFile,
}
_BY_NAME = frozenset({"properties", "$defs"})  # keys here are names, not words of the schema language
_ANY_WORD = {"type": ["string", "number", "boolean"]}


_SOME_SITE = {"type": "object", "required": ["site"], "properties": {"site": {"not": {"type": "null"}}}}
_SITE_OF_SERVERS: dict[str, Any] = {
    "anyOf": [
        {"properties": {"servers": {"items": _SOME_SITE}}},
        {
            "required": ["defaults"],
            "properties": {
                "defaults": {"type": "array", "contains": {"required": ["set"], "properties": {"set": _SOME_SITE}}}
            },
        },
    ]
}
"""Servers need a site, unless a line of `defaults` tells one."""


def json_schema(document: SchemaName, *, part: bool = False) -> dict[str, Any]:
    """The schema of a whole document; with `part`, of one file of an inventory that is a folder."""
    described = _plain(_MODELS[document].model_json_schema(by_alias=True, schema_generator=_Generator))
    if document == "inventory":
        described["$defs"]["Server"]["required"].remove("site")
        described |= {} if part else _SITE_OF_SERVERS
        _spell_out_defaults(described["$defs"])
        _annotate_all(described, "Inventory", NOTES | RUNBOOK_NOTES)
        described["$defs"][SELECTOR] = SELECTOR_SCHEMA
    if document == "actuals":
        _annotate_all(described, "Actuals", ACTUALS_NOTES)
    if document in {"flow-rules", "flow-review"}:
        _annotate_all(described, _MODELS[document].__name__, FLOW_NOTES)
    if document == "runbooks":
        _annotate_all(described, "RunbookFile", RUNBOOK_NOTES)
        described["$defs"][SELECTOR] = SELECTOR_SCHEMA
    if document == "roster":
        _annotate_all(described, "DutyRoster", ROSTER_NOTES)
    if document == "precedence":
        _annotate_all(described, "SourcePrecedence", PRECEDENCE_NOTES)
    if document == "sources":
        _annotate_all(described, "SourcesFile", SOURCES_NOTES)
    if document == "mapping":
        _annotate_all(described, "ImportMapping", IMPORT_MAPPING_NOTES)
    if document == "scenarios":
        _annotate_all(described, "ScenarioFile", {})
        part_or_name: list[Any] = [{"$ref": "#/$defs/Overlay"}, _ANY_WORD]
        overlay = [*part_or_name, {"type": "array", "items": {"anyOf": part_or_name}}, {"type": "null"}]
        described["$defs"]["Scenario"]["properties"]["overlay"] = {"anyOf": overlay}
        described["$defs"] |= _overlay()
    if part:
        described.pop("required", None)
    return {"$schema": _DIALECT, "title": f"waveplan {document}, format version 1", **described}


def _overlay() -> dict[str, Any]:
    """What an overlay may hold: all that an inventory may, none of it required, and ids to remove."""
    inventory = _without_required(json_schema("inventory", part=True))
    ids = {"anyOf": [_ANY_WORD, {"type": "array", "items": _ANY_WORD}, {"type": "null"}]}
    removable = {name: ids for name, field in Inventory.model_fields.items() if _holds_ids(field.annotation)}
    for section, keys in (("calendar", ("windows",)), ("policy", ("gates", "rehearsals"))):
        removable[section] = {"anyOf": [_closed(dict.fromkeys(keys, ids)), {"type": "null"}]}
    remove = {"anyOf": [_closed(removable), {"type": "null"}]}
    return {**inventory["$defs"], "Overlay": _closed({**inventory["properties"], "remove": remove})}


def _holds_ids(annotation: Any) -> bool:
    """Whether a section is a list of entries with ids."""
    entries = [each for each in get_args(annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
    return any("id" in each.model_fields for each in entries)


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _without_required(node: Any) -> Any:
    """The same schema for entries that are laid over others; alternatives keep what tells them apart."""
    if isinstance(node, list):
        return [_without_required(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value if key == "oneOf" else _without_required(value)
        for key, value in node.items()
        if key != "required" or not isinstance(value, list)
    }


class _Generator(GenerateJsonSchema):
    """One value may stand for a list of it where the models say so."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """A list that is made of one value, too; anything else as usual."""
        usual = super().function_before_schema(schema)
        if schema["function"]["function"] is not as_list or "items" not in usual:
            return usual
        return {"anyOf": [usual["items"], usual]}


def _plain(node: Any) -> Any:
    """The same schema without what pydantic adds for itself: titles made from names, defaults that are no JSON value
    of their own type."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("$comment") == SELECTOR:
        return {"$ref": f"#/$defs/{SELECTOR}"}
    kept = {}
    for key, value in node.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "default" and (value is None or value in ([], {}) or isinstance(value, list | dict)):
            continue
        if key == "default" and isinstance(value, str) and _is_number(node):
            value = float(value)
        kept[key] = {name: _plain(each) for name, each in value.items()} if key in _BY_NAME else _plain(value)
    return kept


def _is_number(node: dict[str, Any]) -> bool:
    return any(each.get("type") == "number" for each in node.get("anyOf", ()))


def _spell_out_defaults(definitions: dict[str, Any]) -> None:
    """`set` takes the keys of its line's section, none of them required and without the id."""
    models = {"sites": "Site", "servers": "Server", "applications": "Application", "services": "Service"}
    default = definitions["Default"]
    lines = []
    for section in DEFAULTED_SECTIONS:
        entry = definitions[models[section]]
        values = {name: deepcopy(each) for name, each in entry["properties"].items() if name != "id"}
        name = f"{models[section]}Values"
        definitions[name] = {"type": "object", "additionalProperties": False, "properties": values}
        others: dict[str, Any] = {other: {"type": "null"} for other in DEFAULTED_SECTIONS if other != section}
        selector = {"$ref": f"#/$defs/{SELECTOR}"}
        properties = {**others, section: selector, "set": {"$ref": f"#/$defs/{name}"}}
        lines.append({"properties": properties, "required": [section, "set"]})
    default["oneOf"] = lines


def _annotate_all(described: dict[str, Any], name: str, notes: Mapping[str, dict[str, str]]) -> None:
    """Say what the keys of a document, and of all mappings in it, mean."""
    for each, model in {name: described, **described["$defs"]}.items():
        _annotate(model, notes.get(each, {}))


def _annotate(model: dict[str, Any], notes: dict[str, str]) -> None:
    """Say what the keys of a mapping mean, and that those which are not required may be left empty."""
    for mapping in [model, *model.get("anyOf", [])]:
        for name, described in mapping.get("properties", {}).items():
            if name not in mapping.get("required", ()) and {"type": "null"} not in described.get("anyOf", []):
                note = {key: described.pop(key) for key in ("default", "description") if key in described}
                inner = dict(described)
                described.clear()
                described |= {"anyOf": [inner, {"type": "null"}], **note}
            if name in notes:
                described["description"] = notes[name]
