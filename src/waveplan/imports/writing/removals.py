"""Entries that are taken out of an inventory on request, with what names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from waveplan.imports.records import Kind
from waveplan.imports.writing.drafts import SECTIONS
from waveplan.imports.writing.renaming import without
from waveplan.imports.writing.spans import spans_of
from waveplan.imports.writing.standing import StandingEntry, StandingInventory


@dataclass(frozen=True, slots=True)
class Removal:
    """An entry that goes."""

    kind: Kind
    id: str
    standing: StandingEntry
    assumed: bool = False
    held_by: str = ""  # the section that names it and keeps it

    @property
    def name(self) -> str:
        """As fields are named: `servers.web01`."""
        return f"{SECTIONS[self.kind][0]}.{self.id}"


def judged(removals: Iterable[Removal], standing: StandingInventory) -> list[Removal]:
    """The removals, each with what keeps it in the inventory, if anything does."""
    removals = list(removals)
    named = _names_in_rules(standing)
    going = {(removal.kind, removal.id) for removal in removals}
    found = []
    for removal in removals:
        holder = named.get(removal.id, "") or _alias_of(removal, standing)
        if not holder and removal.kind == "site" and _is_site_of_others(removal.id, standing, going):
            holder = "servers"
        found.append(Removal(removal.kind, removal.id, removal.standing, removal.assumed, holder))
    return found


def _alias_of(removal: Removal, standing: StandingInventory) -> str:
    """An alias outside the entry that would lose what it stands for."""
    text = standing.texts[removal.standing.file]
    if "&" not in text:
        return ""
    entries = [
        (section, number, span)
        for section, of_section in spans_of(text.removeprefix("\ufeff")).items()
        for number, span in enumerate(of_section.entries)
    ]
    own = (SECTIONS[removal.kind][0], removal.standing.number)
    set_here = next((span.anchors for section, number, span in entries if (section, number) == own), frozenset())
    used = {name for section, number, span in entries if (section, number) != own for name in span.aliases}
    return next((f"*{name}" for name in sorted(set_here & used)), "")


def _names_in_rules(standing: StandingInventory) -> dict[str, str]:
    """Words of the sections that no import writes → such a section."""
    own = {section for section, _ in SECTIONS.values()} | {"waveplan", "programme"}
    found: dict[str, str] = {}
    for root in standing.trees.values():
        for section, value in root.items():
            if section not in own:
                for word in _words(value):
                    found.setdefault(word, section)
    return found


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    elif isinstance(value, str):
        yield value


def _is_site_of_others(name: str, standing: StandingInventory, going: set[tuple[Kind, str]]) -> bool:
    for (kind, other), entry in standing.entries.items():
        if (kind, other) not in going and name in (entry.tree.get("site"), entry.tree.get("target")):
            return True
    return False


def without_removed(kind: Kind, tree: Mapping[str, Any], gone: frozenset[tuple[Kind, str]]) -> dict[str, Any]:
    """What an entry says once what it names is gone."""
    return without(kind, dict(tree), gone)
