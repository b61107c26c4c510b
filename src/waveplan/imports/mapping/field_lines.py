"""The lines of one record of a suggested mapping: its name, keys and fields, with words and units where needed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from waveplan.imports.mapping.fields import FieldType, field_type
from waveplan.imports.mapping.recognising import Guess, RecordGuess
from waveplan.imports.mapping.sampling import SampledColumn
from waveplan.imports.mapping.synonyms import SURE
from waveplan.imports.mapping.yaml_lines import YamlLines, scalar
from waveplan.imports.values import (
    AmbiguousCellError,
    DayEvidence,
    NumberEvidence,
    UnreadableCellError,
    folded,
    header_unit,
    is_unit,
    number_part,
    read_day,
    read_number,
    text_of,
    word_meant,
)

_MOST_WORDS = 30
_MANY_MEGABYTES: dict[str, Decimal] = {"memory": Decimal(1024), "size": Decimal(20_000)}
"""Sizes without a unit whose usual value is at least that much are rather MB than GB."""


class FieldLines:
    """Writes what a row makes."""

    def __init__(self, guess: RecordGuess, lines: YamlLines, say: Callable[..., str]) -> None:
        self._guess = guess
        self._lines = lines
        self.say = say

    def write(self) -> None:
        """All lines of the record."""
        guess, lines = self._guess, self._lines
        lines.add(6, f"- kind: {guess.kind}")
        if guess.when is not None:
            column, word = guess.when
            lines.add(8, f"when: {{{scalar(column.header)}: {scalar(word)}}}")
        if guess.name is not None:
            self._name(guess.name)
        if guess.keys:
            lines.add(8, "keys:")
            for key, each in guess.keys.items():
                lines.add(10, f"{key}: {_columns(each)}", self._sureness(each))
        if guess.fields:
            lines.add(8, "fields:")
        for path, each in sorted(guess.fields.items(), key=lambda item: item[1].columns[0].index):
            kind = field_type(guess.kind, path)
            if kind is not None:
                self._field(path, each, kind)
        for path, each in guess.doubtful.items():
            lines.comment(10, f"{path}: {_columns(each)}  # " + self.say("rows of one application differ"))

    def _name(self, name: Guess) -> None:
        column = name.columns[0]
        separator = _separator(column) if self._guess.kind == "application" else ""
        if separator and "servers" in self._guess.fields:
            self._lines.add(8, "name:")
            self._lines.add(10, f"column: {scalar(column.header)}", self._sureness(name))
            self._lines.add(10, f"split: {scalar(separator)}", self.say("several in one cell"))
        else:
            self._lines.add(8, f"name: {scalar(column.header)}", self._sureness(name))

    def _field(self, path: str, guess: Guess, kind: FieldType) -> None:
        more = self._more(guess, kind)
        if not more:
            said = self._sureness(guess)
            unit = header_unit(guess.columns[0].header)
            if kind.form in {"memory", "size", "size_tb", "speed", "hours"} and is_unit(unit):
                said = self.say("{said}; unit of the header: {unit}", said=said, unit=unit)
            self._lines.add(10, f"{path}: {_columns(guess)}", said)
            return
        self._lines.add(10, f"{path}:")
        one = guess.columns[0]
        if len(guess.columns) == 1:
            self._lines.add(12, f"column: {scalar(one.header)}", self._sureness(guess))
        else:
            self._lines.add(12, f"columns: {_columns(guess)}", self._sureness(guess))
        for text, said in more:
            if text:
                self._lines.add(12, text, said)
            else:
                self._lines.comment(12, said)

    def _more(self, guess: Guess, kind: FieldType) -> list[tuple[str, str]]:
        """What a field needs beside its column: lines with remarks, or remarks alone."""
        if len(guess.columns) > 1 and not kind.many:
            return [("combine: sum", self.say("all of them together")), *self._unit(guess, kind)]
        if kind.form == "choice" and kind.vocabulary is not None:
            return self._words(guess.columns[0], kind)
        if kind.form == "day":
            return self._order(guess.columns[0])
        return [*self._unit(guess, kind), *(self._decimal(guess.columns[0]) if kind.writes_numbers else [])]

    def _words(self, column: SampledColumn, kind: FieldType) -> list[tuple[str, str]]:
        """A map of the words that stand in the column, where it does not speak as the format does."""
        words = column.words()[:_MOST_WORDS]
        meant = {word: word_meant(word, kind.vocabulary) for word in words} if kind.vocabulary is not None else {}
        own = {word: found for word, found in meant.items() if found is not None and word != found}
        unknown = [word for word, found in meant.items() if found is None and not kind.open]
        lines = [("values:", self.say("look whether that is what is meant"))] if own else []
        lines += [(f"  {scalar(word)}: {found}", "") for word, found in own.items()]
        if unknown:
            shown = ", ".join(scalar(word) for word in unknown)
            template = "not known, to be added under values, or give 'otherwise': {words}"
            lines.append(("", self.say(template, words=shown)))
        return lines

    def _unit(self, guess: Guess, kind: FieldType) -> list[tuple[str, str]]:
        column = guess.columns[0]
        if kind.form not in _MANY_MEGABYTES or is_unit(header_unit(column.header)):
            return []
        numbers = sorted(number for cell in column.filled if (number := _bare_number(cell)) is not None)
        if not numbers:
            return []
        usual = numbers[len(numbers) // 2]
        values = {"value": str(usual)}
        if usual >= _MANY_MEGABYTES[kind.form]:
            return [("unit: MB", self.say("the header has none; values such as {value} look like MB", **values))]
        return [("unit: GB", self.say("the header has none; values such as {value} look like GB", **values))]

    def _decimal(self, column: SampledColumn) -> list[tuple[str, str]]:
        seen = NumberEvidence()
        for cell in column.filled:
            if isinstance(cell, str):
                seen.see_cell(number_part(cell))
        doubt = _doubt(column, lambda cell: read_number(number_part(cell), seen.possible))
        template = "{value} may mean two things: take the # away from the line below, with '.' or ','"
        return [("", self.say(template, value=doubt)), ("", "decimal: '.'")] if doubt else []

    def _order(self, column: SampledColumn) -> list[tuple[str, str]]:
        seen = DayEvidence()
        for cell in column.filled:
            seen.see_cell(cell)
        doubt = _doubt(column, lambda cell: read_day(cell, seen.possible))
        template = "{value} may mean two days: take the # away from the line below, with dmy or mdy"
        return [("", self.say(template, value=doubt)), ("", "date_order: dmy")] if doubt else []

    def _sureness(self, guess: Guess) -> str:
        likeness = guess.likeness
        if likeness.score == SURE:
            return self.say("sure")
        return self.say("{share} % like '{known}'", share=likeness.score, known=likeness.known)


def _columns(guess: Guess) -> str:
    if len(guess.columns) == 1:
        return scalar(guess.columns[0].header)
    return "[" + ", ".join(scalar(column.header) for column in guess.columns) + "]"


def _separator(column: SampledColumn) -> str:
    """What parts several names in the cells of a column, if anything does."""
    texts = [text_of(cell) for cell in column.filled]
    words = {folded(text) for text in texts}
    for separator in (";", "|", ","):
        several = [text for text in texts if separator in text]
        parts = {folded(part) for text in several for part in text.split(separator)}
        if several and (len(several) * 10 >= len(texts) or parts <= words):
            return separator
    return ""


def _bare_number(cell: object) -> Decimal | None:
    try:
        return read_number(cell)  # type: ignore[arg-type]
    except UnreadableCellError:
        return None


def _doubt(column: SampledColumn, read: Callable[..., object]) -> str:
    """The first cell that means two things, or nothing."""
    for cell in column.filled:
        try:
            read(cell)
        except AmbiguousCellError:
            return text_of(cell)
        except UnreadableCellError:
            continue
    return ""
