"""Which of several values becomes the field's: by field, then by source; a stale source yields to a fresh one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from waveplan.domain.precedence import FieldPrecedence, SourcePrecedence
from waveplan.imports.merging.normal_forms import fqdn_form, hostname_form
from waveplan.imports.merging.things import Claim, Ref, Settled, Value, Words, is_list
from waveplan.imports.records import Kind, Record

SECTIONS: Mapping[Kind, str] = {
    "site": "sites",
    "team": "teams",
    "server": "servers",
    "application": "applications",
    "service": "services",
    "link": "links",
}
GATHERED = frozenset(
    {
        ("server", "addresses"),
        ("server", "cluster"),
        ("application", "servers"),
        ("application", "user_sites"),
        ("application", "processes"),
        ("application", "data_classes"),
        ("service", "sites"),
        ("site", "languages"),
    }
)
"""Lists to which each source adds what it knows."""
_LAST = 1_000_000
NO_PRECEDENCE = SourcePrecedence(waveplan_precedence="1")


class Chooser:
    """Picks values by a precedence, as of a day."""

    def __init__(
        self, precedence: SourcePrecedence, dates: Mapping[str, dt.date | None], today: dt.date | None
    ) -> None:
        self._precedence = precedence
        self._order = {source.name: number for number, source in enumerate(precedence.sources)}
        self._modes = {source.name: source.mode for source in precedence.sources if source.mode}
        self._ranks: dict[tuple[Kind, str], dict[str, int]] = {}
        self.stale = frozenset(name for name, as_of in dates.items() if self._is_stale(name, as_of, today))

    def _is_stale(self, name: str, as_of: dt.date | None, today: dt.date | None) -> bool:
        named = next((each for each in self._precedence.sources if each.name == name), None)
        after = named.stale_after_days if named and named.stale_after_days else self._precedence.stale_after_days
        return after is not None and as_of is not None and today is not None and (today - as_of).days > after

    def choice(self, kind: Kind, path: str, said: Sequence[Claim]) -> Settled:
        """What the field becomes, of at least one value; whoever says the same as the choice is no other."""
        if len(said) == 1:
            return Settled(said[0], review=self._waits(kind, path, said[0]))
        first, *others = sorted(said, key=lambda each: self._rank(kind, path, each))
        if (kind, path) in GATHERED:
            first, others = _gathered(first, others)
        return Settled(first, tuple(_different(path, first.value, others)), self._waits(kind, path, first))

    def rank_of_source(self, kind: Kind, source: str, record: Record) -> tuple[object, ...]:
        """Whose name an entry bears: the less the better."""
        said = Claim(record.name, source, record.place, stale=source in self.stale)
        return self._rank(kind, "name", said)

    def _rank(self, kind: Kind, path: str, said: Claim) -> tuple[object, ...]:
        """The less the better; what a source assumed comes after what any says."""
        by_field = self._ranks.get((kind, path))
        if by_field is None:
            stated = self._of_field(kind, path)
            by_field = {name: number for number, name in enumerate(stated.sources)} if stated else {}
            self._ranks[kind, path] = by_field
        place = (by_field.get(said.source, _LAST), self._order.get(said.source, _LAST), said.source)
        is_short = path == "hostname" and "." not in str(said.value)
        return (said.stale, bool(said.assumed), is_short, *place, said.place, said.column, repr(said.value))

    def _of_field(self, kind: Kind, path: str) -> FieldPrecedence | None:
        fields = self._precedence.fields
        names = [f"{SECTIONS.get(kind, kind)}.{path}", path]
        head, dot, _ = path.partition(".")
        if dot:
            names += [f"{SECTIONS.get(kind, kind)}.{head}", head]
        return next((fields[name] for name in names if name in fields), None)

    def _waits(self, kind: Kind, path: str, said: Claim) -> bool:
        stated = self._of_field(kind, path)
        mode = stated.mode if stated else None
        return (mode or self._modes.get(said.source) or self._precedence.mode) == "review"


def _gathered(first: Claim, others: list[Claim]) -> tuple[Claim, list[Claim]]:
    """The elements of all fresh lists, the best source's first; stale ones stay beside it."""
    adding = [each for each in others if each.stale == first.stale]
    elements = dict.fromkeys(_elements(first.value))
    for each in adding:
        elements.update(dict.fromkeys(_elements(each.value)))
    whole = replace(first, value=tuple(elements))
    known = set(elements)
    return whole, [each for each in others if each.stale != first.stale and not known.issuperset(_elements(each.value))]


def _elements(value: Value) -> tuple[Words, ...]:
    return (value,) if isinstance(value, str | Ref) else value


def _different(path: str, value: Value, others: Iterable[Claim]) -> Iterable[Claim]:
    if path == "hostname":
        return (each for each in others if not _is_one_host(value, each.value))
    wanted = comparable(value)
    return (each for each in others if comparable(each.value) != wanted)


def _is_one_host(one: Value, other: Value) -> bool:
    """Whether two names of hosts are one: in full alike, or alike where one is short."""
    first, second = str(one), str(other)
    if first == second:
        return True
    if fqdn_form(first) and fqdn_form(second):
        return fqdn_form(first) == fqdn_form(second)
    return (hostname_form(first) or first) == (hostname_form(second) or second)


def comparable(value: Value) -> object:
    """A value as it compares: numbers by what they are worth, words without case and blanks at their ends."""
    if is_list(value):
        return frozenset(comparable(each) for each in value)
    if isinstance(value, str):
        text = value.strip()
        if text[:1].isdigit() and text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit():
            return Decimal(text).normalize()
        return text.casefold()
    return value
