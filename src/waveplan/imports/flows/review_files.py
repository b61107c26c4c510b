"""Reads the review that people decided on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from waveplan.domain.findings import Finding
from waveplan.domain.flow_review import FlowReview
from waveplan.imports.flows.proposals import SECTIONS, key_of
from waveplan.loading.report import ReadingReport
from waveplan.loading.single_documents import read_single
from waveplan.loading.source_map import SourceMap
from waveplan.loading.tree import Node, mark_of


@dataclass(frozen=True, slots=True)
class LoadedReview:
    """What came of reading a review; `review` is None when a finding is an error."""

    review: FlowReview | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def load_review(source: str) -> LoadedReview:
    """Read a review. Raises UnreadableInputError when there is none; all else that is wrong becomes a finding."""
    report = ReadingReport("inventory")
    read = read_single(source, "review of flows", FlowReview, report)
    if read.model is not None and read.root is not None:
        _report_twice(read.model, read.root, report)
    sources = SourceMap(read.root, report.texts, read.name)
    return LoadedReview(None if report.has_errors else read.model, report.findings(), sources)


def earlier_review(path: str) -> LoadedReview | None:
    """The review that a new one takes the place of, with its decisions; None where there is none yet."""
    there = Path(path)
    if not there.is_file() or there.stat().st_size == 0:
        return None
    return load_review(path)


def _report_twice(review: FlowReview, root: Node, report: ReadingReport) -> None:
    """Two decisions on one proposal: nobody could say which one holds."""
    for section in SECTIONS:
        first: dict[tuple[object, ...], int] = {}
        for number, entry in enumerate(getattr(review, section)):
            mark = mark_of(root, (section, number))
            there = first.setdefault(key_of(entry), mark)
            if there != mark:
                report.add(
                    "WP106",
                    mark,
                    "this proposal stands at {there} already",
                    {"there": report.say_where(there)},
                    hint="keep one of the two",
                )
