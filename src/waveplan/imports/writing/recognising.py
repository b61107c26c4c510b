"""Which of the things that sources tell of are in the inventory already, under which ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from waveplan.imports.merging import Ref, Thing, United
from waveplan.imports.merging.normal_forms import folded, fqdn_form, hostname_form
from waveplan.imports.merging.traits import keys_of, traits_of
from waveplan.imports.records import Kind
from waveplan.imports.writing.memory import Remembered
from waveplan.imports.writing.standing import StandingInventory

_ORDER = ("instance", "uuid", "external", "mac", "address", "fqdn", "hostname", "name")
_STRENGTH = {key: number for number, key in enumerate(_ORDER)}
Named = tuple[Kind, str]


@dataclass(slots=True)
class Recognition:
    """What is known again."""

    ids: dict[Ref, str] = field(default_factory=dict)  # of things, in the inventory
    remembered: dict[Named, Remembered] = field(default_factory=dict)  # by the id that stands now
    renamed: dict[Named, str] = field(default_factory=dict)  # ids that were changed by hand
    deleted: set[Named] = field(default_factory=set)  # what was taken out by hand
    gone: list[Remembered] = field(default_factory=list)  # what no source tells of any more


def recognised(union: United, standing: StandingInventory) -> Recognition:
    """Things by what an import remembers of them, else by what entries made by hand say."""
    found = Recognition()
    _follow_renames(found, standing)
    for entry in standing.memory.entries:
        name = found.renamed.get((entry.kind, entry.id), entry.id)
        found.remembered[entry.kind, name] = entry
        if (entry.kind, name) not in standing.entries:
            found.deleted.add((entry.kind, name))
    matched: set[Named] = set()
    for kind, things in union.entries.items():
        known = [(name, _keys_remembered(entry)) for (each, name), entry in found.remembered.items() if each == kind]
        pairs = _paired(things, known)
        matched |= {(kind, name) for name in pairs.values()}
        by_hand = [
            (name, _keys_standing(kind, entry.tree))
            for name, entry in standing.of_kind(kind)
            if (kind, name) not in found.remembered
        ]
        pairs |= _paired(things, by_hand, but=pairs)
        found.ids |= {Ref(kind, number): name for number, name in pairs.items()}
    found.gone = [entry for named, entry in found.remembered.items() if named not in matched and not entry.assumed]
    return found


def _paired(
    things: Sequence[Thing], known: Iterable[tuple[str, frozenset[str]]], but: Mapping[int, str] | None = None
) -> dict[int, str]:
    """Things by number → names, key by key: a value pairs what it leads to when it leads to one on each side."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, keys in known:
        for key in keys:
            names[key].append(name)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        for key in thing.keys if number not in (but or {}) else ():
            if key in names:
                numbers[key].append(number)
    pairs: dict[int, str] = {}
    taken: set[str] = set()
    for key in sorted(numbers, key=lambda key: (_STRENGTH[key.partition(":")[0]], key)):
        left = [number for number in numbers[key] if number not in pairs]
        free = [name for name in names[key] if name not in taken]
        if len(left) == len(free) == 1:
            pairs[left[0]] = free[0]
            taken.add(free[0])
    return pairs


def _keys_remembered(entry: Remembered) -> frozenset[str]:
    if not entry.said:
        return frozenset({f"name:{folded(entry.name or entry.id)}"})
    return frozenset(key for source, record in entry.said.items() for key in keys_of(traits_of(source, record)))


def _keys_standing(kind: Kind, tree: Mapping[str, Any]) -> frozenset[str]:
    words = [tree[key] for key in ("id", "name", "hostname") if isinstance(tree.get(key), str)]
    keys = {f"name:{folded(word)}" for word in words}
    if kind == "server":
        keys |= {f"fqdn:{form}" for word in words if (form := fqdn_form(word))}
        keys |= {f"hostname:{form}" for word in words if (form := hostname_form(word))}
    return frozenset(keys)


def _follow_renames(found: Recognition, standing: StandingInventory) -> None:
    """Entries whose ids were changed by hand: what was written of them stands under another id, and only there."""
    missing: dict[Kind, list[Remembered]] = defaultdict(list)
    for entry in standing.memory.entries:
        if (entry.kind, entry.id) not in standing.entries:
            missing[entry.kind].append(entry)
    known = {(entry.kind, entry.id) for entry in standing.memory.entries}
    for kind, entries in missing.items():
        new = {name: entry.tree for name, entry in standing.of_kind(kind) if (kind, name) not in known}
        by_print: dict[str, list[str]] = defaultdict(list)
        for name, tree in new.items():
            for mark in _prints(tree):
                by_print[mark].append(name)
        claims: dict[str, list[Remembered]] = defaultdict(list)
        for entry in entries:
            likely = next((names for mark in _prints(entry.wrote) if len(names := by_print.get(mark, [])) == 1), None)
            if likely:
                claims[likely[0]].append(entry)
        for name, claiming in claims.items():
            if len(claiming) == 1:
                found.renamed[kind, claiming[0].id] = name


def _prints(tree: Mapping[str, Any]) -> Iterator[str]:
    """By what an entry may be known under another id, the surest first."""
    if isinstance(tree.get("hostname"), str):
        yield f"hostname {tree['hostname'].casefold()}"
    if tree.get("addresses"):
        yield f"addresses {tree['addresses']!r}"
    if isinstance(tree.get("name"), str):
        yield f"name {folded(tree['name'])}"
    others = sorted((key, repr(value)) for key, value in tree.items() if key != "id")
    if len(others) > 1:
        yield f"all {others!r}"
