"""What people accepted, put into the texts of the inventory; all else in them stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from waveplan.domain.findings import Phrase
from waveplan.domain.flow_review import (
    FlowReview,
    Proposed,
    ProposedApplication,
    ProposedDependency,
    ProposedMembers,
    ProposedTie,
)
from waveplan.export.plan_facts import plain_number
from waveplan.export.tree_yaml import word
from waveplan.imports.flows.deciding import everything_in
from waveplan.imports.flows.inventory_texts import InventoryTexts, TextEntry, edit_list, edit_word, remove_entry
from waveplan.imports.writing.entry_text import flow
from waveplan.loading.list_edits import ListEntry, value_of

Outcome = Literal["written", "changed", "there", "undecided", "rejected", "refused"]


@dataclass(frozen=True, slots=True)
class AppliedEntry:
    """A proposal, and what became of it."""

    entry: Proposed
    outcome: Outcome
    why: Phrase | None = None


class Applying:
    """Puts accepted proposals into texts, one after the other."""

    def __init__(self, texts: InventoryTexts, alone: Mapping[str, str]) -> None:
        """`alone`: server → the application that says no more than that it is there."""
        self.texts = texts
        self.done: list[AppliedEntry] = []
        self._alone = frozenset(alone.values())
        self._replaced: dict[str, str] = {}  # application that went → that which took its place
        self._applications = texts.entries("applications")
        self._servers = texts.entries("servers")
        self._services = texts.entries("services")

    def apply(self, review: FlowReview) -> None:
        """All entries, applications before what needs them."""
        for entry in everything_in(review):
            if entry.decision == "undecided" or entry.decision == "reject":
                outcome: Outcome = "undecided" if entry.decision == "undecided" else "rejected"
                self.done.append(AppliedEntry(entry, outcome))
            else:
                self.done += self._applied(entry)

    def _applied(self, entry: Proposed) -> Iterator[AppliedEntry]:
        if isinstance(entry, ProposedApplication):
            yield self._application(entry)
        elif isinstance(entry, ProposedMembers):
            yield self._members(entry)
        elif isinstance(entry, ProposedTie):
            yield self._tie(entry)
        elif isinstance(entry, ProposedDependency):
            yield self._dependency(entry)
        else:
            for consumer in entry.consumers:  # type: ignore[attr-defined]
                provider = entry.provider  # type: ignore[attr-defined]
                each = ProposedDependency(
                    decision=entry.decision, consumer=consumer, provider=provider, coupling="shared"
                )
                yield self._dependency(each)

    # --- applications ----------------------------------------------------------------------------------------------

    def _application(self, entry: ProposedApplication) -> AppliedEntry:
        there = self._applications.get(entry.id)
        if there is not None and entry.id not in entry.replaces:
            if set(entry.servers) <= set(there.words.get("servers") or ()):
                return AppliedEntry(entry, "there")
            return _refused(entry, "there already is an application '{name}': give it another id", name=entry.id)
        trouble = self._missing_servers(entry) or self._not_replaceable(entry)
        if trouble:
            return trouble
        if entry.id in self._services:
            return _refused(entry, "there already is a service '{name}': give it another id", name=entry.id)
        self._replace(entry.replaces, entry.id)
        words = {"id": entry.id, "name": entry.name, "environment": entry.environment, "servers": list(entry.servers)}
        words = {key: value for key, value in words.items() if value}
        home = self.texts.home_of("applications")
        home.wanted["applications"] = [*(home.wanted.get("applications") or ()), words]
        home.add(home.root, "applications", _entry_text(words))
        self._applications[entry.id] = TextEntry(home, home.root, words)
        return AppliedEntry(entry, "written")

    def _members(self, entry: ProposedMembers) -> AppliedEntry:
        application = self._applications.get(entry.app)
        if application is None:
            return _refused(entry, "there is no application '{name}'", name=entry.app)
        new = [server for server in entry.servers if server not in (application.words.get("servers") or ())]
        if not new:
            return AppliedEntry(entry, "there")
        trouble = self._missing_servers(entry) or self._not_replaceable(entry)
        if trouble:
            return trouble
        self._replace(entry.replaces, entry.app)
        edit_list(application, "servers", new, _word_text)
        return AppliedEntry(entry, "written")

    def _missing_servers(self, entry: ProposedApplication | ProposedMembers | ProposedTie) -> AppliedEntry | None:
        missing = [server for server in entry.servers if server not in self._servers]
        if missing:
            return _refused(entry, "there is no server '{name}'", name=missing[0])
        return None

    def _not_replaceable(self, entry: ProposedApplication | ProposedMembers) -> AppliedEntry | None:
        for name in entry.replaces:
            if name in self._applications and name not in self._alone:
                template = "application '{name}' says more by now than that its server is there: merge it by hand"
                return _refused(entry, template, name=name)
        return None

    def _replace(self, names: Sequence[str], home: str) -> None:
        for name in names:
            gone = self._applications.pop(name, None)
            if gone is not None:
                remove_entry(gone, "applications")
                self._replaced[name] = home

    # --- clusters --------------------------------------------------------------------------------------------------

    def _tie(self, entry: ProposedTie) -> AppliedEntry:
        trouble = self._missing_servers(entry)
        if trouble:
            return trouble
        new = [each for each in entry.servers if entry.cluster not in _listed(self._servers[each].words.get("cluster"))]
        for server in new:
            there = self._servers[server]
            if there.words.get("cluster") is None and "cluster" not in there.words:
                edit_word(there, there.node, there.words, "cluster", word(entry.cluster))
                there.words["cluster"] = entry.cluster
            else:
                edit_list(there, "cluster", [entry.cluster], _word_text)
        return AppliedEntry(entry, "written" if new else "there")

    # --- dependencies ----------------------------------------------------------------------------------------------

    def _dependency(self, entry: ProposedDependency) -> AppliedEntry:
        consumer = self._replaced.get(entry.consumer, entry.consumer)
        provider = self._replaced.get(entry.provider, entry.provider)
        for name in (consumer, provider):
            if name not in self._applications:
                return _refused(entry, "there is no application '{name}', or it is not accepted yet", name=name)
        if consumer == provider:
            return _refused(entry, "both ends are application '{name}' now", name=consumer)
        there = self._applications[consumer]
        stated = [each for each in _listed(there.words.get("depends_on")) if isinstance(each, dict)]
        found = next((each for each in stated if each.get("app") == provider), None)
        if found is not None:
            return self._changed(entry, there, found)
        words = _dependency_words(entry, provider)
        if there.node is there.file.root:  # written just now: its text is made when all is known
            there.words.setdefault("depends_on", []).append(words)
        else:
            edit_list(there, "depends_on", [words], _flow_text)
        return AppliedEntry(entry, "written")

    def _changed(self, entry: ProposedDependency, there: TextEntry, found: dict[str, Any]) -> AppliedEntry:
        """What the inventory says stays, unless people changed the proposal: then it says what they wrote."""
        wanted = {"coupling": entry.coupling}
        if entry.weight is not None and entry.coupling != "shared":
            wanted["weight"] = plain_number(entry.weight)  # type: ignore[assignment]
        usual = {"coupling": "soft", "weight": "1"}
        differing = {key: value for key, value in wanted.items() if found.get(key, usual[key]) != value}
        if not differing:
            return AppliedEntry(entry, "there")
        if entry.decision != "change" or there.node is there.file.root:
            shown = ", ".join(f"{key}: {found.get(key, usual[key])}" for key in sorted(differing))
            template = "the inventory says {shown}; it stays so (decide `change` to write over it)"
            return AppliedEntry(entry, "there", Phrase(template, {"shown": shown}))
        node = _dependency_node(there, found)
        for key, value in sorted(differing.items()):
            edit_word(there, node, found, key, value)
        return AppliedEntry(entry, "changed")


def _dependency_node(there: TextEntry, found: dict[str, Any]) -> yaml.MappingNode:
    pair = value_of(there.node, "depends_on")
    assert pair is not None
    number = next(number for number, each in enumerate(there.words["depends_on"]) if each is found)
    node = pair[1].value[number]
    assert isinstance(node, yaml.MappingNode)
    return node


def _refused(entry: Proposed, template: str, **values: object) -> AppliedEntry:
    return AppliedEntry(entry, "refused", Phrase(template, values))


def _dependency_words(entry: ProposedDependency, provider: str) -> dict[str, Any]:
    words = {"app": provider, "coupling": entry.coupling}
    if entry.weight is not None and entry.coupling == "soft":
        words["weight"] = plain_number(entry.weight)
    if entry.reason:
        words["reason"] = entry.reason
    return words


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _word_text(value: str) -> ListEntry:
    return lambda indent, in_braces: word(value)


def _flow_text(words: Mapping[str, Any]) -> ListEntry:
    return lambda indent, in_braces: flow(words)


def _entry_text(words: Mapping[str, Any]) -> ListEntry:
    """An application: a key a line, or all between braces where its list stands between brackets."""

    def text(indent: str, in_braces: bool) -> str:
        if in_braces:
            return flow(words)
        lines = (
            _block(value, indent) if key == "depends_on" else f"{key}: {flow(value)}" for key, value in words.items()
        )
        return f"\n{indent}".join(lines)

    return text


def _block(entries: Sequence[Any], indent: str) -> str:
    return "depends_on:" + "".join(f"\n{indent}  - {flow(each)}" for each in entries)
