"""How findings word numbers and names: exact where it matters, short where it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from waveplan.domain.catalogue import CATALOGUE
from waveplan.domain.excess import Excess
from waveplan.domain.findings import Finding, Path

Number = int | Decimal | Fraction
_MOST_NAMES = 6
_MOST_PLACES = 9


def number(value: Number, places: int = 2) -> str:
    """A number with at most so many decimals, without trailing zeros."""
    text = format(rounded(value, places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Number, places: int) -> Decimal:
    """A number to so many decimals; a half goes to the even side."""
    whole: int = round(Fraction(value) * 10**places)
    return Decimal(whole).scaleb(-places)


def amounts(over: Excess) -> dict[str, str]:
    """`used` and `limit` as words, with as many decimals as it takes to tell them apart."""
    used, limit = over.used, over.limit
    places = 2
    while places < _MOST_PLACES and used != limit and number(used, places) == number(limit, places):
        places += 1
    return {"used": number(used, places), "limit": number(limit, places)}


def names(given: Iterable[str], most: int = _MOST_NAMES) -> str:
    """Names in the order given, each once; of a long list the first few and how many more there are."""
    found = list(dict.fromkeys(given))
    shown = ", ".join(found[:most])
    return shown if len(found) <= most else f"{shown}, … (+{len(found) - most})"


def finding(
    code: str,
    template: str,
    values: Mapping[str, Any],
    *,
    hint: str,
    hint_values: Mapping[str, Any] | None = None,
    subjects: Iterable[str] = (),
    path: Path = (),
    document: Literal["inventory", "plan"] = "plan",
    excess: Excess | None = None,
) -> Finding:
    """A finding of the check, by default about a place in the plan."""
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
