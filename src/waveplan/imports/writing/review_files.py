"""The file in which an import's questions stand until somebody answers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from waveplan.domain.findings import Finding
from waveplan.domain.import_review import ImportReview
from waveplan.imports.writing.entry_text import flow
from waveplan.imports.writing.reconciling import EntryOutcome
from waveplan.imports.writing.three_way import shown
from waveplan.loading.files import DEFAULT_MAX_BYTES
from waveplan.loading.report import ReadingReport
from waveplan.loading.single_documents import read_single


@dataclass(frozen=True, slots=True)
class LoadedImportReview:
    """What came of reading a review: field → what was decided, and of which value; None when a finding is an error."""

    decisions: Mapping[str, tuple[str, str]] | None
    findings: tuple[Finding, ...] = ()


def load_import_review(source: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> LoadedImportReview:
    """Read a review as people left it; there is none yet where there is no file.

    Raises UnreadableInputError where it cannot be read; everything else that is wrong becomes a finding.
    """
    if not Path(source).exists():
        return LoadedImportReview({})
    report = ReadingReport("inventory")
    review = read_single(source, "review of an import", ImportReview, report, max_bytes=max_bytes).model
    if review is None or report.has_errors:
        return LoadedImportReview(None, report.findings())
    decided = {value.field: (value.decide, value.said or "") for value in review.values if value.decide}
    return LoadedImportReview(decided, report.findings())


def review_text(outcomes: Iterable[EntryOutcome], remark: str) -> str:
    """The questions that are open, one a line, with room for an answer."""
    lines = ["waveplan_import_review: 1", f"# {remark}"]
    values = []
    for outcome in outcomes:
        for question in outcome.three.questions:
            field = f"{outcome.draft.section}.{outcome.draft.id}.{question.path}"
            said = {"imported": question.imported, "standing": question.standing, "said": question.said}
            words = {key: shown(value) for key, value in said.items()}
            values.append(f"  - {flow({'field': field, **words})[:-1]}, decide: }}")
    lines += ["values:", *values] if values else ["values: []"]
    return "".join(f"{line}\n" for line in lines)
