"""Catalogue files → entities, each with its place; references as the catalogue writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.register import one_line
from waveplan.imports.records import Given, located
from waveplan.imports.tables.model import RowPlace
from waveplan.loading.files import DEFAULT_MAX_BYTES, files_of, read_texts
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceText
from waveplan.loading.tree import MappingNode, SequenceNode
from waveplan.loading.yaml_reader import read_yaml_stream

_OWN = "backstage.io/"
DEFAULT_NAMESPACE = "default"


class EntityRef(NamedTuple):
    """Kind, namespace and name in small letters, as references are compared."""

    kind: str
    namespace: str
    name: str

    @property
    def shown(self) -> str:
        """The name by which the entity is known: with its namespace where that is not the usual one."""
        return self.name if self.namespace == DEFAULT_NAMESPACE else f"{self.namespace}/{self.name}"


def ref_of(text: str, kind: str) -> EntityRef:
    """A reference `[kind:][namespace/]name`; `kind` counts where it names none."""
    before, colon, rest = one_line(text).rpartition(":")
    namespace, _, name = rest.rpartition("/")
    return EntityRef(
        (before if colon else kind).casefold(), (namespace or DEFAULT_NAMESPACE).casefold(), name.casefold()
    )


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the catalogue."""

    ref: EntityRef
    name: str  # as written, with its namespace
    node: MappingNode
    source: SourceText
    place: RowPlace

    def part(self, key: str) -> MappingNode:
        """`metadata` or `spec`; empty where it is none."""
        found = self.node.get(key)
        return found if isinstance(found, MappingNode) else MappingNode()

    def word(self, part: str, key: str) -> str:
        """A word of a part; empty where none stands there."""
        found = self.part(part).get(key)
        return one_line(found) if isinstance(found, str) else ""

    def words(self, part: str, key: str) -> list[tuple[str, RowPlace, int]]:
        """The words of a list, each with its row and column."""
        node = self.part(part)
        found = node.get(key)
        if isinstance(found, str):
            return [(found, *self._at(node.value_mark(key)))]
        if not isinstance(found, SequenceNode):
            return []
        pairs = zip(found, found.marks, strict=True)
        return [(one_line(each), *self._at(mark)) for each, mark in pairs if isinstance(each, str) and each.strip()]

    def given(self, part: str, key: str, value: Any = None) -> Given | None:
        """A word as a value with its column, or another value that was made of it; nothing where it has none."""
        word = self.word(part, key)
        return Given(word if value is None else value, self.column(part, key)) if word else None

    def column(self, part: str, key: str) -> int:
        """Where the value of a key stands in its line."""
        node = self.part(part)
        return self._at(node.value_mark(key))[1] if key in node else 0

    def _at(self, mark: int) -> tuple[RowPlace, int]:
        location = self.source.location(mark)
        return RowPlace(self.place.file, "", location.line), location.column


def entities_of(files: Sequence[Path], collection: Collection) -> Iterator[Entity]:
    """The entities of all files and folders, in their order; what is none is accounted for."""
    report = ReadingReport("inventory")
    for path in files:
        for text in read_texts(files_of(str(path)).files, DEFAULT_MAX_BYTES, None, report):
            if text.text is not None:
                source = report.texts.add(text.file.name, text.text)
                yield from _entities(source, collection, report)
    collection.harvest.findings.extend(report.findings())


def _entities(source: SourceText, collection: Collection, report: ReadingReport) -> Iterator[Entity]:
    roots, _ = read_yaml_stream(source, report)
    known = 0
    first: RowPlace | None = None
    for root in roots:
        if root is None or root == "":
            continue
        place = RowPlace(source.name, "", source.location(root.mark).line if not isinstance(root, str) else 1)
        first = first or place
        entity = _entity(root, source, place)
        if entity is None:
            collection.skip(place, "it is no entity of a catalogue")
        else:
            known += 1
            yield entity
    if first is not None and not known:
        template = (
            "this is no file of a catalogue: none of its documents has a kind, a name and apiVersion backstage.io"
        )
        hint = "give the catalogue's own files, such as catalog-info.yaml"
        collection.telling.note("WP510", located(first), template, hint=hint)


def _entity(root: object, source: SourceText, place: RowPlace) -> Entity | None:
    metadata = root.get("metadata") if isinstance(root, MappingNode) else None
    if not isinstance(root, MappingNode) or not isinstance(metadata, MappingNode):
        return None
    version, kind, name = root.get("apiVersion"), root.get("kind"), metadata.get("name")
    namespace = metadata.get("namespace")
    if not isinstance(kind, str) or not isinstance(name, str) or not name.strip():
        return None
    if isinstance(version, str) and not version.startswith(_OWN):
        return None
    space = one_line(namespace) if isinstance(namespace, str) else DEFAULT_NAMESPACE
    shown = one_line(name) if space.casefold() == DEFAULT_NAMESPACE else f"{space}/{one_line(name)}"
    ref = EntityRef(kind.casefold(), space.casefold(), one_line(name).casefold())
    return Entity(ref, shown, root, source, place)
