"""The language people read: translated sentences, dates, numbers. Keys, codes and JSON never go through here."""

from __future__ import annotations

import datetime as dt
import gettext
import io
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property, lru_cache, reduce
from typing import Any

from waveplan.domain import languages
from waveplan.domain.findings import Finding, Named, Phrase, Phrases, Written, printable
from waveplan.domain.rounding import to_step
from waveplan.render.almanac import Almanac, almanac
from waveplan.render.recognising import Sentences

_MINUS = "−"


class Shown(str):
    """Text that is ready for a screen: already safe, already in the reader's language."""

    __slots__ = ()


BLANK = Shown("")


def marked(message: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is used."""
    return message


_COUNTED = (marked("servers"), marked("applications"), marked("lots"), marked("sites"), marked("users"))  # of limits
_LEVELS = (marked("critical"), marked("high"), marked("medium"), marked("low"))  # of criticality
NOUNS = (  # kinds of thing, as findings name them
    marked("application"),
    marked("committee"),
    marked("contract"),
    marked("dependency"),
    marked("entry of adoption"),
    marked("external milestone"),
    marked("file of actuals"),
    marked("file of flow rules"),
    marked("file of scenarios"),
    marked("gate"),
    marked("import mapping"),
    marked("inventory"),
    marked("item"),
    marked("knowledge transfer"),
    marked("link"),
    marked("lot"),
    marked("milestone"),
    marked("overlay"),
    marked("pilot"),
    marked("plan"),
    marked("rehearsal"),
    marked("review of flows"),
    marked("rule"),
    marked("server"),
    marked("service"),
    marked("site"),
    marked("step"),
    marked("stream"),
    marked("team"),
    marked("tranche"),
    marked("wave"),
    marked("window"),
    marked("a list"),
    marked("a mapping"),
    marked("nothing"),
    marked("steps of applications"),
    *_COUNTED,
    *_LEVELS,
)


def safe(text: object) -> Shown:
    """Text from a file, with control characters escaped; no-break and other wide blanks stay as they are."""
    if isinstance(text, Shown):
        return text
    words = str(text)
    return Shown(words if words.isprintable() else "".join(c if c in _BLANKS else str(printable(c)) for c in words))


_BLANKS = frozenset("\u00a0\u202f\u2009\u2007\u3000")


# What each language has its own way with. English needs none of the three.
_COLON = marked(": ")
_FIRST = marked("1 (the first day of a month)")
_SINGULARS = marked("plural=singular")  # words, with blanks between pairs, that findings show after a 1

_OR = marked(" or ")
_ONE = re.compile(r"(?<![\d.,\u202f])(1[ \u00a0])([^\W\d]+(?:-[^\W\d]+)?)")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")  # a moment of programme time
_AMOUNT = re.compile(r"-?\d+\.\d+")
_AS_TYPED = frozenset({"given", "value", "text"})  # what stands in a file, quoted
_KINDS = frozenset({"kind", "other", "shown", "parts"})
_OF_LIST, _OF_KEY = "an entry of '{key}' ", "'{key}' "  # the reader names a list's entry by its list


def _fill(template: str, values: Mapping[str, object]) -> Shown:
    """Fill a sentence's placeholders; what comes from files is made safe, what was said already stays."""
    return Shown(template.format(**{name: safe(value) for name, value in values.items()}) if values else template)


class Language:
    """One language: its catalogue and its ways with dates and numbers."""

    def __init__(self, code: str, compiled: bytes | None) -> None:
        self.code = code
        self._compiled = compiled
        self._catalogue = gettext.GNUTranslations(io.BytesIO(compiled)) if compiled else gettext.NullTranslations()

    @cached_property
    def _almanac(self) -> Almanac:
        return almanac(self.code)

    # --- sentences -------------------------------------------------------------------------------------------------

    def say(self, message: str, **values: object) -> Shown:
        """A sentence in this language; its `{placeholders}` are filled with text made safe, numbers and dates."""
        return self._filled(self._catalogue.gettext(message), values)

    def count(self, singular: str, plural: str, number: int, **values: object) -> Shown:
        """A sentence that depends on a number, which it may show as `{n}`."""
        return self._filled(self._catalogue.ngettext(singular, plural, number), {"n": number, **values})

    @property
    def colon(self) -> str:
        """A colon with its blanks."""
        return self._catalogue.gettext(_COLON)

    def as_written(self, message: str) -> str:
        """A sentence in this language, as the catalogue has it: braces in it are no placeholders."""
        return self._catalogue.gettext(message)

    def knows(self, message: str) -> bool:
        """Whether the catalogue has the sentence (English is its own catalogue)."""
        return self.code == languages.ENGLISH or self._catalogue.gettext(message) != message

    def message(self, finding: Finding) -> Shown:
        """What a finding says."""
        return self._agreed(_fill(self._worded(finding.template), self._values(finding.values)))

    def advice(self, finding: Finding) -> Shown:
        """What a finding advises, or nothing."""
        if not finding.hint:
            return BLANK
        return self._agreed(_fill(self._worded(finding.hint), self._values(finding.hint_values)))

    def phrase(self, phrase: Phrase) -> Shown:
        """What a phrase says."""
        return self._phrase(phrase)

    def written(self, text: str) -> Shown:
        """A sentence that stands in a file as waveplan wrote it, in English; what is none of its own stays."""
        known = self._sentences.recognised(text) if self._sentences else None
        return safe(text) if known is None else self._agreed(safe(self._phrased(known)))

    def _agreed(self, text: Shown) -> Shown:
        """One of something is not several: findings say their numbers without knowing them."""
        singular = self._singulars
        return (
            Shown(_ONE.sub(lambda found: f"{found[1]}{singular.get(found[2], found[2])}", text)) if singular else text
        )

    @cached_property
    def _singulars(self) -> Mapping[str, str]:
        pairs = (pair.partition("=") for pair in self._own(_SINGULARS, "").split())
        return {plural: singular for plural, _, singular in pairs}

    @cached_property
    def _first(self) -> str:
        return self._own(_FIRST, "1")

    def _own(self, message: str, otherwise: str) -> str:
        """What the catalogue has for a message that no reader may see as it is."""
        found = self._catalogue.gettext(message)
        return otherwise if found == message else found

    @cached_property
    def _sentences(self) -> Sentences | None:
        return Sentences(self._compiled) if self._compiled else None

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A finding's values: kinds of thing are translated, names and numbers stay as the files have them."""
        return {
            name: self._kinds(value) if name in _KINDS else value if name in _AS_TYPED else self._phrased(value)
            for name, value in values.items()
        }

    def _phrased(self, value: object) -> object:
        """Phrases inside a sentence are translated as sentences are; what has a name in each language takes that."""
        if isinstance(value, Named):
            return value.by_language.get(self.code, value.name)
        if isinstance(value, Written):
            return self.written(value.text)
        if isinstance(value, Phrases):
            return self.listing(self._phrase(part) for part in value.parts)
        if isinstance(value, Phrase):
            return self._phrase(value)
        return self._localised(value) if self.code != languages.ENGLISH and isinstance(value, str) else value

    def _localised(self, text: str) -> str:
        """A date or an amount that a finding gives as in the files; English keeps them so."""
        if _DATE.fullmatch(text):
            return self.day(dt.date.fromisoformat(text), weekday=False)
        if _CLOCK.fullmatch(text):
            return self.moment(dt.datetime.fromisoformat(text))
        return self.number(Decimal(text)) if _AMOUNT.fullmatch(text) else text

    def _phrase(self, phrase: Phrase) -> Shown:
        return _fill(self._worded(phrase.template), self._values(phrase.values))

    def _kinds(self, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = re.split(f"({_OR}|, )", value)
        return "".join(self._catalogue.gettext(part) if part in NOUNS or part == _OR else part for part in parts)

    def _worded(self, template: str) -> str:
        """A finding's sentence in this language: as a whole, else as the known pieces it is put together from."""
        if self.knows(template):
            return self._catalogue.gettext(template) if template else ""
        if template.startswith(_OF_LIST):
            whole = self._worded(_OF_KEY + template.removeprefix(_OF_LIST))
            return whole.replace(_OF_KEY, self._catalogue.gettext(_OF_LIST), 1)
        for place in range(len(template) - 1, 0, -1):
            head, tail = template[:place], template[place:]
            if self.knows(head) and (head.endswith(": ") or self.knows(tail)):
                return self._catalogue.gettext(head) + (self._worded(tail) if self.knows(tail) else tail)
        return template

    def series(self, parts: Iterable[object]) -> Shown:
        """Words in a row: "a, b and c"."""
        texts = [self.value(part) for part in parts]
        if len(texts) < 2:
            return Shown("".join(texts))
        return self.say("{these} and {last}", these=Shown(", ".join(texts[:-1])), last=texts[-1])

    def listing(self, sentences: Iterable[Shown]) -> Shown:
        """Sentences in a row, with semicolons; nothing of none."""
        parts = list(sentences) or [BLANK]
        return reduce(lambda one, other: self.say("{one}; {other}", one=one, other=other), parts)

    def value(self, value: object) -> Shown:
        """Any value as people read it."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return self.number(value)
        if isinstance(value, dt.datetime):
            return self.moment(value)
        return self.day(value) if isinstance(value, dt.date) else safe(value)

    def _filled(self, template: str, values: dict[str, object]) -> Shown:
        return Shown(template.format(**{name: self.value(value) for name, value in values.items()}))

    # --- dates -----------------------------------------------------------------------------------------------------

    def day(self, day: dt.date, *, weekday: bool = True, year: bool = True) -> Shown:
        """A date: "Sat 14 Mar 2026", "sam. 14 mars 2026"."""
        form = ("E" if weekday else "") + "dM" + ("y" if year else "")
        return Shown(self._almanac.written(day, form, self._first))

    def days(self, first: dt.date, last: dt.date, *, year: bool = True) -> Shown:
        """A period, saying month and year once where they are the same."""
        if first == last:
            return self.day(first, year=year)
        start = self.day(first, year=year and first.year != last.year)
        return self.say("{first} to {last}", first=start, last=self.day(last, year=year))

    def month(self, day: dt.date) -> Shown:
        """A month in full: "March 2026"."""
        return Shown(self._almanac.written(day, "month", self._first))

    def month_tick(self, day: dt.date, room: int) -> Shown:
        """A month for rulers: as in dates where there is room, else in a few letters."""
        full = self._almanac.months[day.month - 1]
        return Shown(full if len(full) < room else self._almanac.ticks[day.month - 1])

    def brief_month(self, day: dt.date) -> Shown:
        """A month and its year: "Mar 2026", "mars 2026"."""
        return Shown(self._almanac.written(day, "My", self._first))

    def moment(self, moment: dt.datetime, *, year: bool = True) -> Shown:
        """A date and a time of day."""
        return Shown(f"{self.day(moment.date(), year=year)} {moment:%H:%M}")

    # --- numbers ---------------------------------------------------------------------------------------------------

    def number(self, value: int | Decimal, places: int | None = None) -> Shown:
        """A number with this language's separators; `places` fixes its decimals, else it has those it needs."""
        number = Decimal(value)
        if places is not None:
            rounded = to_step(number, Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if not rounded and number > 0:
                return Shown("<" + self.number(Decimal(1).scaleb(-places), places))
            number = rounded
        whole, _, decimals = format(number.copy_abs(), "f").partition(".")
        if places is None:
            decimals = decimals.rstrip("0")
        grouped = f"{int(whole):,}".replace(",", self._almanac.thousands)
        sign = _MINUS if number < 0 else ""
        return Shown(f"{sign}{grouped}{self._almanac.decimal_point}{decimals}" if decimals else sign + grouped)

    def percent(self, share: Decimal, places: int = 0, *, rounding: str = ROUND_HALF_UP) -> Shown:
        """A share as a percentage; what is nearly 1 is not rounded to 100 %."""
        step = Decimal(1).scaleb(-places)
        rounded = to_step(share * 100, step, rounding)
        if rounded == 100 and share != 1 and rounding == ROUND_HALF_UP:
            rounded = to_step(share * 100, step, ROUND_CEILING if share > 1 else ROUND_FLOOR)
        before, after = self._almanac.percent
        return Shown(f"{before}{self.number(rounded)}{after}")

    @property
    def decimal_comma(self) -> bool:
        """Whether decimals stand behind a comma, as spreadsheets of this language then look for `;` between cells."""
        return self._almanac.decimal_point == ","


@lru_cache(maxsize=4)
def translator(language: str) -> Language:
    """The language of that code; English for one that waveplan does not speak."""
    code = languages.language_meant(language) or languages.ENGLISH
    return Language(code, languages.compiled(code))
