"""Puts together what several rows say of one thing, and says where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from waveplan.domain.findings import Phrase
from waveplan.imports.forms.telling import Telling
from waveplan.imports.harvest import Harvest
from waveplan.imports.records import Given, Keys, Kind, Record, Scalar, located
from waveplan.imports.tables.model import RowPlace

ONCE_MORE = Phrase("a row before it tells of the same thing")
NAMELESS = Phrase("the row names nothing")


@dataclass(slots=True)
class RecordDraft:
    """A record that is still put together."""

    kind: Kind
    name: str
    place: RowPlace
    given: dict[str, Given] = field(default_factory=dict)
    keys: Keys = field(default_factory=Keys)
    stated: bool = False  # by a row of its own, rather than only named by others
    _several: dict[str, dict[Scalar, None]] = field(default_factory=dict)  # fields that grow, each value once
    _columns: dict[str, int] = field(default_factory=dict)

    def add(self, path: str, values: Iterable[Scalar], column: int = 0) -> bool:
        """Add to a field of several values; whether any of them is new."""
        known = self._several.setdefault(path, {})
        before = len(known)
        known.update(dict.fromkeys(values))
        self._columns.setdefault(path, column)
        return len(known) > before

    def several(self, path: str) -> tuple[Scalar, ...]:
        """The values of a field of several."""
        return tuple(self._several.get(path, ()))

    def replace(self, path: str, values: Iterable[Scalar]) -> None:
        """Have these values in a field of several, and no others."""
        if path in self._several:
            self._several[path] = dict.fromkeys(values)

    def put(self, path: str, value: Scalar, column: int = 0, assumed: str = "") -> None:
        """Give a field its value, unless it has one."""
        self.given.setdefault(path, Given(value, column, assumed))

    def take(self, other: RecordDraft) -> None:
        """Take over what another one says and this one does not."""
        for path, given in other.given.items():
            self.given.setdefault(path, given)
        for path in other._several:
            self.add(path, other.several(path), other._columns[path])
        self.keys = self.keys.with_those_of(other.keys)

    @property
    def record(self) -> Record:
        """The record as it stands; a label of one value is no list. A source without ids tells by names."""
        given = dict(self.given)
        for path in self._several:
            values = tuple(dict.fromkeys((*_values(given.get(path)), *self.several(path))))
            is_single = path.startswith("labels.") and len(values) == 1
            if values:
                given[path] = Given(values[0] if is_single else values, self._columns[path])
        keys = self.keys
        if not keys.external and self.kind in {"server", "application"}:
            keys = replace(keys, external=self.name)
        return Record(self.kind, self.name, self.place, given, keys)


class Register:
    """All that a source tells of, by kind and name; names differ in more than blanks and capitals."""

    def __init__(self, harvest: Harvest, telling: Telling) -> None:
        self._harvest = harvest
        self._telling = telling
        self._drafts: dict[tuple[Kind, str], RecordDraft] = {}
        self._aliases: dict[tuple[Kind, str], tuple[Kind, str]] = {}  # what turned out to be something else
        self._spelt: set[tuple[Kind, str]] = set()  # names as they were written, blanks and all

    def find(self, kind: Kind, name: str) -> RecordDraft | None:
        """What is known under a name."""
        return self._drafts.get(self._key(kind, name))

    def refer(self, kind: Kind, name: str, place: RowPlace) -> RecordDraft:
        """What is known under a name; something new where there is nothing yet."""
        draft = self.find(kind, name)
        if draft is None:
            draft = self._drafts[kind, same(name)] = RecordDraft(kind, one_line(name), place)
        elif (kind, name) not in self._spelt and same(name) == same(draft.name):
            self._say_spelt(draft, name, place)
        self._spelt.add((kind, name))
        return draft

    def state(
        self, kind: Kind, name: str, place: RowPlace, given: Mapping[str, Given], keys: Keys | None = None
    ) -> RecordDraft | None:
        """Take a row that tells of one thing, and account for it; None where it names nothing."""
        if not one_line(name):
            self._harvest.accounts.tell(place, "skipped", NAMELESS)
            return None
        draft = self.refer(kind, name, place)
        if draft.stated:
            self._merge(draft, given, keys or Keys(), place)
            return draft
        draft.stated, draft.place = True, place
        draft.keys = (keys or Keys()).with_those_of(draft.keys)
        for path, each in given.items():
            if isinstance(each.value, tuple):
                draft.add(path, each.value, each.column)
            else:
                draft.given[path] = each
        self._harvest.accounts.tell(place, "imported")
        return draft

    def depend(self, consumer: str, provider: str, place: RowPlace, given: Mapping[str, Given] | None = None) -> bool:
        """Take a dependency of one application on another; whether it is new."""
        key = ("dependency", f"{same(consumer)}\n{same(provider)}")
        if key in self._drafts:
            return False
        ends = {"consumer": Given(one_line(consumer)), "provider": Given(one_line(provider))}
        name = f"{one_line(consumer)} → {one_line(provider)}"
        self._drafts["dependency", key[1]] = RecordDraft(
            "dependency", name, place, {**ends, **(given or {})}, stated=True
        )
        return True

    def unite(self, kind: Kind, name: str, other: str, place: RowPlace) -> bool:
        """Say that two are one, under the first name; what the first does not say is taken from the other."""
        kept, gone = self.refer(kind, name, place), self.find(kind, other)
        if kept is gone:
            return False
        gone_key = self._key(kind, other)
        self._aliases[gone_key] = self._key(kind, name)
        if gone is not None:
            del self._drafts[gone_key]
            kept.take(gone)
        return True

    def _key(self, kind: Kind, name: str) -> tuple[Kind, str]:
        """Under what a name is kept: its own, or that of what it turned out to be."""
        key = (kind, same(name))
        while key in self._aliases:
            key = self._aliases[key]
        return key

    def all(self, kind: Kind) -> list[RecordDraft]:
        """All of a kind, in the order in which they were named."""
        return [draft for draft in self._drafts.values() if draft.kind == kind]

    def end(self) -> None:
        """Hand over what was put together; an application is of the environment that all its servers are of."""
        for application in self.all("application"):
            servers = [self.find("server", str(name)) for name in application.several("servers")]
            application.replace("servers", [server.name for server in servers if server])
            self._conclude_environment(application)
        self._harvest.records.extend(draft.record for draft in self._drafts.values())
        self._telling.end()

    def _conclude_environment(self, application: RecordDraft) -> None:
        servers = [self.find("server", str(name)) for name in application.several("servers")]
        given = {server.given.get("environment") for server in servers if server}
        words = {str(each.value) if each else "" for each in given}
        if len(words) == 1 and "" not in words:
            application.put("environment", words.pop(), assumed="as all its servers")

    def _merge(self, draft: RecordDraft, given: Mapping[str, Given], keys: Keys, place: RowPlace) -> None:
        row = draft.place.row
        for path, each in given.items():
            before = draft.given.get(path)
            if isinstance(each.value, tuple):
                draft.add(path, each.value, each.column)
            elif before is None:
                draft.given[path] = replace(each, column=0)
            elif before.value != each.value:
                values = {"name": draft.name, "field": path, "kept": str(before.value), "other": str(each.value)}
                self._telling.note(
                    "WP533",
                    located(place, each.column),
                    "'{name}': {field} is '{kept}' in row {row} and '{other}' here; the first one is kept",
                    {**values, "row": row},
                )
        draft.keys = draft.keys.with_those_of(keys)
        self._harvest.accounts.tell(place, "merged", ONCE_MORE)

    def _say_spelt(self, draft: RecordDraft, name: str, place: RowPlace) -> None:
        values = {"name": name, "other": draft.name, "row": draft.place.row}
        template = "'{name}' and '{other}' of row {row} differ only in blanks or capitals; they are taken for one"
        self._telling.note("WP517", located(place), template, values)


def _values(given: Given | None) -> tuple[Scalar, ...]:
    if given is None:
        return ()
    return given.value if isinstance(given.value, tuple) else (given.value,)


def one_line(name: str) -> str:
    """A name without stray blanks."""
    return " ".join(name.split())


def same(name: str) -> str:
    """A name by which others are compared."""
    return one_line(name).casefold()
