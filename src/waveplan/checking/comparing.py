"""Stated values against derived ones: when they are the same, and how a difference is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waveplan.change_calendar import instant
from waveplan.checking.goals import PLACES
from waveplan.checking.restating import AMOUNT_PLACES
from waveplan.checking.wording import number
from waveplan.domain.findings import Path
from waveplan.domain.plan import PlanModel

_MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure: where it stands, what the plan says and what the inventory makes of it (None: nothing)."""

    path: Path
    figure: str
    stated: object
    derived: object

    def __str__(self) -> str:
        return f"{self.figure} {word(self.stated)} → {word(self.derived)}"


def fields(
    stated: PlanModel, derived: PlanModel, compared: tuple[str, ...], path: Path, name: str
) -> Iterator[Difference]:
    """Those of some fields."""
    for field in compared:
        said, true = getattr(stated, field), getattr(derived, field)
        if not same(said, true):
            yield Difference((*path, field), f"{name} {field}", said, true)


def entries(stated: Mapping[str, Any], derived: Mapping[str, Any], path: Path, name: str) -> Iterator[Difference]:
    """Those of entries by their keys."""
    for key in sorted({*stated, *derived}):
        said, true = stated.get(key), derived.get(key)
        if not same(said, true):
            yield Difference(path, f"{name} {key}", said, true)


def same(stated: object, derived: object) -> bool:
    """Whether two values say one thing: moments in any zone, amounts to the places that a plan holds."""
    if isinstance(stated, dt.datetime) and isinstance(derived, dt.datetime):
        return instant(stated) == instant(derived)
    if isinstance(stated, Decimal) or isinstance(derived, Decimal):  # nothing stated means 0
        return rounds_to(Decimal(str(stated or 0)), Fraction(str(derived or 0)), AMOUNT_PLACES)
    return stated == derived


def rounds_to(stated: Decimal | None, exact: Fraction | Decimal | int | None, places: int = PLACES) -> bool:
    """Whether a stated figure is the exact one to so many places, whichever way a half is rounded."""
    if stated is None or exact is None:
        return stated is exact
    return abs(Fraction(stated) - Fraction(exact)) <= Fraction(1, 2 * 10**places)


def word(value: object) -> str:
    """A value in a sentence."""
    if value is None:
        return "-"
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return number(value, PLACES)
    return number(value, AMOUNT_PLACES) if isinstance(value, int | Decimal) else str(value)


def told(found: list[Difference]) -> str:
    """The first differences in a row, and how many more there are."""
    more = f"; … (+{len(found) - _MOST_TOLD})" if len(found) > _MOST_TOLD else ""
    return "; ".join(str(each) for each in found[:_MOST_TOLD]) + more
