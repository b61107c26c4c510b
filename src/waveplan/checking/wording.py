"""How findings word numbers and names: exact where it matters, short where it can be."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import partial

from waveplan.domain import wording
from waveplan.domain.excess import Excess
from waveplan.domain.wording import names

__all__ = ["amounts", "finding", "names", "number", "rounded", "violation"]
Number = int | Decimal | Fraction
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


finding = partial(wording.finding, document="plan")
"""A finding of the check, by default about a place in the plan."""

violation = partial(finding, wording.NO_CODE)
"""What a hard rule finds; its code and severity are those of the rule that yields it."""
