"""Reads a file of scenarios: the common inventory once, then each scenario's overlays laid over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from waveplan.domain.collector import collector_at_rest
from waveplan.domain.findings import Finding, has_errors
from waveplan.domain.scenarios import ScenarioFile
from waveplan.errors import UnreadableInputError
from waveplan.loading.documents import Documents, Kind, read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES, STDIN, path_named
from waveplan.loading.inventory_loader import LoadedInventory, read_inventory
from waveplan.loading.merging import merged
from waveplan.loading.overlaying import laid_over
from waveplan.loading.removing import without
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.text_files import bring_in_texts
from waveplan.loading.tree import MappingNode, SequenceNode, mappings
from waveplan.loading.wording import DocumentEntry


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """One scenario: its inventory, and the findings that it alone gives rise to."""

    id: str
    name: str | None
    loaded: LoadedInventory


@dataclass(frozen=True, slots=True)
class LoadedScenarios:
    """What came of reading a file of scenarios. `findings` are those of the file and of the common inventory.

    `inventory` is where that inventory lies, when the file says so.
    """

    scenarios: tuple[LoadedScenario, ...]
    findings: tuple[Finding, ...]
    inventory: str | None = None

    @property
    def has_errors(self) -> bool:
        """Whether the file itself, or what all scenarios share, cannot be used."""
        return has_errors(self.findings)


def load_scenarios(
    source: str, *, max_bytes: int = DEFAULT_MAX_BYTES, stdin: BinaryIO | None = None
) -> LoadedScenarios:
    """Read a file of scenarios (`-`: standard input) with everything that it names.

    Raises UnreadableInputError when there is no such file; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    with collector_at_rest():
        documents = read_documents(source, "file of scenarios", max_bytes, stdin, report)
        if not documents.roots:
            return LoadedScenarios((), report.findings())
        root = documents.roots[0]
        read_entry(DocumentEntry(ScenarioFile, root), root, report)
        folder = Path() if source == STDIN else Path(source).parent
        loading = _Loading(root, documents, folder, max_bytes, report)
        scenarios = tuple(loading.scenarios())
    named = root.get("inventory")
    inventory = str(path_named(folder, named)) if isinstance(named, str) else None
    return LoadedScenarios(scenarios, report.findings(), inventory)


class _Loading:
    """What reading one scenario after the other shares."""

    def __init__(
        self, root: MappingNode, documents: Documents, folder: Path, max_bytes: int, report: ReadingReport
    ) -> None:
        self._root = root
        self._own = documents
        self._folder = folder
        self._max_bytes = max_bytes
        self._report = report

    def scenarios(self) -> Iterator[LoadedScenario]:
        """Each scenario that can be told from the others, in the order of the file."""
        base = self._documents(self._root, "inventory", self._report) if "inventory" in self._root else None
        tree = merged(base.roots, self._report) if base is not None and base.roots else None
        named = self._root.get("inventory")
        if tree is not None and isinstance(named, str):
            bring_in_texts(tree, str(path_named(self._folder, named)), self._report)
        first: dict[str, int] = {}
        for _, entry in mappings(self._root.get("scenarios")):
            name = entry.get("id")
            if not isinstance(name, str):
                continue
            if name in first:
                self._report_twice(entry, first[name])
            elif base is not None and tree is not None:
                words = entry.get("name")
                loaded = self._scenario(base, tree, entry)
                yield LoadedScenario(name, words if isinstance(words, str) else None, loaded)
            first.setdefault(name, entry.value_mark("id"))

    def _report_twice(self, entry: MappingNode, first: int) -> None:
        self._report.add(
            "WP106",
            entry.value_mark("id"),
            "there already is a scenario '{name}' at {there}",
            {"name": entry["id"], "there": self._report.say_where(first)},
            subjects=(entry["id"],),
            hint="give each scenario an id of its own",
        )

    def _scenario(self, base: Documents, tree: MappingNode, entry: MappingNode) -> LoadedInventory:
        report = ReadingReport("inventory", self._report.texts)
        complete, files = base.complete, [*base.files, *self._own.files]
        for layer in self._layers(entry, report):
            for root in layer.roots:
                bring_in_texts(root, layer.name, report)
                tree = laid_over(without(tree, root, report), root, report)
            complete = complete and layer.complete
            files += layer.files
        inventory = read_inventory(tree, complete, report)
        sources = SourceMap(tree, report.texts, self._own.name)
        return LoadedInventory(inventory, report.findings(), sources, tuple(files))

    def _layers(self, entry: MappingNode, report: ReadingReport) -> Iterator[Documents]:
        """What is laid on, in order: mappings of the file itself, and files or folders that it names."""
        overlay = entry.get("overlay")
        marked = [(overlay, entry.value_mark("overlay"))] if overlay is not None else []
        if isinstance(overlay, SequenceNode):
            marked = list(zip(overlay, overlay.marks, strict=True))
        for part, mark in marked:
            if isinstance(part, MappingNode):
                yield replace(self._own, roots=[part], files=())
            elif isinstance(part, str):
                documents = self._named(part, mark, "overlay", report)
                if documents is not None:
                    roots = [merged(documents.roots, report)] if documents.roots else []
                    yield replace(documents, roots=roots)

    def _documents(self, node: MappingNode, key: Kind, report: ReadingReport) -> Documents | None:
        name = node.get(key)
        return self._named(name, node.value_mark(key), key, report) if isinstance(name, str) else None

    def _named(self, name: str, mark: int, kind: Kind, report: ReadingReport) -> Documents | None:
        """The documents of a file or folder that this file names, from where it lies."""
        try:
            if name in {"", STDIN}:
                raise UnreadableInputError(name)
            return read_documents(str(path_named(self._folder, name)), kind, self._max_bytes, None, report)
        except UnreadableInputError:
            report.add(
                "WP107",
                mark,
                "there is no {kind} to read at '{name}'",
                {"kind": kind, "name": name},
                hint="name a file, or a folder with *.yaml files, from the folder of this one",
            )
            return None
