"""Reads a file of actuals, written by hand or by `waveplan record`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.tree import Node
from waveplan.loading.wording import DocumentEntry
from waveplan.loading.yaml_reader import read_yaml


@dataclass(frozen=True, slots=True)
class LoadedActuals:
    """What came of reading a file of actuals. `actuals` is None when a finding is an error."""

    actuals: Actuals | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def load_actuals(source: str, *, max_bytes: int = DEFAULT_MAX_BYTES, stdin: BinaryIO | None = None) -> LoadedActuals:
    """Read actuals from a YAML or JSON file, or standard input (`-`).

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("actuals")
    documents = read_documents(source, "file of actuals", max_bytes, stdin, report)
    return _loaded(documents.roots[0] if documents.roots else None, documents.name, report)


def actuals_of(text: str, name: str) -> LoadedActuals:
    """Read actuals from a text that is meant to stand in a file of that name; one that says nothing has no entries."""
    report = ReadingReport("actuals")
    root, complete = read_yaml(report.texts.add(name, text), report)
    if root is None and complete:
        return LoadedActuals(Actuals(), (), SourceMap(None, report.texts, name))
    return _loaded(root, name, report)


def _loaded(root: Node, name: str, report: ReadingReport) -> LoadedActuals:
    actuals = None if root is None else read_entry(DocumentEntry(Actuals, root), root, report)
    sources = SourceMap(root, report.texts, name)
    return LoadedActuals(None if report.has_errors else actuals, report.findings(), sources)
