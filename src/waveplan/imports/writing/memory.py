"""What an import remembers beside the inventory: what each source said, and what was written of it.

One line of JSON an entry, sorted, so that versions of it merge like any text. The name begins with a dot: whoever reads
the folder as an inventory passes it over.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from sys import intern
from typing import Any

from waveplan.imports.harvest import Harvest
from waveplan.imports.merging import Thing
from waveplan.imports.merging.choosing import GATHERED
from waveplan.imports.merging.wording import worded
from waveplan.imports.records import Given, Keys, Kind, Record
from waveplan.imports.tables.model import RowPlace
from waveplan.imports.writing.drafts import SECTIONS, Tree

MEMORY = ".waveplan-import.jsonl"
_HEAD = "waveplan_import"
_VERSION = 1
KINDS: tuple[Kind, ...] = (*SECTIONS, "dependency")


@dataclass(slots=True)
class Remembered:
    """One entry: what was written, and what each source said of it when it was read last."""

    kind: Kind
    id: str
    wrote: Tree
    said: dict[str, Record] = field(default_factory=dict)
    name: str = ""  # of what is only named by others
    gone: bool = False  # no source has it any more
    assumed: bool = False

    @property
    def named(self) -> str:
        """As fields are named: `servers.web01`."""
        return f"{SECTIONS[self.kind][0]}.{self.id}"


@dataclass(slots=True)
class Memory:
    """All that is remembered."""

    sources: dict[str, tuple[dt.date | None, tuple[str, ...]]] = field(default_factory=dict)  # as of, files
    entries: list[Remembered] = field(default_factory=list)
    loose: list[tuple[str, Record]] = field(default_factory=list)  # dependencies and links, with their source

    def harvests(self, but: Iterable[str] = ()) -> list[Harvest]:
        """What the sources said, but for those that were read anew."""
        new = set(but)
        found = {name: Harvest(name, as_of=as_of) for name, (as_of, _) in self.sources.items() if name not in new}
        for entry in self.entries:
            for source, record in entry.said.items():
                if source in found and not entry.gone:
                    found[source].records.append(record)
        for source, record in self.loose:
            if source in found:
                found[source].records.append(record)
        return list(found.values())


def read_memory(text: str) -> Memory:
    """What the side file holds. Raises ValueError where it is not one."""
    memory = Memory()
    lines = text.splitlines()
    if not lines or not isinstance(head := json.loads(lines[0]), dict) or head.get(_HEAD) != _VERSION:
        raise ValueError("its first line does not say that an import wrote it")
    for line in lines[1:]:
        _learn(memory, json.loads(line))
    return memory


def _learn(memory: Memory, fact: Mapping[str, Any]) -> None:
    if "source" in fact:
        as_of = fact.get("as_of")
        day = dt.date.fromisoformat(as_of) if as_of else None
        memory.sources[fact["source"]] = (day, tuple(fact.get("files", ())))
        return
    kind: Kind = next(each for each in KINDS if each in fact)
    if "of" in fact:
        memory.loose.append((fact["of"], _record(kind, fact[kind], fact["of"], memory)))
        return
    said = {intern(source): _record(kind, each, source, memory) for source, each in fact.get("said", {}).items()}
    entry = Remembered(kind, fact[kind], _shared(fact["wrote"]), said, fact.get("name", ""))
    entry.gone, entry.assumed = fact.get("gone", False), fact.get("assumed", False)
    memory.entries.append(entry)


def _record(kind: Kind, said: Mapping[str, Any], source: str, memory: Memory) -> Record:
    files = memory.sources.get(source, (None, ()))[1]
    assumed = said.get("assumed", {})
    said_values = _shared(said.get("given", {})).items()
    given = {path: Given(_value(value), assumed=assumed.get(path, "")) for path, value in said_values}
    keys: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.get("keys", {}).items()
    }
    return Record(kind, said["name"], RowPlace(files[0] if files else "", "", 0), given, Keys(**keys))


def _shared(tree: dict[str, Any]) -> dict[str, Any]:
    """The same tree with each word kept once: a hundred thousand entries say the same few."""
    return {intern(key): intern(value) if isinstance(value, str) else value for key, value in tree.items()}


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def memory_text(memory: Memory) -> str:
    """The side file, the same for the same memory."""
    text = StringIO()
    text.writelines(f"{line}\n" for line in _lines(memory))
    return text.getvalue()


def _lines(memory: Memory) -> Iterator[str]:
    yield _json({_HEAD: _VERSION})
    for name in sorted(memory.sources):
        yield _json(_source_line(name, *memory.sources[name]))
    kinds = {kind: number for number, kind in enumerate(SECTIONS)}
    for entry in sorted(memory.entries, key=lambda entry: (kinds[entry.kind], entry.id)):
        yield _json(_entry_line(entry))
    yield from sorted(_json({record.kind: _said(record), "of": source}) for source, record in memory.loose)


def _json(fact: Mapping[str, Any]) -> str:
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":")).replace("\x85", "\\u0085").translate(_BREAKS)


_BREAKS = {0x2028: "\\u2028", 0x2029: "\\u2029"}


def _source_line(name: str, as_of: dt.date | None, files: tuple[str, ...]) -> dict[str, Any]:
    return {"source": name, **({"as_of": as_of.isoformat()} if as_of else {}), "files": list(files)}


def _entry_line(entry: Remembered) -> dict[str, Any]:
    line: dict[str, Any] = {entry.kind: entry.id, "wrote": entry.wrote}
    if entry.said:
        line["said"] = {source: _said(entry.said[source]) for source in sorted(entry.said)}
    optional = {"name": entry.name, "gone": entry.gone, "assumed": entry.assumed}
    return line | {key: value for key, value in optional.items() if value}


def _said(record: Record) -> dict[str, Any]:
    keys = {name: value for name in Keys.__dataclass_fields__ if (value := getattr(record.keys, name))}
    given = {path: words for path, each in sorted(record.given.items()) if (words := worded(each.value))}
    assumed = {path: each.assumed for path, each in sorted(record.given.items()) if each.assumed and path in given}
    optional = {"keys": keys, "given": given, "assumed": assumed}
    return {"name": record.name, **{key: value for key, value in optional.items() if value}}


def said_of(thing: Thing) -> dict[str, Record]:
    """What each source says of a thing: one record a source, whose first word counts."""
    by_source: dict[str, list[Record]] = {}
    for source, record in thing.records:
        by_source.setdefault(source, []).append(record)
    return {source: _one(sorted(records, key=lambda each: each.place)) for source, records in by_source.items()}


def _one(records: list[Record]) -> Record:
    if len(records) == 1:
        return records[0]
    given: dict[str, Given] = {}
    for record in sorted(records, key=lambda each: each.place):
        for path, each in record.given.items():
            known = given.get(path)
            if known is None or (known.assumed and not each.assumed) or not worded(known.value):
                given[path] = each
            elif (record.kind, path) in GATHERED:
                both = (*_many(known), *_many(each))
                given[path] = replace(known, value=tuple(dict.fromkeys(both)))
    return replace(records[0], given=given, keys=_all_keys(records))


def _many(given: Given) -> Iterator[str]:
    words = worded(given.value)
    yield from words if isinstance(words, tuple) else (words,)


def _all_keys(records: Iterable[Record]) -> Keys:
    found: dict[str, Any] = {}
    for record in records:
        for name in Keys.__dataclass_fields__:
            value = getattr(record.keys, name)
            if name in ("macs", "addresses"):
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *value)))
            else:
                found[name] = found.get(name) or value
    return Keys(**found)
