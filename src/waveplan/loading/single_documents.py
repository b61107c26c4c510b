"""Reads a file that is one document of one model, as most files beside the inventory are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

from pydantic import BaseModel

from waveplan.domain.findings import Finding
from waveplan.loading.documents import Kind, read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.tree import MappingNode
from waveplan.loading.wording import DocumentEntry

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SingleDocument(Generic[M]):
    """What stands in a file: its tree, for places and further checks, and its model where it is one."""

    name: str
    root: MappingNode | None
    model: M | None


@dataclass(frozen=True, slots=True)
class LoadedDocument(Generic[M]):
    """What came of reading a file that is checked as its model says; `value` is None when a finding is an error."""

    value: M | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def read_single(
    source: str,
    kind: Kind,
    model: type[M],
    report: ReadingReport,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    stdin: BinaryIO | None = None,
) -> SingleDocument[M]:
    """Read a YAML or JSON file, or standard input (`-`) where there is one; what is wrong goes to the report.

    Raises UnreadableInputError when there is nothing to read.
    """
    documents = read_documents(source, kind, max_bytes, stdin, report)
    root = documents.roots[0] if documents.roots else None
    found = None if root is None else read_entry(DocumentEntry(model, root), root, report)
    return SingleDocument(documents.name, root, found)


def load_document(source: str, kind: Kind, model: type[M]) -> LoadedDocument[M]:
    """Read a file that is called `kind` where it is told of, as a document of a model.

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    read = read_single(source, kind, model, report)
    sources = SourceMap(read.root, report.texts, read.name)
    return LoadedDocument(None if report.has_errors else read.model, report.findings(), sources)
