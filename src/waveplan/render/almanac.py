"""How each language writes days, months and numbers: as the Unicode locale data have it, which Babel brings along."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from waveplan.domain.languages import locale_of

_FIELD = re.compile(r"'([^']*)'|(E+|d+|M+|L+|y+)")
_NAMED = 3  # letters of a field from which months have names
_TICK = 3  # letters, or one more where two months begin alike
_FORMS = {"EdMy": "yMMMEd", "dMy": "yMMMd", "EdM": "MMMEd", "dM": "MMMd", "My": "yMMM", "month": "yMMMM"}
_PLAIN_FORMS = dict(zip(_FORMS, ("E d MMM y", "d MMM y", "E d MMM", "d MMM", "MMM y", "MMMM y"), strict=True))
_IN_PLAIN_FORMS = frozenset({"en"})  # in the order that no reader can take for another
_OWN_PERCENT = {"fr": "\u202f%"}  # the locale data have a wide blank


@dataclass(frozen=True, slots=True)
class Almanac:
    """Names of days (Monday first) and months, forms of dates, signs of numbers. `ticks` stand above weeks."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    full_months: tuple[str, ...]
    alone: tuple[str, ...]  # months that stand without a day
    full_alone: tuple[str, ...]
    ticks: tuple[str, ...]
    forms: dict[str, str]
    thousands: str
    decimal_point: str
    percent: tuple[str, str]  # before and after the number

    def written(self, day: dt.date, form: str, first: str) -> str:
        """A day in one of the forms; `first` stands for the first day of a month."""
        return _FIELD.sub(lambda found: self._field(found[1], found[2], day, first), self.forms[form])

    def _field(self, literal: str | None, field: str | None, day: dt.date, first: str) -> str:
        if not field:
            return literal or "'"
        if field[0] == "E":
            return self.weekdays[day.weekday()]
        if field[0] == "d":
            return first if day.day == 1 else str(day.day)
        if field[0] == "y":
            return str(day.year)
        if len(field) < _NAMED:
            return f"{day.month:0{len(field)}d}"
        short, full = (self.alone, self.full_alone) if field[0] == "L" else (self.months, self.full_months)
        return (full if len(field) > _NAMED else short)[day.month - 1]


@cache
def almanac(code: str) -> Almanac:
    """That of a language; of English for one that the locale data do not know."""
    locale = locale_of(code)
    numbers = locale.number_symbols.get("latn") or locale.number_symbols[locale.default_numbering_system]
    months = _in_turn(locale.months["format"]["abbreviated"], range(1, 13))
    return Almanac(
        weekdays=_in_turn(locale.days["format"]["abbreviated"], range(7)),
        months=months,
        full_months=_in_turn(locale.months["format"]["wide"], range(1, 13)),
        ticks=_ticks(_in_turn(locale.months["stand-alone"]["abbreviated"], range(1, 13))),
        alone=_in_turn(locale.months["stand-alone"]["abbreviated"], range(1, 13)),
        full_alone=_in_turn(locale.months["stand-alone"]["wide"], range(1, 13)),
        forms={form: _form(code, locale, form) for form in _FORMS},
        thousands=numbers["group"],
        decimal_point=numbers["decimal"],
        percent=_percent(code, locale),
    )


def _in_turn(names: Any, numbers: range) -> tuple[str, ...]:
    return tuple(str(names[number]) for number in numbers)


def _ticks(months: Sequence[str]) -> tuple[str, ...]:
    """Months in so few letters that they fit above a week, and still tell which they are."""
    bare = [month.rstrip(".") for month in months]
    short = [month[:_TICK] for month in bare]
    told = [name if short.count(name) == 1 else month[: _TICK + 1] for name, month in zip(short, bare, strict=True)]
    return tuple(told if len(set(told)) == len(told) else bare)


def _form(code: str, locale: Any, form: str) -> str:
    known = locale.datetime_skeletons.get(_FORMS[form])
    return _PLAIN_FORMS[form] if code in _IN_PLAIN_FORMS or known is None else str(known.pattern)


def _percent(code: str, locale: Any) -> tuple[str, str]:
    pattern = locale.percent_formats[None].pattern
    before, after = re.split(r"[#0,.]+", pattern, maxsplit=1)
    return before, _OWN_PERCENT.get(code, after)
