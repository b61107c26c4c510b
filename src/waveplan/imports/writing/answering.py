"""Answers of people, written into the inventory like edits by hand: no source says them, so none takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from waveplan.domain.findings import Finding
from waveplan.domain.wording import finding
from waveplan.imports.harvest import Harvest
from waveplan.imports.merging.references import REFERENCES
from waveplan.imports.merging.wording import worded
from waveplan.imports.records import Given, Kind, Record
from waveplan.imports.values import folded
from waveplan.imports.writing.drafts import SECTIONS, Draft, Tree, in_order, put
from waveplan.imports.writing.file_changes import EntryChange
from waveplan.imports.writing.outcomes import outcome_findings
from waveplan.imports.writing.reconciling import EntryOutcome, Reconciliation
from waveplan.imports.writing.standing import StandingEntry, StandingInventory
from waveplan.imports.writing.three_way import MISSING, ThreeWay, ValueChange, same
from waveplan.imports.writing.writing import Writing, write_entries

_WORK: tuple[Kind, ...] = ("application", "service")


def answered(harvests: Sequence[Harvest], standing: StandingInventory) -> Writing:
    """The files of an inventory that change so that they say what was answered; `standing` must be readable."""
    answering = _Answering(standing)
    for harvest in harvests:
        for record in harvest.records:
            answering.take(record)
    writing = Writing(findings=answering.findings, reconciliation=answering.reconciliation())
    if writing.reconciliation is not None:
        write_entries(writing.reconciliation, standing, writing)
        writing.findings += outcome_findings(writing.reconciliation, standing)
    writing.files = {name: text for name, text in writing.files.items() if writing.before.get(name) != text}
    return writing


@dataclass(slots=True)
class _AnsweredEntry:
    """An entry that stands, and what it is to say."""

    kind: Kind
    id: str
    standing: StandingEntry
    tree: Tree
    changes: list[ValueChange] = field(default_factory=list)


class _Answering:
    def __init__(self, standing: StandingInventory) -> None:
        self.findings: list[Finding] = []
        self._standing = standing
        self._entries: dict[tuple[Kind, str], _AnsweredEntry] = {}
        self._ids: dict[tuple[Kind, str], set[str]] = {}
        for (kind, name), entry in standing.entries.items():
            for word in (name, entry.tree.get("name")):
                if isinstance(word, str):
                    self._ids.setdefault((kind, folded(word)), set()).add(name)

    def take(self, record: Record) -> None:
        """Take one answer in, or tell that it is about nothing that there is."""
        if record.kind == "dependency":
            self._take_tie(record)
            return
        entry = self._entry([record.kind], record.name, record, next(iter(record.given), ""))
        if entry is None:
            return
        for path, given in record.given.items():
            before = deepcopy(_at(entry.tree, path))
            head = path.partition(".")[0]
            if head == "users" and head != path and isinstance(entry.tree.get(head), str):
                del entry.tree[head]  # numbers by persona come in place of the one for all
            put(entry.tree, path, self._words(record.kind, path, given), entry.kind)
            after = _at(entry.tree, path)
            if not same(before, after):
                entry.changes.append(ValueChange(path, before, after))

    def _take_tie(self, record: Record) -> None:
        consumer = self._entry(_WORK, _name(record.given["consumer"]), record, "consumer")
        provider = self._entry(_WORK, _name(record.given["provider"]), record, "provider")
        if consumer is None or provider is None or consumer is provider:
            return
        key = "app" if provider.kind == "application" else "service"
        standing = consumer.tree.get("depends_on")
        ties = list(standing) if isinstance(standing, list) else []
        if not any(isinstance(tie, dict) and tie.get(key) == provider.id for tie in ties):
            ties.append({key: provider.id})
            consumer.tree["depends_on"] = ties
            consumer.changes.append(ValueChange(f"depends_on.{provider.id}", MISSING, {key: provider.id}))

    def _entry(self, kinds: Iterable[Kind], name: str, record: Record, path: str) -> _AnsweredEntry | None:
        for kind in kinds:
            found = self._id(kind, name)
            if found is not None:
                standing = self._standing.entries[kind, found]
                new = _AnsweredEntry(kind, found, standing, deepcopy(dict(standing.tree)))
                return self._entries.setdefault((kind, found), new)
        values = {"kind": record.kind if record.kind != "dependency" else "application", "name": name}
        told = finding("WP534", "the inventory has no {kind} '{name}'", values, hint="mend the id, and import again")
        self.findings.append(told.at(record.location(path)))
        return None

    def _id(self, kind: Kind, name: str) -> str | None:
        if (kind, name) in self._standing.entries:
            return name
        known = self._ids.get((kind, folded(name)), set())
        return next(iter(known)) if len(known) == 1 else None

    def _words(self, kind: Kind, path: str, given: Given) -> Any:
        """An answer in the words of the file, ids in place of names."""
        words = worded(given.value)
        target = REFERENCES.get((kind, path))
        if isinstance(words, tuple):
            return [self._named(target, each) for each in words]
        return self._named(target, words)

    def _named(self, target: Kind | None, word: str) -> str:
        return word if target is None else self._id(target, word) or word

    def reconciliation(self) -> Reconciliation:
        """What changes, by file."""
        found = Reconciliation()
        for entry in self._entries.values():
            if entry.changes:
                section, model = SECTIONS[entry.kind]
                tree = in_order(entry.tree, model)
                change = EntryChange(section, entry.standing.number, entry.standing.tree, tree, entry.id)
                found.files[entry.standing.file].entries.append(change)
                draft = Draft(entry.kind, entry.id, tree)
                found.outcomes.append(EntryOutcome(draft, ThreeWay(tree, changes=entry.changes), entry.standing))
        return found


def _at(tree: Tree, path: str) -> Any:
    """What stands at a path, or MISSING."""
    node: Any = tree
    for step in path.split("."):
        if not isinstance(node, dict) or step not in node:
            return MISSING
        node = node[step]
    return node


def _name(given: Given) -> str:
    return str(given.value)
