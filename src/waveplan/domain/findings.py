"""Findings: one problem each, as data; text comes last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from waveplan.domain.excess import Excess

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; lines and columns count from 1. In a sheet, lines are its rows."""

    file: str
    line: int = 1
    column: int = 1
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}:{self.sheet}!{column_letters(self.column)}{self.line}"
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def entry(self) -> dict[str, str | int]:
        """The place as data; of a sheet its name too."""
        spot: dict[str, str | int] = {"file": self.file, "line": self.line, "column": self.column}
        return {**spot, "sheet": self.sheet} if self.sheet else spot


def column_letters(column: int) -> str:
    """A column as spreadsheets name it: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem.

    `template` is an English sentence with `{placeholders}` filled from `values`, so that it can be translated;
    `path` leads to the spot in its document (`("applications", 3, "servers", 0)`), and whoever knows the files
    turns it into `location`. `document` tells whether that path is in the inventory, in the plan or in the actuals.
    """

    code: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    severity: Severity = "error"
    subjects: tuple[str, ...] = ()
    path: Path = ()
    document: Literal["inventory", "plan", "actuals"] = "inventory"
    location: Location | None = None
    about: tuple[Path, ...] = ()  # entries that together make it, where there are several
    hint: str = ""
    hint_values: Mapping[str, Any] = field(default_factory=dict, hash=False)
    excess: Excess | None = None  # of a rule that limits an amount: what is used, and by whom

    @property
    def message(self) -> str:
        """The English sentence."""
        return fill(self.template, self.values)

    @property
    def advice(self) -> str:
        """The English hint, or nothing."""
        return fill(self.hint, self.hint_values)

    def at(self, location: Location) -> Finding:
        """The same finding with its place."""
        return replace(self, location=location)

    @property
    def sort_key(self) -> tuple[object, ...]:
        """By place, then code and text: the order in which findings are shown."""
        place = self.location or Location("", 0, 0)
        return (place, self.code, self.subjects, self.message)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence inside a finding's sentence, kept apart so that it can be translated too."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        """By its words too: thousands of one template are told apart."""
        return hash((self.template, frozenset(each for each in self.values.values() if isinstance(each, str | Phrase))))

    def __str__(self) -> str:
        return fill(self.template, self.values)


@dataclass(frozen=True, slots=True)
class Named:
    """A name inside a finding's sentence that each language has of its own; `name` where it has none."""

    name: str
    by_language: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that waveplan wrote in English into a file, and that people read in their language."""

    text: str

    def __str__(self) -> str:
        return str(printable(self.text))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several phrases, shown one after the other."""

    parts: tuple[Phrase, ...]

    def __str__(self) -> str:
        return "; ".join(str(part) for part in self.parts)


def fill(template: str, values: Mapping[str, Any]) -> str:
    """Fill a sentence's placeholders; without values it is taken as it stands."""
    return template.format(**{name: printable(value) for name, value in values.items()}) if values else template


def printable(value: object) -> object:
    """Text with control characters escaped, so that input never drives a terminal; numbers stay as they are."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of error severity."""
    return any(finding.severity == "error" for finding in findings)
