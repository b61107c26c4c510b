"""Records of all sources → entries without values: who is who, and what names alone imply."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from waveplan.domain.findings import Finding
from waveplan.imports.harvest import Harvest
from waveplan.imports.merging.choosing import Chooser
from waveplan.imports.merging.clashes import clash_findings
from waveplan.imports.merging.identity import LEVELS, identified
from waveplan.imports.merging.normal_forms import folded
from waveplan.imports.merging.references import IMPLIED, REFERENCES, Lookup
from waveplan.imports.merging.things import Thing
from waveplan.imports.merging.traits import keys_of, traits_of
from waveplan.imports.records import Kind, Record

NAMED: tuple[Kind, ...] = ("site", "team", "server", "application", "service")
"""Kinds whose records are one when their keys say so."""
Sourced = tuple[str, Record]


@dataclass(slots=True)
class Gathering:
    """Entries by kind, sorted, with records that are no entries of their own."""

    entries: dict[Kind, list[Thing]] = field(default_factory=dict)
    dependencies: list[Sourced] = field(default_factory=list)
    links: list[Sourced] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gathered(harvests: Iterable[Harvest], chooser: Chooser) -> Gathering:
    """Entries of all harvests, in an order that does not depend on theirs."""
    found = Gathering()
    by_kind: dict[Kind, list[Sourced]] = defaultdict(list)
    for harvest in sorted(harvests, key=lambda each: each.source):
        for record in harvest.records:
            by_kind[record.kind].append((harvest.source, record))
    found.dependencies = by_kind["dependency"]
    found.links = by_kind["link"]
    for kind in NAMED:
        found.entries[kind] = _entries(kind, by_kind[kind], chooser, found.findings)
    _imply(found, by_kind)
    return found


def _entries(kind: Kind, records: Sequence[Sourced], chooser: Chooser, findings: list[Finding]) -> list[Thing]:
    traits = [traits_of(source, record) for source, record in records]
    identity = identified(traits)
    findings += clash_findings(kind, identity.clashes, records)
    entries = []
    for group in identity.groups:
        own = sorted((records[number] for number in group), key=lambda each: chooser.rank_of_source(kind, *each))
        keys = frozenset(key for number in group for key in keys_of(traits[number]))
        joined_by = identity.joined_by.get(group[0], ())
        entries.append(Thing(kind, own[0][1].name.strip(), _telling(keys), tuple(own), keys, joined_by=joined_by))
    return sorted(entries, key=lambda entry: (folded(entry.name), entry.key, entry.records[0][1].place))


_STRENGTH = {level.key: number for number, level in enumerate((LEVELS[1], LEVELS[2], LEVELS[0], *LEVELS[3:]))}


def _telling(keys: Iterable[str]) -> str:
    """The strongest key, by which an entry is told from namesakes."""
    return min(keys, key=lambda key: (_STRENGTH[key.partition(":")[0]], key), default="")


def _imply(found: Gathering, by_kind: Mapping[Kind, Sequence[Sourced]]) -> None:
    """Sites and teams that are only ever named: one entry for each name, as it is written most."""
    lookup = Lookup(found.entries)
    spellings: dict[tuple[Kind, str], Counter[str]] = defaultdict(Counter)
    for (kind, path), target in REFERENCES.items():
        if target not in IMPLIED:
            continue
        for source, record in by_kind[kind]:
            given = record.given.get(path)
            values = () if given is None else given.value if isinstance(given.value, tuple) else (given.value,)
            for name in filter(None, (str(value).strip() for value in values)):
                spellings[target, folded(name)][name] += 1
                found_ref, several = lookup.find((target,), source, name)
                if found_ref is not None or several:
                    del spellings[target, folded(name)]
    for (kind, word), names in spellings.items():
        name = min(names, key=lambda each: (-names[each], each))
        found.entries[kind].append(Thing(kind, name, f"name:{word}", keys=frozenset({f"name:{word}"})))
    for kind in IMPLIED:
        found.entries[kind].sort(key=lambda entry: (folded(entry.name), entry.key))
