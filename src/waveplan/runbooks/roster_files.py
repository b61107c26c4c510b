"""Rosters from their files."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.findings import Finding
from waveplan.domain.roster import DutyRoster
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.wording import DocumentEntry


@dataclass(frozen=True, slots=True)
class LoadedRoster:
    """What came of reading a roster; None when a finding is an error."""

    roster: DutyRoster | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def load_roster(source: str) -> LoadedRoster:
    """Read a roster. Raises UnreadableInputError when there is nothing to read; all else becomes a finding."""
    report = ReadingReport("inventory")
    documents = read_documents(source, "roster", DEFAULT_MAX_BYTES, None, report)
    root = documents.roots[0] if documents.roots else None
    read = None if root is None else read_entry(DocumentEntry(DutyRoster, root), root, report)
    roster = read if isinstance(read, DutyRoster) and not report.has_errors else None
    return LoadedRoster(roster, report.findings(), SourceMap(root, report.texts, documents.name))
