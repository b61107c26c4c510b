"""Reads a file of actuals, written by hand or by `waveplan record`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from waveplan.domain.actuals import Actuals
from waveplan.domain.findings import Finding
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import Report
from waveplan.loading.source_map import SourceMap
from waveplan.loading.wording import Entry


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
    report = Report("actuals")
    documents = read_documents(source, "file of actuals", max_bytes, stdin, report)
    root = documents.roots[0] if documents.roots else None
    actuals = read_entry(Entry(Actuals, root), root, report) if root is not None else None
    sources = SourceMap(root, report.texts, documents.name)
    return LoadedActuals(None if report.has_errors else actuals, report.findings(), sources)
