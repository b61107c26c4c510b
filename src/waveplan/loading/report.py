"""Collects what is wrong with a document, each finding with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding, Location, Path, has_errors
from waveplan.loading.source_map import Texts
from waveplan.loading.suggestions import closest

Document = Literal["inventory", "plan", "actuals"]


class ReadingReport:
    """The findings of one document, and the texts they point into."""

    def __init__(self, document: Document, texts: Texts | None = None) -> None:
        self.document: Document = document
        self.texts = texts or Texts()
        self._findings: list[Finding] = []
        self._said: set[tuple[str, Location, str]] = set()

    def add(
        self,
        code: str,
        place: int | Location,
        template: str,
        values: Mapping[str, Any] | None = None,
        *,
        path: Path = (),
        subjects: tuple[str, ...] = (),
        hint: str = "",
        hint_values: Mapping[str, Any] | None = None,
    ) -> None:
        """Note a finding at a mark or a location; what an alias repeats is said once."""
        location = place if isinstance(place, Location) else self.texts.location(place)
        finding = Finding(
            code=code,
            template=template,
            values=values or {},
            severity=CATALOGUE[code].severity,
            subjects=subjects,
            path=path,
            document=self.document,
            location=location,
            hint=hint,
            hint_values=hint_values or {},
        )
        said = (code, location, finding.message)
        if said not in self._said:
            self._said.add(said)
            self._findings.append(finding)

    def say_where(self, mark: int) -> str:
        """A place in words, to name inside a sentence."""
        return str(self.texts.location(mark))

    @property
    def has_errors(self) -> bool:
        """Whether anything noted so far is an error."""
        return has_errors(self._findings)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, by place."""
        return tuple(sorted(self._findings, key=lambda finding: finding.sort_key))


def suggestion(word: str, known: Iterable[str], otherwise: str = "") -> dict[str, Any]:
    """The `hint` arguments that name the closest known word, or `otherwise` when none is close."""
    found = closest(word, known)
    if found is None:
        return {"hint": otherwise}
    return {"hint": "did you mean '{suggestion}'?", "hint_values": {"suggestion": found}}
