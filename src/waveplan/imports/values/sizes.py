"""Sizes, speeds and times with their units, in the cell or in the column's header.

Disks and transfers count a GB as 10⁹ bytes, as the format does: 1 GiB of disk is 1.073742 GB. Memory is made and sold
in powers of two whatever its label says: 16384 MB, 16384 MiB and 16 Go of memory all are `ram_gb: 16`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from waveplan.imports.tables.model import CellValue
from waveplan.imports.values.numbers import DECIMAL_MARKS, DecimalMark, amount, read_number
from waveplan.imports.values.refusals import UnreadableCellError, quoted
from waveplan.imports.values.texts import folded, is_empty, text_of

_LETTERS = "kmgtp"
_LONG = {
    "kilo": "k",
    "mega": "m",
    "giga": "g",
    "tera": "t",
    "peta": "p",
    "kibi": "k",
    "mebi": "m",
    "gibi": "g",
    "tebi": "t",
}


@dataclass(frozen=True, slots=True)
class SizeUnit:
    """A unit of data: the power of a thousand, or of 1024."""

    power: int
    binary: bool = False

    @property
    def gigabytes(self) -> Decimal:
        """One of it in GB of 10⁹ bytes."""
        return Decimal(1024 if self.binary else 1000) ** self.power / Decimal(10) ** 9

    @property
    def memory_gigabytes(self) -> Decimal:
        """One of it in GB as memory is counted: each step is 1024."""
        return Decimal(1024) ** self.power / Decimal(1024) ** 3


GB, MB, MIB, TB = SizeUnit(3), SizeUnit(2), SizeUnit(2, True), SizeUnit(4)


def _size_units() -> dict[str, SizeUnit]:
    found = dict.fromkeys(("b", "o", "byte", "bytes", "octet", "octets"), SizeUnit(0))
    for power, letter in enumerate(_LETTERS, start=1):
        for ending in ("b", "o", "byte", "bytes", "octet", "octets"):
            found[f"{letter}{ending}"] = SizeUnit(power)
            found[f"{letter}i{ending}"] = SizeUnit(power, True)
        found[letter] = SizeUnit(power)
    for word in _LONG:
        unit = SizeUnit(_LETTERS.index(word[0]) + 1, binary=word.endswith("bi"))
        found |= dict.fromkeys((f"{word}{ending}" for ending in ("byte", "bytes", "octet", "octets")), unit)
    return found


_SIZES = _size_units()
_SPEEDS = {
    f"{letter}{ending}": Decimal(1000) ** power / Decimal(10) ** 9
    for power, letter in enumerate(_LETTERS, start=1)
    for ending in ("bps", "bits", "bit", "b", "b s", "bit s", "bits s")
}
_HOURS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "heure", "heures"), Decimal(1)),
    **dict.fromkeys(("m", "mn", "min", "mins", "minute", "minutes"), Decimal(1) / 60),
    **dict.fromkeys(("s", "sec", "second", "seconds", "seconde", "secondes"), Decimal(1) / 3600),
    **dict.fromkeys(("d", "day", "days", "j", "jour", "jours"), Decimal(24)),
    **dict.fromkeys(("w", "week", "weeks", "semaine", "semaines"), Decimal(168)),
}
_WITH_UNIT = re.compile(r"(?P<number>[+-]?[0-9][0-9.,\s'\u2019\u00a0\u202f]*)(?P<unit>[^\W\d_][\w/. ]{0,16})?\Z")
_CLOCK = re.compile(r"([0-9]{1,4})\s*[h:]\s*([0-5][0-9])(?:\s*(?:mn|min|:[0-5][0-9]))?\Z", re.IGNORECASE)
_IN_HEADER = re.compile(
    r"[\[(]\s*(?:in\s+|en\s+)?([^\[\]()]{1,16}?)\s*[\])]\s*\Z|(?:\A|[\s_\-/.,:])(?:(?:in|en)\s+)?([^\W\d_]{1,12})\s*\Z",
    re.IGNORECASE,
)


def size_unit(word: str) -> SizeUnit | None:
    """The unit of data that a word names, in English or French: MB, MiB, Go, octets."""
    return _SIZES.get(folded(word))


def header_unit(header: str) -> str:
    """The word at a header's end that may be its unit: "Memory (In MB)" → "MB", "Taille disque To" → "To"."""
    match = _IN_HEADER.search(" ".join(header.split()))
    return (match[1] or match[2]) if match else ""


def header_size_unit(header: str) -> SizeUnit | None:
    """The unit of data in a column's header, if there is one."""
    return size_unit(header_unit(header))


def without_unit(header: str) -> str:
    """A header without the unit at its end: "RAM (Go)" → "RAM"; one that is nothing but a unit stays."""
    match = _IN_HEADER.search(header)
    if match is None or not is_unit(match[1] or match[2]):
        return header
    return header[: match.start()].strip(" _-/.,:") or header


def is_unit(word: str) -> bool:
    """Whether a word is a unit of data, of speed or of time."""
    name = folded(word)
    return name in _SIZES or name in _SPEEDS or name in _HOURS


def read_gigabytes(
    cell: CellValue, unit: SizeUnit = GB, marks: Collection[DecimalMark] = DECIMAL_MARKS
) -> Decimal | None:
    """A size in GB of 10⁹ bytes; a unit in the cell comes before the column's. Raises UnreadableCellError."""
    found = _sized(cell, unit, marks)
    return None if found is None else amount(found[0] * found[1].gigabytes, cell)


def read_memory(cell: CellValue, unit: SizeUnit = GB, marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A size of memory in GB, each of 1024 MB whatever the label. Raises UnreadableCellError."""
    found = _sized(cell, unit, marks)
    return None if found is None else amount(found[0] * found[1].memory_gigabytes, cell)


def _sized(cell: CellValue, unit: SizeUnit, marks: Collection[DecimalMark]) -> tuple[Decimal, SizeUnit] | None:
    if is_empty(cell):
        return None
    number, word = _parted(cell)
    own = size_unit(word) if word else unit
    if own is None:
        raise UnreadableCellError("{shown} has a unit that is not known", shown=quoted(text_of(cell)))
    read = read_number(number, marks)
    return None if read is None else (read, own)


def read_gbps(cell: CellValue, unit: str = "Gbps", marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A speed in gigabits per second. Raises UnreadableCellError."""
    return _measured(cell, unit, _SPEEDS, marks)


def read_hours(cell: CellValue, unit: str = "h", marks: Collection[DecimalMark] = DECIMAL_MARKS) -> Decimal | None:
    """A length of time in hours: 4, 4 h, 4h30, 01:30, 30 min, 2 jours (of 24 hours). Raises UnreadableCellError."""
    clock = _CLOCK.match(text_of(cell))
    if clock:
        return amount(Decimal(clock[1]) + Decimal(clock[2]) / 60, cell)
    return _measured(cell, unit, _HOURS, marks)


def _measured(
    cell: CellValue, unit: str, factors: dict[str, Decimal], marks: Collection[DecimalMark]
) -> Decimal | None:
    if is_empty(cell):
        return None
    number, word = _parted(cell)
    factor = factors.get(folded(word or unit))
    if factor is None:
        raise UnreadableCellError("{shown} has a unit that is not known", shown=quoted(text_of(cell)))
    read = read_number(number, marks)
    return None if read is None else amount(read * factor, cell)


def number_part(cell: CellValue) -> CellValue:
    """A cell without the unit after its number, for those who learn how a column writes numbers."""
    return _parted(cell)[0]


def _parted(cell: CellValue) -> tuple[CellValue, str]:
    """A cell's number, and the unit that follows it."""
    match = _WITH_UNIT.match(text_of(cell)) if isinstance(cell, str) else None
    return (match["number"].strip(), (match["unit"] or "").strip()) if match else (cell, "")
