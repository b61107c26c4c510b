"""How findings are put together: severity from the catalogue, each subject once, lists of names cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.excess import Excess
from waveplan.domain.findings import Finding, Path

MOST_NAMES = 6
NO_CODE = ""  # of what whoever passes it on gives its code and severity
_FILLED = re.compile(r"\{\{|\{\w+\}")  # a sentence whose braces mean something


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
    """A finding about a place in a document; raises KeyError for a code that the catalogue does not hold.

    The hint is filled from the sentence's values, where it has no values of its own.
    """
    if hint_values is None:
        hint_values = values if _FILLED.search(hint) else {}
    return Finding(
        code=code,
        template=template,
        values=values,
        severity=CATALOGUE[code].severity if code else "error",
        subjects=tuple(dict.fromkeys(subjects)),
        path=path,
        document=document,
        hint=hint,
        hint_values=hint_values,
        excess=excess,
    )


def names(given: Iterable[str], most: int = MOST_NAMES) -> str:
    """Names in the order given, each once; of a long list the first few and how many more there are: `a, b, … (+7)`."""
    found = list(dict.fromkeys(given))
    shown = ", ".join(found[:most])
    return shown if len(found) <= most else f"{shown}, … (+{len(found) - most})"
