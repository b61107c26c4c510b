"""Reads a mapping file, every finding at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.findings import Finding
from waveplan.domain.import_mapping import ImportMapping
from waveplan.imports.mapping.checks import check_mapping
from waveplan.loading import DEFAULT_MAX_BYTES
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.report import ReadingReport
from waveplan.loading.wording import DocumentEntry


@dataclass(frozen=True, slots=True)
class LoadedMapping:
    """What came of reading a mapping. `mapping` is None when a finding is an error."""

    mapping: ImportMapping | None
    findings: tuple[Finding, ...]


def load_mapping(source: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> LoadedMapping:
    """Read a mapping from a YAML or JSON file.

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("inventory")
    documents = read_documents(source, "import mapping", max_bytes, None, report)
    root = documents.roots[0] if documents.roots else None
    mapping = None if root is None else read_entry(DocumentEntry(ImportMapping, root), root, report)
    if mapping is not None and root is not None:
        check_mapping(mapping, root, report)
    return LoadedMapping(None if report.has_errors else mapping, report.findings())
