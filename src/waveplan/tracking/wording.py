"""How findings about the actuals are put together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.findings import Finding, Path

_MOST_NAMES = 6
_LIKENESS = 0.8  # waves of other days are alike, and not meant


def finding(
    code: str,
    template: str,
    values: Mapping[str, Any],
    path: Path,
    subjects: Iterable[str] = (),
    hint: str = "",
    hint_values: Mapping[str, Any] | None = None,
) -> Finding:
    """A finding in the actuals with its severity from the catalogue."""
    return Finding(
        code=code,
        template=template,
        values=values,
        severity=CATALOGUE[code].severity,
        subjects=tuple(dict.fromkeys(subjects)),
        path=path,
        document="actuals",
        hint=hint,
        hint_values=hint_values or {},
    )


def names(given: Iterable[str]) -> str:
    """Names in a row; of a long list the first few and how many more there are."""
    found = list(dict.fromkeys(given))
    shown = ", ".join(found[:_MOST_NAMES])
    return shown if len(found) <= _MOST_NAMES else f"{shown}, … (+{len(found) - _MOST_NAMES})"


def nearest(name: str, known: Mapping[str, str]) -> str | None:
    """What the name most like a given one stands for; none when none is like it."""
    by_lower = {each.casefold(): target for each, target in sorted(known.items(), reverse=True)}
    near = difflib.get_close_matches(name.casefold(), by_lower, n=1, cutoff=_LIKENESS)
    return by_lower[near[0]] if near else None
