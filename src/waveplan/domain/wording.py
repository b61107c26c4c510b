"""How findings are put together: severity from the catalogue, each subject once, lists of names cut short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.excess import Excess
from waveplan.domain.findings import Finding, Path

MOST_NAMES = 6


def finding(
    code: str,
    template: str,
    values: Mapping[str, Any],
    path: Path = (),
    subjects: Iterable[str] = (),
    hint: str = "",
    hint_values: Mapping[str, Any] | None = None,
    *,
    document: Literal["inventory", "plan", "actuals"] = "inventory",
    excess: Excess | None = None,
) -> Finding:
    """A finding about a place in a document; raises KeyError for a code that the catalogue does not hold."""
    return Finding(
        code=code,
        template=template,
        values=values,
        severity=CATALOGUE[code].severity,
        subjects=tuple(dict.fromkeys(subjects)),
        path=path,
        document=document,
        hint=hint,
        hint_values=hint_values or {},
        excess=excess,
    )


def names(given: Iterable[str], most: int = MOST_NAMES) -> str:
    """Names in the order given, each once; of a long list the first few and how many more there are: `a, b, … (+7)`."""
    found = list(dict.fromkeys(given))
    shown = ", ".join(found[:most])
    return shown if len(found) <= most else f"{shown}, … (+{len(found) - most})"
