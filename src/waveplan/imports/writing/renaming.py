"""Ids that were changed by hand, followed to where entries name each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waveplan.imports.merging.references import REFERENCES
from waveplan.imports.records import Kind
from waveplan.imports.writing.drafts import Tree

_PROVIDERS: Mapping[str, Kind] = {"app": "application", "service": "service"}


def renamed(kind: Kind, tree: Tree, names: Mapping[tuple[Kind, str], str]) -> Tree:
    """The tree with the ids that entries have now."""
    if not names:
        return tree
    found = dict(tree)
    for (holder, path), target in REFERENCES.items():
        if holder == kind and path in found:
            found[path] = _named(found[path], target, names)
    if isinstance(ties := found.get("depends_on"), list):
        found["depends_on"] = [
            {key: _named(value, _PROVIDERS[key], names) if key in _PROVIDERS else value for key, value in tie.items()}
            for tie in ties
        ]
    return found


def _named(value: Any, kind: Kind, names: Mapping[tuple[Kind, str], str]) -> Any:
    if isinstance(value, list):
        return [_named(each, kind, names) for each in value]
    return names.get((kind, value), value)


def without(kind: Kind, tree: Tree, gone: frozenset[tuple[Kind, str]]) -> Tree:
    """The tree without what names something that is not there."""
    if not gone:
        return tree
    found = dict(tree)
    for (holder, path), target in REFERENCES.items():
        if holder != kind or path not in found:
            continue
        value = found[path]
        if isinstance(value, list):
            found[path] = [each for each in value if (target, each) not in gone]
            if not found[path]:
                del found[path]
        elif (target, value) in gone:
            del found[path]
    if isinstance(ties := found.get("depends_on"), list):
        found["depends_on"] = [tie for tie in ties if not _leads_to(tie, gone)]
        if not found["depends_on"]:
            del found["depends_on"]
    return found


def _leads_to(tie: Mapping[str, Any], gone: frozenset[tuple[Kind, str]]) -> bool:
    return any((kind, tie.get(key)) in gone for key, kind in _PROVIDERS.items())
