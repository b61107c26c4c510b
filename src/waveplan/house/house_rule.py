"""One rule of the house: a function over the facts of a plan, and what becomes of what it says, or of its failure."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Any

from waveplan.checking.facts import Facts
from waveplan.checking.placed import PlacedLot, PlacedWave
from waveplan.domain.catalogue import is_house_code
from waveplan.domain.findings import Finding, Location, Path, Severity

About = PlacedWave | PlacedLot | None


@dataclass(frozen=True, slots=True)
class Breach:
    """One violation: what it is about, and a sentence whose placeholders are filled from `values`."""

    about: About
    sentence: str
    values: Mapping[str, Any]


def breach(about: About, sentence: str, **values: object) -> Breach:
    """What a rule of the house yields for each violation: a wave or a lot, or None for the plan, and a sentence.

    Numbers are shown as such, all else as text. Raises ValueError for a placeholder without a value.
    """
    _refuse_gaps(sentence, values)
    shown = {name: value if isinstance(value, int | Decimal) else str(value) for name, value in values.items()}
    return Breach(about, sentence, shown)


def _refuse_gaps(sentence: str, values: Mapping[str, object]) -> None:
    for _, name, _, _ in Formatter().parse(sentence) if values else ():
        if name is not None and name not in values:
            raise ValueError(f"{sentence!r} has {{{name}}}, and no value of that name is given")


Search = Callable[[Facts], Iterable[Breach] | None]


@dataclass(frozen=True, slots=True)
class HouseRule:
    """A rule that was asked for; called with the facts of a plan it gives findings, and never raises."""

    code: str
    search: Search
    severity: Severity
    hint: str

    @property
    def file(self) -> str:
        """The file in which it is written."""
        return self.search.__code__.co_filename

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Its violations; where it fails, a finding that says so with file and line."""
        try:
            for found in self.search(facts) or ():
                if not isinstance(found, Breach):
                    raise TypeError(f"a rule yields breach(…), not {type(found).__name__}")
                yield self._finding(found, facts)
        except Exception as error:  # noqa: BLE001  (whatever somebody else's code does, the check goes on)
            yield self._failure(error)

    def _finding(self, found: Breach, facts: Facts) -> Finding:
        _refuse_gaps(self.hint, found.values)
        subjects, path = _place(found.about, facts)
        return Finding(
            self.code,
            found.sentence,
            found.values,
            severity=self.severity,
            subjects=subjects,
            path=path,
            document="plan",
            hint=self.hint,
            hint_values=found.values,
        )

    def _failure(self, error: Exception) -> Finding:
        return Finding(
            self.code,
            "rule {rule} of the house failed, and says nothing more of this plan: {error}",
            {"rule": self.search.__name__, "error": told(error)},
            document="plan",
            location=fault_place(error, self.file) or Location(self.file, self.search.__code__.co_firstlineno),
            hint="mend the rule at this line",
        )


def _place(about: About, facts: Facts) -> tuple[tuple[str, ...], Path]:
    if about is None:
        return (), ()
    if isinstance(about, PlacedLot):
        wave = facts.wave_of[about.items[0].id]
        return (wave.id, about.id, *(item.id for item in about.items)), about.path
    return (about.id,), about.path


def told(error: BaseException) -> str:
    """An error in one line: its kind and what it says."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def fault_place(error: BaseException, file: str) -> Location | None:
    """The last line of a file that led to an error; none when the error has nothing to do with that file."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return Location(file, lines[-1] or 1) if lines else None


def rule(code: str, *, hint: str = "", severity: Severity = "error") -> Callable[[Search], HouseRule]:
    """Makes a rule of the house of a function over facts; `code` is HR and three digits, the house's own.

    Raises ValueError for another code or another severity than error and warning.
    """
    if not is_house_code(code):
        raise ValueError(f"{code!r} is no code of a house rule: HR and three digits, like HR001")
    if severity not in {"error", "warning"}:
        raise ValueError(f"{severity!r} is no severity: error or warning")
    return lambda search: HouseRule(code, search, severity, hint)
