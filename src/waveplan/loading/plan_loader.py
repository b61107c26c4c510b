"""Reads a plan file, whether the solver or somebody's editor wrote it last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from waveplan.domain.findings import Finding
from waveplan.domain.plan import Plan
from waveplan.loading.documents import read_documents
from waveplan.loading.entries import read_entry
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.source_map import SourceMap
from waveplan.loading.tree import MappingNode, mapping, mappings
from waveplan.loading.wording import DocumentEntry

UNSAID = dt.date(1970, 1, 1)  # the day of a wave that nobody has dated yet
_MOMENT = f"{UNSAID.isoformat()}T00:00:00+00:00"
_UNSAID_OF_A_WAVE: Mapping[str, str | Mapping[str, str]] = {
    "number": "1",
    "date": UNSAID.isoformat(),
    "slot": {"window": "unsaid", "start": _MOMENT, "end": _MOMENT},
    "point_of_no_return": _MOMENT,
    "preparation_start": UNSAID.isoformat(),
    "hypercare_end": _MOMENT,
    "hypercare_last_day": UNSAID.isoformat(),
}


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """What came of reading a plan. `plan` is None when a finding is an error."""

    plan: Plan | None
    findings: tuple[Finding, ...]
    sources: SourceMap


def load_plan(
    source: str, *, max_bytes: int = DEFAULT_MAX_BYTES, stdin: BinaryIO | None = None, unfinished: bool = False
) -> LoadedPlan:
    """Read a plan from a YAML or JSON file, or standard input (`-`).

    With `unfinished`, waves may say no more than their id and lots; the rest of them is `UNSAID`. Raises
    UnreadableInputError when there is nothing to read; everything else that is wrong becomes a finding.
    """
    report = ReadingReport("plan")
    documents = read_documents(source, "plan", max_bytes, stdin, report)
    root = documents.roots[0] if documents.roots else None
    if unfinished and root is not None:
        _fill_waves(root)
    plan = read_entry(DocumentEntry(Plan, root), root, report) if root is not None else None
    sources = SourceMap(root, report.texts, documents.name)
    return LoadedPlan(None if report.has_errors else plan, report.findings(), sources)


def plan_of(text: str) -> LoadedPlan:
    """Read a plan from a text that is meant to stand in a file."""
    return load_plan("-", stdin=BytesIO(text.encode()))


def _fill_waves(root: MappingNode) -> None:
    """Put what nobody knows yet into waves that somebody has just typed."""
    for _, wave in mappings(root.get("waves")):
        for key, value in _UNSAID_OF_A_WAVE.items():
            if key not in wave:
                wave[key] = value if isinstance(value, str) else mapping(_marked(value, wave.mark), wave.mark)
                wave.marks += (wave.mark, wave.mark)


def _marked(words: Mapping[str, str], mark: int) -> Iterator[tuple[str, str, int, int]]:
    return ((key, word, mark, mark) for key, word in words.items())
