"""Reads a plan file, whether the solver or somebody's editor wrote it last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import Report
from waveplan.loading.source_map import SourceMap
from waveplan.loading.wording import Entry


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """What came of reading a plan. `plan` is None when a finding is an error."""

    plan: Plan | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def load_plan(source: str, *, max_bytes: int = DEFAULT_MAX_BYTES, stdin: BinaryIO | None = None) -> LoadedPlan:
    """Read a plan from a YAML or JSON file, or standard input (`-`).

    Raises UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = Report("plan")
    documents = read_documents(source, "plan", max_bytes, stdin, report)
    root = documents.roots[0] if documents.roots else None
    plan = read_entry(Entry(Plan, root), root, report) if root is not None else None
    sources = SourceMap(root, report.texts, documents.name)
    return LoadedPlan(None if report.has_errors else plan, report.findings(), sources)
