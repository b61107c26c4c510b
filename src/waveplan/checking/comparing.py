"""Stated values against derived ones: when they are the same, and how a difference is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from waveplan.change_calendar import instant
from waveplan.checking.goals import PLACES
from waveplan.checking.restating import AMOUNT_PLACES
from waveplan.checking.wording import number
from waveplan.domain.base import PlanModel
from waveplan.domain.findings import Path, Phrase, Phrases

_MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure: where it stands, what the plan says and what the inventory makes of it (None: nothing)."""

    path: Path
    figure: Phrase
    stated: object
    derived: object

    @property
    def told(self) -> Phrase:
        """What is stated, and what is right."""
        return Phrase(
            "{figure} {stated} → {right}",
            {"figure": self.figure, "stated": word(self.stated), "right": word(self.derived)},
        )


def fields(
    stated: PlanModel, derived: PlanModel, compared: Mapping[str, str], path: Path, of: str
) -> Iterator[Difference]:
    """Those of some fields; each is called as its template says, in which `{of}` is what has the field."""
    for field, template in compared.items():
        said, true = getattr(stated, field), getattr(derived, field)
        if not same(said, true):
            yield Difference((*path, field), Phrase(template, {"of": of}), said, true)


def entries(
    stated: Mapping[str, Any], derived: Mapping[str, Any], path: Path, template: str, of: str = ""
) -> Iterator[Difference]:
    """Those of entries by their keys; in the template, `{key}` is the key, and `{of}` what has the entries."""
    for key in sorted({*stated, *derived}):
        said, true = stated.get(key), derived.get(key)
        if not same(said, true):
            yield Difference(path, Phrase(template, {"of": of, "key": key}), said, true)


def same(stated: object, derived: object) -> bool:
    """Whether two values say one thing: moments in any zone, amounts to the places that a plan holds."""
    if isinstance(stated, dt.datetime) and isinstance(derived, dt.datetime):
        return instant(stated) == instant(derived)
    if isinstance(stated, Decimal) or isinstance(derived, Decimal):  # nothing stated means 0
        equal = stated == derived  # nearly always, and told without making fractions
        return equal or rounds_to(Decimal(str(stated or 0)), Fraction(str(derived or 0)), AMOUNT_PLACES)
    return stated == derived


def rounds_to(stated: Decimal | None, exact: Fraction | Decimal | int | None, places: int = PLACES) -> bool:
    """Whether a stated figure is the exact one to so many places, whichever way a half is rounded."""
    if stated is None or exact is None:
        return stated is exact
    return abs(Fraction(stated) - Fraction(exact)) <= Fraction(1, 2 * 10**places)


def word(value: object) -> str | Phrase:
    """A value in a sentence; dates, amounts and phrases are put into the reader's language when it is shown."""
    if isinstance(value, Phrase):
        return value
    if value is None:
        return "-"
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return number(value, PLACES)
    return number(value, AMOUNT_PLACES) if isinstance(value, int | Decimal) else str(value)


def in_a_row(parts: Iterable[Phrase]) -> Phrase:
    """Phrases with commas between them."""
    return reduce(lambda one, following: Phrase("{one}, {following}", {"one": one, "following": following}), parts)


def told(found: list[Difference]) -> Phrases:
    """The first differences in a row, and how many more there are."""
    parts = [each.told for each in found[:_MOST_TOLD]]
    if len(found) > _MOST_TOLD:
        parts.append(Phrase("… (+{more})", {"more": len(found) - _MOST_TOLD}))
    return Phrases(tuple(parts))
