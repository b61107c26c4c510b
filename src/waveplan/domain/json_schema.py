"""The JSON Schema of the two files, for editors and for other programs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from waveplan.domain.inventory import Inventory
from waveplan.domain.plan import Plan

Document = Literal["inventory", "plan"]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: dict[Document, type[BaseModel]] = {"inventory": Inventory, "plan": Plan}


def json_schema(document: Document, *, part: bool = False) -> dict[str, Any]:
    """The schema of a whole inventory or plan; with `part`, of one file of an inventory that is a folder."""
    described = _plain(_MODELS[document].model_json_schema(by_alias=True))
    if part:
        described.pop("required", None)
    return {"$schema": _DIALECT, "title": f"waveplan {document}, format version 1", **described}


def _plain(node: Any) -> Any:
    """The same schema without what pydantic adds for itself: titles made from names, defaults that are no JSON value
    of their own type."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "default" and (value is None or value in ([], {}) or isinstance(value, list | dict)):
            continue
        if key == "default" and node.get("type") == "number":
            value = float(value)
        kept[key] = {name: _plain(each) for name, each in value.items()} if key in _BY_NAME else _plain(value)
    return kept


_BY_NAME = frozenset({"properties", "$defs"})  # keys here are names, not words of the schema language
