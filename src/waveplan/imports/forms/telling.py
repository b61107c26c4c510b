"""Findings of a reader: each kind at most so often in one column, the rest as a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding, Location

MOST_ALIKE = 20
_MOST = {"WP519": 1}  # what holds for all of a column is said once
_SHOWN = 200


class Telling:
    """Takes what is said of a source's files, and says no sentence about one column more than `MOST_ALIKE` times."""

    def __init__(self, findings: list[Finding]) -> None:
        self._findings = findings
        self._alike: Counter[tuple[str, str, str, str, int]] = Counter()
        self._last: dict[tuple[str, str, str, str, int], Location] = {}

    def note(
        self,
        code: str,
        place: Location,
        template: str,
        values: Mapping[str, Any] | None = None,
        *,
        hint: str = "",
        hint_values: Mapping[str, Any] | None = None,
    ) -> None:
        """Note a finding at a cell; texts in it, but for `names`, are cut to a length that a sentence can bear."""
        alike = (code, template, place.file, place.sheet, place.column)
        self._alike[alike] += 1
        self._last[alike] = place
        if self._alike[alike] <= _most(code):
            self._findings.append(
                Finding(
                    code,
                    template,
                    {key: value if key == "names" else short(value) for key, value in (values or {}).items()},
                    severity=CATALOGUE[code].severity,
                    location=place,
                    hint=hint,
                    hint_values=hint_values or {},
                )
            )

    def end(self) -> None:
        """Say how many more there were of each kind."""
        for alike, number in self._alike.items():
            code = alike[0]
            if number > _most(code):
                more = Finding(
                    code,
                    "{number} more findings of this kind follow in the same column, the last one here",
                    {"number": number - _most(code)},
                    severity=CATALOGUE[code].severity,
                    location=self._last[alike],
                )
                self._findings.append(more)
        self._alike.clear()


def _most(code: str) -> int:
    return _MOST.get(code, MOST_ALIKE)


def short(value: Any, most: int = _SHOWN) -> Any:
    """A text of a length that a sentence can bear."""
    return f"{value[: most - 1]}…" if isinstance(value, str) and len(value) > most else value


def listed(words: list[str] | tuple[str, ...], most: int = 12) -> str:
    """Words in quotation marks, so many at most, and how many there are beside."""
    shown = ", ".join(f"'{short(each, 60)}'" for each in words[:most])
    return f"{shown} +{len(words) - most}" if len(words) > most else shown
