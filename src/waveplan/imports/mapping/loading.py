"""Reads a mapping file, every finding at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from waveplan.domain.findings import Finding
from waveplan.domain.import_mapping import ImportMapping
from waveplan.imports.mapping.checks import check_mapping
from waveplan.loading import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.single_documents import read_single


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
    read = read_single(source, "import mapping", ImportMapping, report, max_bytes=max_bytes)
    if read.model is not None and read.root is not None:
        check_mapping(read.model, read.root, report)
    return LoadedMapping(None if report.has_errors else read.model, report.findings())
