"""What a source means by a name: its own things first, then what all sources together call so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from waveplan.imports.merging.normal_forms import address_form, folded, fqdn_form, hostname_form
from waveplan.imports.merging.things import Ref, Thing
from waveplan.imports.records import Kind

REFERENCES: Mapping[tuple[Kind, str], Kind] = {
    ("server", "site"): "site",
    ("server", "target"): "site",
    ("site", "target"): "site",
    ("application", "servers"): "server",
    ("application", "user_sites"): "site",
    ("application", "technical_owner"): "team",
    ("service", "technical_owner"): "team",
    ("service", "sites"): "site",
    ("link", "between"): "site",
}
IMPLIED: frozenset[Kind] = frozenset({"site", "team"})
"""Kinds of which a name alone makes an entry, where no record tells of it."""
_AMBIGUOUS = -1
_NAMING = frozenset({"name", "fqdn", "hostname", "address"})


class Lookup:
    """Names → entries."""

    def __init__(self, entries: Mapping[Kind, Sequence[Thing]]) -> None:
        self._own: dict[tuple[Kind, str, str], int] = {}
        self._all: dict[tuple[Kind, str], int] = {}
        for kind, of_kind in entries.items():
            for number, entry in enumerate(of_kind):
                self._learn(kind, number, entry)

    def _learn(self, kind: Kind, number: int, entry: Thing) -> None:
        for source, record in entry.records:
            for name in {folded(record.name), folded(record.keys.external)} - {""}:
                _note(self._own, (kind, source, name), number)
        for key in entry.keys:
            form, _, name = key.partition(":")
            if form in _NAMING:
                _note(self._all, (kind, name), number)

    def find(self, kinds: Iterable[Kind], source: str, name: str) -> tuple[Ref | None, bool]:
        """The entry of the first kind that bears the name, and whether several do."""
        word = folded(name)
        for kind in kinds:
            by_form = (self._all.get((kind, form)) for form in _forms(kind, word))
            for number in (self._own.get((kind, source, word)), *by_form):
                if number == _AMBIGUOUS:
                    return None, True
                if number is not None:
                    return Ref(kind, number), False
        return None, False


def _note(names: dict[Any, int], key: tuple[str, ...], number: int) -> None:
    names[key] = number if names.get(key, number) == number else _AMBIGUOUS


def _forms(kind: Kind, word: str) -> Iterable[str]:
    yield word
    if kind == "server":
        yield address_form(word)
        if fqdn_form(word):
            yield hostname_form(word)
