"""Relations between items, in one direction, and what they say of items of which nobody says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from waveplan.imports.forms.collecting import Collection
from waveplan.imports.forms.form import words_of
from waveplan.imports.forms.lines import SheetLine
from waveplan.imports.forms.register import same
from waveplan.imports.forms.telling import listed
from waveplan.imports.records import located
from waveplan.imports.sources.servicenow.classes import Nature, nature_of
from waveplan.imports.sources.servicenow.items import ListedItem, ListedItems
from waveplan.imports.values import folded

Verb = Literal["hosted", "same", "depends", "connects", "contains", "members"]
_VERBS: dict[str, Verb] = {verb: verb for verb in ("hosted", "same", "depends", "connects", "contains", "members")}
_INVERSE: dict[str, Verb] = {
    "hosts": "hosted",
    "same_other": "same",
    "depended": "depends",
    "connected": "connects",
    "contained": "contains",
    "member": "members",
}
_SYS_ID = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True, slots=True)
class Relation:
    """`one` is hosted on, is the same as, depends on, connects to, contains, or has as its member, `other`."""

    verb: Verb
    one: str
    other: str
    line: SheetLine
    is_data: bool  # what flows is said to be data, from `other` to `one`
    natures: tuple[Nature, Nature]


class Relations:
    """The relations of the files."""

    def __init__(self, collection: Collection, items: ListedItems) -> None:
        self._collection = collection
        self._items = items
        self._lines: list[SheetLine] = []
        self.all: list[Relation] = []
        self.kinds: dict[str, Nature] = {}  # concluded ones, by name

    def hear(self, line: SheetLine) -> None:
        """Keep a row until all items are known."""
        self._lines.append(line)

    def conclude(self) -> None:
        """Read all rows, and conclude from their patterns what items are of which nobody says it."""
        self.all = [relation for line in self._lines if (relation := self._read(line))]
        self._conclude_hosting()
        for _ in range(4):  # what follows from what was concluded
            before = len(self.kinds)
            for relation in self.all:
                self._conclude(relation)
            if len(self.kinds) == before:
                break
        self._tell_concluded()

    def natures_of(self, relation: Relation) -> tuple[Nature, Nature]:
        """What both ends are, as far as anybody knows."""
        one, other = relation.natures
        return one or self.kinds.get(same(relation.one), ""), other or self.kinds.get(same(relation.other), "")

    def _read(self, line: SheetLine) -> Relation | None:
        ends = [self._end(line, end) for end in ("parent", "child")]
        if not ends[0].name or not ends[1].name:
            self._collection.skip(line.place, "one end of the relation is not named")
            return None
        for item in ends:
            if item.why_not:
                self._collection.skip(line.place, "one of its ends is not imported: {why}", why=item.why_not)
                return None
        found = verb_of(line.word("@type"))
        if found is None:
            self._say_unknown(line)
            return None
        verb, is_swapped, is_data = found
        one, other = reversed(ends) if is_swapped else ends
        return Relation(verb, one.name, other.name, line, is_data, (one.nature, other.nature))

    def _end(self, line: SheetLine, end: str) -> ListedItem:
        """An end as an item; its name where only the sys_id stands there, its class where the row gives it."""
        name, kind = line.word(f"@{end}"), line.word(f"@{end}_class")
        found = self._items.find(name, line.word(f"@{end}_id").casefold(), kind)
        if kind:
            nature = nature_of(kind)
            known = [item for item in found if item.nature == nature] or [ListedItem(nature, name)]
            why = "" if nature != "other" else kind
            return ListedItem(nature, known[0].name, known[0].why_not or why)
        natures = {item.nature for item in found}
        if len(natures) == 1:
            return found[0]
        if not found and _SYS_ID.match(name.casefold()):
            return ListedItem("other", name, "a sys_id of no item of these files")
        return ListedItem("", name)  # several things of one name: the relation says which

    def _conclude_hosting(self) -> None:
        """What something runs on is a server; what runs and is run by nothing else, an application."""
        hosts = {same(relation.other) for relation in self._of("hosted")}
        for relation in self._of("hosted"):
            one, other = self.natures_of(relation)
            if not other:
                self.kinds[same(relation.other)] = "server"
            if not one:
                self.kinds[same(relation.one)] = "server" if same(relation.one) in hosts else "application"

    def _conclude(self, relation: Relation) -> None:
        one, other = self.natures_of(relation)
        if one and other:
            return
        if relation.verb == "members":
            self._note(relation.one, one, "cluster")
            self._note(relation.other, other, "server")
        elif relation.verb == "same":
            self._note(relation.one, one, other or "server")
            self._note(relation.other, other, one or "server")
        elif relation.verb == "depends":
            self._note(relation.one, one, "application")
            self._note(relation.other, other, "application")
        elif relation.verb == "contains" and other == "application":
            self._note(relation.one, one, "application")
        elif relation.verb == "connects":
            self._note(relation.one, one, other)
            self._note(relation.other, other, one)

    def _note(self, name: str, known: Nature, concluded: Nature) -> None:
        if not known and concluded:
            self.kinds.setdefault(same(name), concluded)

    def _of(self, verb: Verb) -> Iterator[Relation]:
        return (relation for relation in self.all if relation.verb == verb)

    def _say_unknown(self, line: SheetLine) -> None:
        kind = line.word("@type")
        reason = "the type of the relation is not known" if kind else "the relation has no type"
        self._collection.skip(line.place, reason)
        if kind:
            template = "the relation '{parent}' {type} '{child}' is not read: its type is not known"
            values = {"parent": line.word("@parent"), "type": kind, "child": line.word("@child")}
            hint = "say what it means by a dependency in the inventory, if it matters to the plan"
            self._collection.telling.note(
                "WP515", located(line.place, line.column("@type")), template, values, hint=hint
            )

    def _tell_concluded(self) -> None:
        names: dict[str, list[str]] = {}
        first: dict[str, SheetLine] = {}
        for relation in self.all:
            for name, known in zip((relation.one, relation.other), relation.natures, strict=True):
                nature = self.kinds.get(same(name), "")
                if nature and not known and name not in names.setdefault(nature, []):
                    names[nature].append(name)
                    first.setdefault(nature, relation.line)
        for taken, template in _TAKEN.items():
            if taken in names:
                place = located(first[taken].place, first[taken].column("@parent"))
                hint = "export the lists of servers and applications too, or the columns Parent.Class and Child.Class"
                self._collection.telling.note("WP516", place, template, {"names": listed(names[taken], 40)}, hint=hint)


_TAKEN = {
    "server": "no list says what these are; by their relations they are taken for servers: {names}",
    "application": "no list says what these are; by their relations they are taken for applications: {names}",
    "cluster": "no list says what these are; by their relations they are taken for clusters: {names}",
}


def verb_of(text: str) -> tuple[Verb, bool, bool] | None:
    """What the parent is to the child: the verb, whether the ends change places for it, whether data flow."""
    labels = [folded(each) for each in text.split("::")]
    table, data = words_of("servicenow", "relations"), words_of("servicenow", "data")
    for label, is_other in zip(labels[:2], (False, True), strict=False):
        key = table.get(label)
        if key in _VERBS:
            return _VERBS[key], is_other, label in data
        if key in _INVERSE:
            return _INVERSE[key], not is_other, label in data
    return None
