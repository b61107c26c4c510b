"""Files that hold one document of one kind: templates of runbooks, rosters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from waveplan.domain.findings import Finding
from waveplan.loading.documents import Kind, read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.wording import DocumentEntry

Read = TypeVar("Read", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class LoadedDocument(Generic[Read]):
    """What came of reading a file; `value` is None when a finding is an error."""

    value: Read | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def load_document(source: str, kind: Kind, model: type[Read]) -> LoadedDocument[Read]:
    """Read a file that is called `kind` where it is told of, as a document of a model.

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    documents = read_documents(source, kind, DEFAULT_MAX_BYTES, None, report)
    root = documents.roots[0] if documents.roots else None
    read = None if root is None else read_entry(DocumentEntry(model, root), root, report)
    value = read if isinstance(read, model) and not report.has_errors else None
    return LoadedDocument(value, report.findings(), SourceMap(root, report.texts, documents.name))
