"""What a sheet holds, and which columns fill which fields, as far as headers and values tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from waveplan.imports.mapping.fields import FieldType, field_type
from waveplan.imports.mapping.sampling import SampledColumn, SampledSheet
from waveplan.imports.mapping.synonyms import SURE, Likeness, Target, is_named_after, known_kinds, likenesses
from waveplan.imports.mapping.uses import KEY_TYPES
from waveplan.imports.records import Kind
from waveplan.imports.values import folded, word_meant, word_of

_SEVERAL = {Target("fields", "addresses"), Target("fields", "disk_gb"), Target("keys", "macs")}
_LEAST_READABLE = 0.6
_NAMED_AFTER, _NAMES_ITSELF, _BOTH_ENDS = 4.0, 3.0, 4.0
_MANY = 3  # columns of one kind of thing make a sheet of it, whatever else it has
_MOSTLY = 0.9
_KIND_WORDS = {"application": "application", "app": "application", "appli": "application", "service": "service"}
_MOST_AGREE = 0.95  # of applications that several rows name: so many have one value of a field that is theirs


@dataclass(slots=True)
class Guess:
    """Columns for one target, and how sure that is."""

    columns: list[SampledColumn]
    likeness: Likeness


@dataclass(slots=True)
class RecordGuess:
    """What a row makes, as far as it is recognised."""

    kind: Kind
    name: Guess | None = None
    keys: dict[str, Guess] = field(default_factory=dict)
    fields: dict[str, Guess] = field(default_factory=dict)
    doubtful: dict[str, Guess] = field(default_factory=dict)  # recognised, but rows of one thing differ
    when: tuple[SampledColumn, str] | None = None
    score: float = 0.0

    @property
    def used(self) -> set[int]:
        """Indexes of its columns."""
        named = [self.name] if self.name else []
        guesses = [*named, *self.keys.values(), *self.fields.values(), *self.doubtful.values()]
        found = {column.index for guess in guesses for column in guess.columns}
        return found | ({self.when[0].index} if self.when else set())

    @property
    def makes_something(self) -> bool:
        """Whether it has what such a record needs."""
        if self.kind == "dependency":
            return {"consumer", "provider"} <= set(self.fields)
        return self.name is not None


def recognised(sheet: SampledSheet) -> list[RecordGuess]:
    """What the rows of a sheet make: nothing where it is not understood."""
    guesses = [_of_kind(sheet, kind) for kind in known_kinds() if kind != "link"]
    best = max((each for each in guesses if each.makes_something), key=lambda each: each.score, default=None)
    if best is None or not _is_likely(best, sheet):
        return []
    if best.kind in {"server", "application"}:
        together = _server_with_application(sheet, guesses)
        if together:
            return together
    return list(_by_kind_column(sheet, best))


def _is_likely(guess: RecordGuess, sheet: SampledSheet) -> bool:
    """Whether a sheet holds such things, and does not only speak of them among others."""
    understood = len(guess.used)
    if guess.kind == "dependency" or is_named_after(sheet.name, guess.kind):
        return True
    if understood > _MANY or understood * 2 >= len(sheet.columns):
        return True
    if guess.name is None or not _is_named_surely(guess):
        return False
    words = guess.name.columns[0].filled
    return guess.kind == "server" or len(guess.name.columns[0].words()) >= _MOSTLY * len(words)


def _of_kind(
    sheet: SampledSheet, kind: Kind, taken: frozenset[int] = frozenset(), *, of_others: bool = False
) -> RecordGuess:
    """What a sheet says of things of a kind; `of_others`: its rows are other things, which name these."""
    guess = RecordGuess(kind)
    free = [column for column in sheet.columns if column.index not in taken]
    offers = sorted(
        ((each, column) for column in free for each in likenesses(column.header, kind)),
        key=lambda offer: (offer[0].sort_key, offer[1].index),
    )
    used: set[int] = set()
    if kind not in {"dependency", "link"}:
        guess.name = _name(offers, sheet, ("name", "names") if of_others else ("name", "any_name"))
        used |= {column.index for column in guess.name.columns} if guess.name else set()
    for likeness, column in offers:
        target = likeness.target
        kept = guess.keys if target.part == "keys" else guess.fields
        if target.part not in {"keys", "fields"} or column.index in used or not _fits(column, kind, target):
            continue
        if target.field not in kept:
            kept[target.field] = Guess([column], likeness)
            used.add(column.index)
        elif target in _SEVERAL and likeness.score == SURE and kept[target.field].likeness.score == SURE:
            kept[target.field].columns.append(column)
            used.add(column.index)
    for each in (*guess.keys.values(), *guess.fields.values()):
        each.columns.sort(key=lambda column: column.index)
    guess.score = _score(guess, sheet)
    return guess


def _name(offers: list[tuple[Likeness, SampledColumn]], sheet: SampledSheet, parts: tuple[str, str]) -> Guess | None:
    """The column that tells things apart: one that says what they are before a plain `name`, a filled one first."""
    named = [offer for part in parts for offer in offers if offer[0].target.part == part and not _counts(offer[1])]
    named.sort(key=lambda offer: (offer[0].score < SURE, offer[0].target.part != parts[0]))
    filled = [offer for offer in named if not sheet.rows or len(offer[1].filled) * 2 >= sheet.rows]
    best = next(iter(filled or named), None)
    return None if best is None else Guess([best[1]], best[0])


def _counts(column: SampledColumn) -> bool:
    """Whether it holds numbers of things rather than their names."""
    words = column.words()
    is_id = {"id", "code", "identifiant", "identifier", "number", "numero"} & set(folded(column.header).split())
    return bool(words) and not is_id and all(_is_number(word) for word in words)


def _fits(column: SampledColumn, kind: Kind, target: Target) -> bool:
    """Whether its values are such as the target takes."""
    taken = KEY_TYPES[target.field] if target.part == "keys" else field_type(kind, target.field)
    if taken is None:
        return False
    if taken.form == "choice" and not taken.open:
        return _speaks(column, taken)
    if taken.many and taken.form == "word" and column.filled:
        return not all(_is_number(word) for word in column.words())
    return column.readable(taken) >= _LEAST_READABLE


def _speaks(column: SampledColumn, taken: FieldType) -> bool:
    """Whether it uses few words, some of which are known."""
    words = column.words()
    vocabulary = taken.vocabulary
    known = [word for word in words if vocabulary is not None and word_meant(word, vocabulary) is not None]
    return not words or (bool(known) and len(words) <= 40)


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).isdigit()


def _score(guess: RecordGuess, sheet: SampledSheet) -> float:
    score = sum(each.likeness.score / SURE for each in (*guess.fields.values(), *guess.keys.values()))
    if guess.name is not None:
        score += (
            (_NAMES_ITSELF if guess.name.likeness.target.part == "name" else 1.0) * guess.name.likeness.score / SURE
        )
    if guess.kind == "dependency" and guess.makes_something:
        score += _BOTH_ENDS
    return score + (_NAMED_AFTER if is_named_after(sheet.name, guess.kind) else 0.0)


def _server_with_application(sheet: SampledSheet, guesses: list[RecordGuess]) -> list[RecordGuess]:
    """Servers that name their application, or the other way round: a row makes both. Empty where it does not."""
    server = next(each for each in guesses if each.kind == "server")
    application = _of_kind(sheet, "application", of_others=True)
    if not (_is_named_surely(server) and _is_named_surely(application)):
        return []
    if server.name is None or application.name is None or server.name.columns == application.name.columns:
        return []
    taken = frozenset(server.used) - {application.name.columns[0].index}
    hosted = _of_kind(sheet, "application", taken, of_others=True)
    hosted.name = application.name
    for path, guess in application.fields.items():
        if path in {"environment", "verified_on"} and path in server.fields:
            hosted.fields.setdefault(path, guess)
    server.fields = {path: guess for path, guess in server.fields.items() if not _same(guess, application.name)}
    for path, guess in list(hosted.fields.items()):
        if not _is_of_application(path, guess, hosted.name):
            hosted.doubtful[path] = hosted.fields.pop(path)
    hosted.fields["servers"] = server.name
    return [server, hosted]


def _same(one: Guess, other: Guess) -> bool:
    return one.columns[0].index == other.columns[0].index


def _is_named_surely(guess: RecordGuess) -> bool:
    return (
        guess.name is not None and guess.name.likeness.score == SURE and guess.name.likeness.target.part != "any_name"
    )


def _is_of_application(path: str, guess: Guess, name: Guess) -> bool:
    """Whether rows that name the same application say the same of it; lists may grow with every row."""
    taken = field_type("application", path)
    if taken is not None and taken.many:
        return True
    said: dict[str, set[str]] = {}
    for name_cell, cell in zip(name.columns[0].cells, guess.columns[0].cells, strict=True):
        key, word = word_of(name_cell), word_of(cell)
        if key is not None and word is not None:
            said.setdefault(folded(key), set()).add(folded(word))
    return not said or sum(len(each) == 1 for each in said.values()) >= _MOST_AGREE * len(said)


def _by_kind_column(sheet: SampledSheet, best: RecordGuess) -> Iterator[RecordGuess]:
    """A sheet of applications and services together, told apart by a column of kinds."""
    column = next((each for each in sheet.columns if _tells_kinds(each)), None)
    if best.kind not in {"application", "service"} or column is None:
        yield best
        return
    for kind in ("application", "service"):
        word = next((word for word in column.words() if _KIND_WORDS.get(folded(word)) == kind), None)
        if word is not None:
            guess = _of_kind(sheet, kind, frozenset({column.index}))
            guess.name = guess.name or best.name
            guess.when = (column, word)
            yield guess


def _tells_kinds(column: SampledColumn) -> bool:
    words = column.words()
    kinds = {_KIND_WORDS.get(folded(word)) for word in words}
    return bool(words) and None not in kinds and folded(column.header) in {"kind", "type", "nature", "genre", "sorte"}
