"""Changes to an inventory as data: a path and a value. Paths name keys as the file does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, cast

from pydantic import BaseModel

from waveplan.domain.findings import Path
from waveplan.domain.inventory import Inventory


class _Mark(Enum):
    GONE = "gone"


GONE = _Mark.GONE  # the value of what is taken out


@dataclass(frozen=True, slots=True)
class Edit:
    """What a path gets: a value as models hold it, or GONE."""

    path: Path
    value: Any


def edited(inventory: Inventory, edits: Iterable[Edit]) -> Inventory:
    """A copy with all the edits. Their paths speak of the inventory as it was; of two for one path the last wins."""
    tree: dict[Any, Any] = {}
    for edit in edits:
        node = tree
        for step in edit.path[:-1]:
            inner = node.setdefault(step, {})
            node = inner if isinstance(inner, dict) else {}  # what is gone as a whole stays so
        if node.get(edit.path[-1]) is not GONE:
            node[edit.path[-1]] = _Leaf(edit.value) if edit.value is not GONE else GONE
    return cast(Inventory, _rebuilt(inventory, tree))


@dataclass(frozen=True, slots=True)
class _Leaf:
    value: Any


def _rebuilt(node: Any, changes: Any) -> Any:
    if isinstance(changes, _Leaf):
        return changes.value
    if isinstance(node, BaseModel):
        return _model(node, changes)
    if isinstance(node, list):
        kept = [(each, changes.get(number)) for number, each in enumerate(node)]
        return [each if change is None else _rebuilt(each, change) for each, change in kept if change is not GONE]
    fresh = {**node, **{key: _rebuilt(node.get(key), change) for key, change in changes.items() if change is not GONE}}
    return {key: value for key, value in fresh.items() if changes.get(key) is not GONE}


def _model(node: BaseModel, changes: dict[str, Any]) -> BaseModel:
    update: dict[str, Any] = {}
    for key, change in changes.items():
        field = field_of(node, key)
        if change is GONE:
            update[field] = type(node).model_fields[field].get_default(call_default_factory=True)
        else:
            update[field] = _rebuilt(getattr(node, field), change)
    return node.model_copy(update=update)


def field_of(node: BaseModel, key: str) -> str:
    """The field of a model that a key of the file names."""
    fields = type(node).model_fields
    return key if key in fields else next(name for name, field in fields.items() if field.alias == key)


def value_at(inventory: Inventory, path: Path) -> Any:
    """What a path leads to in an inventory."""
    node: Any = inventory
    for step in path:
        node = getattr(node, field_of(node, str(step))) if isinstance(node, BaseModel) else node[step]
    return node


def plain(value: Any) -> Any:
    """A value as YAML would write it: dates and amounts as they are, models as mappings of what they give."""
    if isinstance(value, BaseModel):
        given = {
            name: field.alias or name for name, field in type(value).model_fields.items() if _is_given(value, name)
        }
        return {key: plain(getattr(value, name)) for name, key in given.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _is_given(value: BaseModel, name: str) -> bool:
    return name in value.model_fields_set and getattr(value, name) is not None
