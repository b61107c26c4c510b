"""Shares, means and their intervals in words."""

from __future__ import annotations

from decimal import Decimal

from waveplan.domain.simulated import Estimate, SimulatedDate
from waveplan.render.language import Language, Shown, marked, safe

_KINDS = {
    "finish": marked("finish"),
    "tranche": marked("tranche {name}"),
    "site_exit": marked("exit of {name}"),
    "contract": marked("contract {name}"),
}


def date_name(date: SimulatedDate, language: Language) -> Shown:
    """What a date is called."""
    return language.say(_KINDS[date.kind], name=safe(date.subject))


def percent(share: float, language: Language) -> Shown:
    """A share of runs; what is not quite all or nothing never looks so."""
    value = share * 100
    if 0 < value < 1:
        return language.say("< 1 %")
    if 99 < value < 100:
        return language.say("> 99 %")
    return language.say("{number} %", number=round(value))


def between(estimate: Estimate, language: Language) -> Shown:
    """A share with its interval."""
    low, high = percent(estimate.low, language), percent(estimate.high, language)
    value = percent(estimate.value, language)
    return value if low == high else language.say("{value} ({low} to {high})", value=value, low=low, high=high)


def decimals(value: float, language: Language, places: int = 1) -> Shown:
    """A number with so many decimals."""
    return language.number(Decimal(str(round(value, 6))), places)


def number(estimate: Estimate, language: Language) -> Shown:
    """A mean with its interval."""
    value, low, high = (decimals(each, language) for each in (estimate.value, estimate.low, estimate.high))
    return language.say("{value} ({low} to {high})", value=value, low=low, high=high)
