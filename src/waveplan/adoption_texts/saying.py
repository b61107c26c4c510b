"""Days, moments, hours and shares as texts in the languages of their readers say them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

_LOCALES = {"en": "en_GB"}  # the day before the month, as in all that waveplan writes
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"no outage": "none planned", "team": "the project team", "and": "and"},
    "fr": {"no outage": "aucune prévue", "team": "l’équipe projet", "and": "et"},
}


class Saying:
    """One language. One that nobody knows says days as the ISO standard writes them."""

    def __init__(self, language: str) -> None:
        from babel import Locale, UnknownLocaleError

        self.language = language
        self._locale: Any
        try:
            self._locale = Locale.parse(_LOCALES.get(language, language.replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            self._locale = None

    def day(self, day: dt.date) -> str:
        """`Saturday 14 March 2026`."""
        from babel.dates import format_date

        if self._locale is None:
            return day.isoformat()
        said = str(format_date(day, "full", locale=self._locale))
        return said.replace(" 1 ", " 1er ", 1) if self._locale.language == "fr" and day.day == 1 else said

    def days(self, first: dt.date, last: dt.date) -> str:
        """One day, or the first and the last of several, where a sentence says when."""
        language = self.language.partition("-")[0]
        if language == "fr":
            return f"le {self.day(first)}" if first == last else f"du {self.day(first)} au {self.day(last)}"
        between = " to " if language == "en" else " – "
        return self.day(first) if first == last else f"{self.day(first)}{between}{self.day(last)}"

    def moment(self, when: dt.datetime, zone: str) -> str:
        """A day, a time by the clock and the zone whose clock that is."""
        at = {"en": " at ", "fr": " à "}.get(self.language.partition("-")[0], ", ")
        return f"{self.day(when.date())}{at}{when:%H:%M} ({zone})"

    def hours(self, hours: Decimal) -> str:
        """`4.5 hours`; in words, that there are none."""
        from babel.units import format_unit

        none = self._word("no outage")
        if not hours and none is not None:
            return none
        if self._locale is None:
            return f"{hours.normalize():f} h"
        return str(format_unit(hours, "duration-hour", length="long", locale=self._locale))

    def share(self, share: Decimal) -> str:
        """`70%`."""
        from babel.numbers import format_decimal

        percent = (share * 100).normalize()
        number = f"{percent:f}" if self._locale is None else str(format_decimal(percent, locale=self._locale))
        return f"{number}\u00a0%" if self._locale is not None and self._locale.language == "fr" else f"{number}%"

    def number(self, number: int) -> str:
        """`1,200`."""
        from babel.numbers import format_decimal

        return str(number) if self._locale is None else str(format_decimal(number, locale=self._locale))

    def names(self, names: Sequence[str]) -> str:
        """Names in a row: `a, b and c`."""
        word = self._word("and")
        if word is None or len(names) < 2:
            return ", ".join(names)
        return f"{', '.join(names[:-1])} {word} {names[-1]}"

    def nobody(self, programme: str) -> str:
        """Whom to ask when nobody is named."""
        return self._word("team") or programme

    def _word(self, key: str) -> str | None:
        return _WORDS.get(self.language.partition("-")[0], {}).get(key)
