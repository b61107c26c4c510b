"""Entries as trees of words: what the import would write if nobody had written anything yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from waveplan.domain.parts import Effort
from waveplan.domain.people import Team
from waveplan.domain.servers import Server
from waveplan.domain.sites import Link, Site
from waveplan.domain.work import Application, Service
from waveplan.imports.merging import Ref, Thing, United
from waveplan.imports.merging.things import Value, is_list
from waveplan.imports.records import Kind

Tree = dict[str, Any]
"""Keys to words, lists and trees, as reading a YAML file gives them."""
SECTIONS: Mapping[Kind, tuple[str, type]] = {
    "site": ("sites", Site),
    "link": ("links", Link),
    "team": ("teams", Team),
    "server": ("servers", Server),
    "application": ("applications", Application),
    "service": ("services", Service),
}


@dataclass(slots=True)
class Draft:
    """One entry to be written."""

    kind: Kind
    id: str
    tree: Tree
    thing: Thing | None = None  # None: no source tells of it, it is assumed
    remarks: list[str] = field(default_factory=list)  # what is assumed in it, for people
    assumed: frozenset[str] = frozenset()  # fields of which no source tells

    @property
    def section(self) -> str:
        """The key of the list in which it stands."""
        return SECTIONS[self.kind][0]


def drafts_of(union: United, ids: Mapping[Ref, str]) -> Iterator[Draft]:
    """One draft for each thing, in the order of sections and entries."""
    for kind in SECTIONS:
        for number, thing in enumerate(union.entries.get(kind, ())):
            name = ids[Ref(kind, number)]
            assumed = {path: settled.said.assumed for path, settled in thing.fields.items() if settled.said.assumed}
            remarks = [f"{path}: {why}" for path, why in assumed.items()]
            yield Draft(kind, name, _tree(thing, name, ids), thing, remarks, frozenset(assumed))


def _tree(thing: Thing, name: str, ids: Mapping[Ref, str]) -> Tree:
    tree: Tree = {"id": name}
    is_like_id = thing.kind in ("site", "team", "server") and thing.name.casefold() == name
    if thing.name and thing.name != name and thing.kind != "link" and not is_like_id:
        tree["name"] = thing.name
    for path, choice in thing.fields.items():
        put(tree, path, in_words(choice.value, ids), thing.kind)
    return in_order(tree, SECTIONS[thing.kind][1])


def in_words(value: Value, ids: Mapping[Ref, str]) -> Any:
    if isinstance(value, Ref):
        return ids[value]
    return [in_words(each, ids) for each in value] if is_list(value) else str(value)


def put(tree: Tree, path: str, words: Any, kind: Kind) -> None:
    """Put words where a path leads: `labels.a.b` is the label `a.b`, `disks.d1.gb` is of the disk `d1`."""
    head, dot, rest = path.partition(".")
    if not dot:
        if path != "id":
            tree[head] = words
    elif kind == "server" and head == "disks":
        name, _, key = rest.rpartition(".")
        disks = tree.setdefault("disks", [])
        disk = next((each for each in disks if each["id"] == name), None)
        if disk is None:
            disks.append(disk := {"id": name})
        disk[key] = words
    elif head == "effort":
        _put_effort(tree.setdefault(head, {}), rest, words)
    elif isinstance(inner := tree.setdefault(head, {}), dict):
        inner[rest] = words


def _put_effort(by_team: Any, path: str, words: Any) -> None:
    """Effort of a team: a number is its `each`, which may stand beside the others."""
    team, _, key = path.rpartition(".")
    if key not in Effort.model_fields or not team:
        team, key = path, ""
    if not isinstance(by_team, dict):
        return
    known = by_team.get(team)
    if not key and not isinstance(known, dict):
        by_team[team] = words
        return
    parts = known if isinstance(known, dict) else {} if known is None else {"each": known}
    parts[key or "each"] = words
    by_team[team] = parts


def in_order(tree: Tree, model: type) -> Tree:
    """The tree's keys in the order of the format."""
    places = _places(model)
    return dict(sorted(tree.items(), key=lambda item: places.get(item[0], len(places))))


@cache
def _places(model: Any) -> dict[str, int]:
    return {field.alias or name: number for number, (name, field) in enumerate(model.model_fields.items())}
