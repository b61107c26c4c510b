"""Drafts beside an inventory that stands: what is new, what changes, what is asked, what is gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from waveplan.imports.merging import Settled
from waveplan.imports.writing.drafts import Draft, Tree
from waveplan.imports.writing.file_changes import EntryChange, FileChanges, Refusal
from waveplan.imports.writing.memory import Remembered, said_of
from waveplan.imports.writing.recognising import Recognition
from waveplan.imports.writing.removals import Removal
from waveplan.imports.writing.renaming import renamed
from waveplan.imports.writing.standing import StandingEntry, StandingInventory
from waveplan.imports.writing.three_way import MISSING, OpenQuestion, ThreeWay, same, shown, three_way
from waveplan.imports.writing.wishes import ImportWishes

_NOTHING = ThreeWay()  # of a new entry of which nothing is asked
_NEEDED = frozenset({"site", "between", "gbps"})  # without which an entry is none


@dataclass(slots=True)
class EntryOutcome:
    """What the import does with one entry."""

    draft: Draft
    three: ThreeWay
    standing: StandingEntry | None = None  # None: it is new
    memory: Remembered | None = None
    base: Tree = field(default_factory=dict)  # what an import wrote last
    refused: str = ""  # why its text cannot be changed


@dataclass(slots=True)
class Reconciliation:
    """What becomes of the inventory, by file, and what is to be remembered."""

    files: dict[str, FileChanges] = field(default_factory=lambda: defaultdict(FileChanges))
    outcomes: list[EntryOutcome] = field(default_factory=list)
    left_deleted: list[Draft] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)
    entries: list[Remembered] = field(default_factory=list)
    unwritten: dict[str, str] = field(default_factory=dict)  # files that take nothing in → why

    def refused(self, refusal: Refusal) -> None:
        """Note that an entry could not be changed: it is remembered as it was."""
        section, name = refusal.change.section, refusal.change.id
        for outcome in self.outcomes:
            if (outcome.draft.section, outcome.draft.id) == (section, name):
                outcome.refused = refusal.reason
                if outcome.memory is not None:
                    outcome.memory.wrote = outcome.base

    def unwritable(self, file: str, reason: str) -> None:
        """Note that a file takes nothing in: what was to be in it is not remembered as written."""
        self.unwritten[file] = reason
        added = {(draft.kind, draft.id) for drafts in self.files[file].added.values() for draft in drafts}
        self.entries = [entry for entry in self.entries if (entry.kind, entry.id) not in added]
        for change in self.files[file].entries:
            self.refused(Refusal(change, reason))


def reconciled(
    drafts: list[Draft], standing: StandingInventory, known: Recognition, wishes: ImportWishes
) -> Reconciliation:
    """Every draft beside what stands of it."""
    return _Reconciling(standing, known, wishes).run(drafts)


class _Reconciling:
    def __init__(self, standing: StandingInventory, known: Recognition, wishes: ImportWishes) -> None:
        self._standing = standing
        self._known = known
        self._wishes = wishes
        self._found = Reconciliation()
        gone = () if wishes.remove_gone else known.gone
        self._kept = frozenset(known.renamed.get((entry.kind, entry.id), entry.id) for entry in gone)
        self._homes = _homes(standing)
        self._decides = bool(wishes.accept or wishes.keep or wishes.reviewed)

    def run(self, drafts: list[Draft]) -> Reconciliation:
        """Look at every draft, and at what is remembered without one."""
        for draft in sorted(drafts, key=lambda each: each.id):
            self._look_at(draft)
        drafted = {(draft.kind, draft.id) for draft in drafts}
        for (kind, name), entry in sorted(self._known.remembered.items()):
            if (kind, name) not in drafted:
                self._without_draft(name, entry)
        return self._found

    def _look_at(self, draft: Draft) -> None:
        named = draft.kind, draft.id
        remembered, standing = self._known.remembered.get(named), self._standing.entries.get(named)
        if standing is None and remembered is not None and not self._wishes.restore and not remembered.gone:
            self._found.left_deleted.append(draft)
            self._found.entries.append(_remember(draft, remembered.wrote))
        elif standing is None:
            questions = self._contradicted(draft)
            self._found.outcomes.append(EntryOutcome(draft, ThreeWay(questions=questions) if questions else _NOTHING))
            self._found.files[self._home(draft.section)].added.setdefault(draft.section, []).append(draft)
            self._found.entries.append(_remember(draft, draft.tree))
        else:
            self._beside(draft, standing, remembered)

    def _contradicted(self, draft: Draft) -> list[OpenQuestion]:
        """What sources say differently of a new entry and somebody wants to look at first: it is left out till then."""
        found = []
        for path, settled in draft.thing.fields.items() if draft.thing else ():
            if settled.review and settled.others and path in draft.tree and path not in _NEEDED:
                name = f"{draft.section}.{draft.id}.{path}"
                said = draft.tree[path]
                if self._wishes.decided(name, shown(said)) != "accept":
                    del draft.tree[path]
                    found.append(OpenQuestion(path, MISSING, MISSING, said, review=True))
        return found

    def _beside(self, draft: Draft, standing: StandingEntry, remembered: Remembered | None) -> None:
        base = renamed(draft.kind, remembered.wrote, self._known.renamed) if remembered else {}
        new = {key: value for key, value in draft.tree.items() if key != "id"}
        base = {key: value for key, value in base.items() if key != "id"}
        if remembered and "name" not in base and new.get("name", "").casefold() == remembered.id:
            base["name"] = new["name"]  # the id said it, until it was changed by hand
        for path in draft.assumed & new.keys():
            if standing.tree.get(path) is not None and not same(base.get(path), standing.tree[path]):
                base.pop(path, None)  # what is assumed never questions what was made by hand
                del new[path]
        if new == base and not self._decides:  # the sources say what they said: whatever stands, stands
            self._found.entries.append(_remember(draft, {"id": draft.id, **new}))
            return
        drop = self._wishes.remove_gone
        result = three_way(base, standing.tree, new, self._decide(draft), drop=drop, kept=self._kept)
        memory = _remember(draft, {"id": draft.id, **result.wrote})
        outcome = EntryOutcome(draft, result, standing, memory, {"id": draft.id, **base})
        self._found.outcomes.append(outcome)
        if result.changes:
            change = EntryChange(draft.section, standing.number, standing.tree, result.tree, draft.id)
            self._found.files[standing.file].entries.append(change)
        self._found.entries.append(memory)

    def _decide(self, draft: Draft) -> Any:
        waiting = _waiting(draft.thing.fields) if draft.thing else frozenset()

        def decide(path: str, said: Any) -> str:
            decided = self._wishes.decided(f"{draft.section}.{draft.id}.{path}", shown(said))
            return decided or ("review" if path.partition(".")[0] in waiting or path in waiting else "")

        return decide

    def _without_draft(self, name: str, entry: Remembered) -> None:
        """What no source tells of any more, or is no longer assumed."""
        standing = self._standing.entries.get((entry.kind, name))
        if standing is None:
            return  # gone from both: nothing is left to remember
        wrote = renamed(entry.kind, entry.wrote, self._known.renamed)
        untouched = same({**standing.tree, "id": ""}, {**wrote, "id": ""})
        if self._wishes.remove_gone or (entry.assumed and untouched and not self._is_of_gone(entry)):
            self._found.removals.append(Removal(entry.kind, name, standing, entry.assumed))
        else:
            kept = Remembered(entry.kind, name, {**wrote, "id": name}, entry.said, entry.name, not entry.assumed)
            kept.assumed = entry.assumed
            self._found.entries.append(kept)

    def _is_of_gone(self, entry: Remembered) -> bool:
        """Whether it was assumed for a server that no source tells of any more, and that stays."""
        return entry.kind == "application" and not self._kept.isdisjoint(entry.wrote.get("servers", ()))

    def _home(self, section: str) -> str:
        """The file for new entries of a section."""
        if self._standing.only_file:
            return self._standing.only_file
        return self._homes.get(section, f"{section}.yaml")


def _homes(standing: StandingInventory) -> dict[str, str]:
    """Section → the file in which most of its entries stand."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (kind, _), entry in standing.entries.items():
        counts[Draft(kind, "", {}).section][entry.file] += 1
    return {section: min(files, key=lambda file: (-files[file], file)) for section, files in counts.items()}


def _waiting(fields: Mapping[str, Settled]) -> frozenset[str]:
    return frozenset(path for path, settled in fields.items() if settled.review)


def _remember(draft: Draft, wrote: Tree) -> Remembered:
    if draft.thing and draft.kind == "link":  # known by its ends; its records are remembered beside the entries
        return Remembered(draft.kind, draft.id, wrote, name=draft.thing.key.removeprefix("name:"))
    said = said_of(draft.thing) if draft.thing else {}
    name = draft.thing.name if draft.thing and not said else ""
    return Remembered(draft.kind, draft.id, wrote, said, name, assumed=draft.thing is None)
